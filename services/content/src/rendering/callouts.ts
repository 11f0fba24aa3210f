import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { closeOf } from './tokens.ts';

/** Callouts by name, with the title shown; `highlight` has none. GitHub's five and those that just-the-docs sites use. */
const titles = new Map([
  ['note', 'Note'],
  ['tip', 'Tip'],
  ['important', 'Important'],
  ['warning', 'Warning'],
  ['caution', 'Caution'],
  ['danger', 'Danger'],
  ['info', 'Info'],
  ['new', 'New'],
  ['highlight', ''],
]);
const alert = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i;

interface Callout {
  kind: string;
  /** The first paragraph is the title. */
  titled: boolean;
}

/** `> [!NOTE]`, and blocks with a kramdown class such as `{: .note }` or `{: .note-title }`. */
export function callouts(md: MarkdownIt): void {
  md.core.ruler.after('kramdown_attach', 'callouts', (state: StateCore) => {
    for (let at = state.tokens.length - 1; at >= 0; at--) {
      const callout = ofAlert(state.tokens, at) ?? ofClass(state.tokens[at]);
      if (callout) wrap(state, at, callout);
    }
  });
}

function ofAlert(tokens: Token[], at: number): Callout | undefined {
  const [quote, paragraph, inline] = tokens.slice(at, at + 3);
  if (quote?.type !== 'blockquote_open' || paragraph?.type !== 'paragraph_open' || inline?.type !== 'inline') return undefined;
  const found = alert.exec(inline.content);
  if (!found?.[1]) return undefined;
  inline.content = inline.content.slice(found[0].length);
  if (inline.content.trim() === '') tokens.splice(at + 1, 3);
  return { kind: found[1].toLowerCase(), titled: false };
}

function ofClass(token: Token | undefined): Callout | undefined {
  if (!token || token.nesting === -1) return undefined;
  for (const name of String(token.attrGet('class') ?? '').split(' ')) {
    const kind = name.replace(/-title$/, '');
    if (titles.has(kind)) return { kind, titled: name !== kind };
  }
  return undefined;
}

function wrap(state: StateCore, at: number, { kind, titled }: Callout): void {
  const { tokens } = state;
  const end = closeOf(tokens, at);
  const level = tokens[at]?.level ?? 0;
  const open = new state.Token('callout_open', 'div', 1);
  open.block = true;
  open.level = level;
  open.attrSet('class', `callout callout-${kind}`);
  open.attrSet('role', 'note');
  const close = new state.Token('callout_close', 'div', -1);
  close.block = true;
  close.level = level;
  const quoted = tokens[at]?.type === 'blockquote_open';
  const inside = quoted ? tokens.slice(at + 1, end) : tokens.slice(at, end + 1);
  if (!quoted) inside[0]?.attrSet('class', '');
  if (titled && quoted && inside[0]?.type === 'paragraph_open') inside[0].attrSet('class', 'callout-title');
  const title = titled ? '' : (titles.get(kind) ?? '');
  tokens.splice(at, end - at + 1, open, ...(title ? titleTokens(state, title, level + 1) : []), ...inside, close);
}

function titleTokens(state: StateCore, title: string, level: number): Token[] {
  const open = new state.Token('paragraph_open', 'p', 1);
  open.attrSet('class', 'callout-title');
  const inline = new state.Token('inline', '', 0);
  inline.content = title;
  inline.children = [];
  const close = new state.Token('paragraph_close', 'p', -1);
  for (const token of [open, inline, close]) {
    token.block = true;
    token.level = token === inline ? level + 1 : level;
  }
  return [open, inline, close];
}
