import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { outsideFences } from './prose.ts';

/** Elements inside of which HTML reads nothing but text, or that sanitising takes away with all that is in them. */
const swallowing =
  'script style textarea title xmp noembed noframes noscript plaintext template iframe object option select svg math'.split(' ');
const names = swallowing.join('|');
/** Those that CommonMark reads to the end of the page when nothing closes them. */
const openLine = /^([ \t>]{0,12})<(script|style|textarea)(?=[\s>])/gim;
const whole = (name: string): RegExp => new RegExp(`<${name}\\b[^<>]*>[\\s\\S]*?</${name}\\s*>`, 'gi');
const closing = new Map(swallowing.map((name) => [name, new RegExp(`</${name}\\s*>`, 'gi')]));
const wholes = new Map(swallowing.map((name) => [name, whole(name)]));
const anyTag = new RegExp(`<(?=/?(?:${names})\\b)`, 'gi');
const tagName = /^<\/?([a-z][a-z0-9-]*)/i;

/** What stands for tags of HTML that a reader knows; any other `<word>` in a sentence is a word that somebody wrote. */
const elements = new Set(
  (
    'a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code col colgroup ' +
    'data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 ' +
    'head header hgroup hr html i img input ins kbd label legend li link main map mark menu meta meter nav ol optgroup output p param picture ' +
    'pre progress q rp rt ruby s samp search section small source span strike strong sub summary sup table tbody td tfoot th thead time tr track tt ' +
    'u ul var video wbr'
  ).split(' '),
);

/** A line that opens what nothing closes is prose: a tag that is meant as a word must not take the page with it. */
export function closeRawText(text: string): string {
  if (!/<(?:script|style|textarea)[\s>]/i.test(text)) return text;
  return outsideFences(text, (prose) => {
    const ends = new Map(['script', 'style', 'textarea'].map((name) => [name, prose.toLowerCase().lastIndexOf(`</${name}`)]));
    return prose.replace(openLine, (line, lead: string, name: string, at: number) =>
      at < (ends.get(name.toLowerCase()) ?? -1) ? line : `${lead}&lt;${line.slice(lead.length + 1)}`,
    );
  });
}

/** Shows as text each tag that would take what stands behind it away; a whole element of the kind goes, as before. */
export function rawText(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'raw_text', (state: StateCore) => {
    for (const token of state.tokens) {
      if (token.type === 'html_block') token.content = shownOf(token.content);
      else if (token.type === 'inline') for (const child of opened(token.children ?? [])) Object.assign(child, { type: 'text' });
    }
  });
}

function shownOf(html: string): string {
  const left = swallowing.reduce((text, name) => (text.toLowerCase().includes(`<${name}`) ? without(text, name) : text), html);
  return left.replace(anyTag, '&lt;');
}

/** Only what stands before the last ending can be closed. */
function without(text: string, name: string): string {
  let end = 0;
  for (const found of text.matchAll(closing.get(name) ?? /$^/g)) end = found.index + found[0].length;
  return text.slice(0, end).replace(wholes.get(name) ?? /$^/g, '') + text.slice(end);
}

/** Of the tags in a run of prose those to show: openings and closings without their other half, and words that are no element. */
function opened(children: readonly Token[]): Token[] {
  const shown: Token[] = [];
  const open = new Map<string, Token[]>();
  for (const token of children) {
    if (token.type !== 'html_inline') continue;
    const name = tagName.exec(token.content)?.[1]?.toLowerCase();
    if (name === undefined || elements.has(name)) continue;
    const quiet = /^(?:svg|math|iframe|object|noscript|select|option)$/.test(name);
    if (!quiet) shown.push(token);
    else if (!token.content.startsWith('</')) open.set(name, [...(open.get(name) ?? []), token]);
    else if (!open.get(name)?.pop()) shown.push(token);
  }
  return [...shown, ...[...open.values()].flat()];
}
