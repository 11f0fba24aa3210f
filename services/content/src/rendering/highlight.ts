import { createHighlighterCore, type HighlighterCore, type ThemeRegistrationRaw } from 'shiki/core';
import { createOnigurumaEngine } from 'shiki/engine/oniguruma';
import { bundledLanguages } from 'shiki/langs';
import { escapeHtml } from './escape.ts';

/** Class of a token (`<span class="k">`) to the TextMate scopes it stands for; colours are the style sheet's, so that no inline style is needed. */
const scopes: readonly [string, string[]][] = [
  ['c', ['comment', 'punctuation.definition.comment']],
  ['s', ['string', 'punctuation.definition.string', 'constant.character', 'markup.inline.raw']],
  ['n', ['constant.numeric', 'constant.language', 'constant.other', 'support.constant']],
  ['k', ['keyword', 'storage', 'variable.language', 'markup.heading', 'entity.name.section']],
  ['f', ['entity.name.function', 'support.function', 'meta.function-call.generic']],
  ['t', ['entity.name.type', 'entity.name.class', 'entity.name.tag', 'support.type', 'support.class', 'entity.other.inherited-class']],
  ['a', ['entity.other.attribute-name', 'variable.parameter', 'meta.object-literal.key']],
  ['i', ['markup.inserted']],
  ['d', ['markup.deleted']],
];
/** A colour stands for a class: `#000001` is the first. */
const colourOf = (index: number): string => `#${(index + 1).toString(16).padStart(6, '0')}`;
const classOf = new Map(scopes.map(([name], index) => [colourOf(index), name]));
const theme: ThemeRegistrationRaw = {
  name: 'classes',
  type: 'light',
  settings: [
    { settings: { foreground: '#ffffff', background: '#ffffff' } },
    ...scopes.map(([, scope], index) => ({ scope, settings: { foreground: colourOf(index) } })),
  ],
};

const aliases = new Map([
  ['cmd', 'bat'],
  ['ps', 'powershell'],
  ['node', 'javascript'],
  ['golang', 'go'],
  ['env', 'dotenv'],
]);
/** Longer code is shown plain: nobody reads it by colour, and some grammars take seconds for it. */
const longestCode = 30_000;
const longestLine = 2_000;

let highlighter: Promise<HighlighterCore> | undefined;
const loading = new Map<string, Promise<void>>();

/** HTML of a piece of code, every token in a span of its class; unknown languages come out plain. Languages load when first met. */
export async function highlight(code: string, language: string): Promise<string> {
  const name = aliases.get(language) ?? language;
  if (!Object.hasOwn(bundledLanguages, name) || code.length > longestCode) return escapeHtml(code);
  highlighter ??= createHighlighterCore({ themes: [theme], langs: [], engine: createOnigurumaEngine(import('shiki/wasm')) });
  const ready = await highlighter;
  const loaded = loading.get(name) ?? ready.loadLanguage(bundledLanguages[name as keyof typeof bundledLanguages]);
  loading.set(name, loaded);
  await loaded;
  const lines = ready.codeToTokensBase(code, { lang: name, theme: 'classes', tokenizeMaxLineLength: longestLine, tokenizeTimeLimit: 2000 });
  return lines.map(spans).join('\n');
}

function spans(line: { content: string; color?: string }[]): string {
  let out = '';
  let text = '';
  let current: string | undefined;
  const flush = () => {
    if (text) out += current ? `<span class="${current}">${escapeHtml(text)}</span>` : escapeHtml(text);
    text = '';
  };
  for (const { content, color } of line) {
    const name = classOf.get(color?.toLowerCase() ?? '');
    if (name !== current) flush();
    current = name;
    text += content;
  }
  flush();
  return out;
}
