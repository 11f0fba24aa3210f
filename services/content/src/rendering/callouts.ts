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

/** What becomes of tokens; done at the end in one go, since each splice of a long page moves all that follows. */
interface Edits {
  before: Map<Token, Token[]>;
  after: Map<Token, Token>;
  instead: Map<Token, Token[]>;
}

/** `> [!NOTE]`, and blocks with a kramdown class such as `{: .note }` or `{: .note-title }`. */
export function callouts(md: MarkdownIt): void {
  md.core.ruler.after('kramdown_attach', 'callouts', (state: StateCore) => {
    const { tokens } = state;
    const edits: Edits = { before: new Map(), after: new Map(), instead: new Map() };
    for (let at = tokens.length - 1; at >= 0; at--) {
      const callout = ofAlert(tokens, at, edits) ?? ofClass(tokens[at]);
      if (callout) wrap(state, at, callout, edits);
    }
    state.tokens = tokens.flatMap((token) => {
      const { before, after, instead } = edits;
      const last = after.get(token);
      return [...(before.get(token) ?? []), ...(instead.get(token) ?? [token]), ...(last ? [last] : [])];
    });
  });
}

function ofAlert(tokens: Token[], at: number, { instead }: Edits): Callout | undefined {
  const [quote, paragraph, inline, close] = tokens.slice(at, at + 4);
  if (quote?.type !== 'blockquote_open' || paragraph?.type !== 'paragraph_open' || inline?.type !== 'inline') return undefined;
  const found = alert.exec(inline.content);
  if (!found?.[1]) return undefined;
  inline.content = inline.content.slice(found[0].length);
  if (inline.content.trim() === '') for (const token of [paragraph, inline, close]) if (token) instead.set(token, []);
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

function wrap(state: StateCore, at: number, { kind, titled }: Callout, { before, after, instead }: Edits): void {
  const { tokens } = state;
  const [first, next, last] = [tokens[at], tokens[at + 1], tokens[closeOf(tokens, at)]];
  if (!first || !last) return;
  const open = new state.Token('callout_open', 'div', 1);
  open.attrSet('class', `callout callout-${kind}`);
  open.attrSet('role', 'note');
  const close = new state.Token('callout_close', 'div', -1);
  for (const token of [open, close]) Object.assign(token, { block: true, level: first.level });
  const title = titled ? '' : (titles.get(kind) ?? '');
  const opening = [open, ...(title ? titleTokens(state, title, first.level + 1) : [])];
  if (first.type === 'blockquote_open') {
    if (titled && next?.type === 'paragraph_open') next.attrSet('class', 'callout-title');
    instead.set(first, opening).set(last, [close]);
  } else {
    first.attrSet('class', '');
    before.set(first, opening);
    after.set(last, close);
  }
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
