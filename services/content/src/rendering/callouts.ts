import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { kindOf, ownKind } from './kinds.ts';
import { closeOf } from './tokens.ts';

/** `> [!NOTE]`, with a title as Obsidian has it, and folded by `-` or `+`. */
const alert = /^\[!([a-z][\w-]*)\]([-+]?)[ \t]*([^\n]*)(?:\n|$)/i;
/** What DocFX writes in the same place: the look of the quote, and a film. */
const docfx = /^\[!(?:div|op_single_selector)\b[^\]\n]*\][ \t]*(?:\n|$)/i;

interface Callout {
  kind: string;
  title: string;
  /** The first paragraph is the title. */
  titled: boolean;
  /** Null: it does not fold. */
  isOpen: boolean | null;
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
  const look = docfx.exec(inline.content);
  const found = look ?? alert.exec(inline.content);
  const kind = look ? undefined : kindOf(found?.[1] ?? '');
  if (!found || !(look || kind)) return undefined;
  inline.content = inline.content.slice(found[0].length);
  if (inline.content.trim() === '') for (const token of [paragraph, inline, close]) if (token) instead.set(token, []);
  if (!kind) return undefined;
  const folds = found[2] === '-' || found[2] === '+';
  return { kind: kind.kind, title: found[3]?.trim() || kind.title, titled: false, isOpen: folds ? found[2] === '+' : null };
}

function ofClass(token: Token | undefined): Callout | undefined {
  if (!token || token.nesting === -1) return undefined;
  for (const name of String(token.attrGet('class') ?? '').split(' ')) {
    const kind = name.replace(/-title$/, '');
    const known = ownKind(kind);
    if (known) return { ...known, titled: name !== kind, isOpen: null };
  }
  return undefined;
}

function wrap(state: StateCore, at: number, { kind, title, titled, isOpen }: Callout, { before, after, instead }: Edits): void {
  const { tokens } = state;
  const [first, next, last] = [tokens[at], tokens[at + 1], tokens[closeOf(tokens, at)]];
  if (!first || !last) return;
  const folds = isOpen !== null;
  const opening = openingTokens(state, { kind, title: titled ? '' : title, folds, isOpen: isOpen === true, level: first.level });
  const close = new state.Token('callout_close', folds ? 'details' : 'div', -1);
  Object.assign(close, { block: true, level: first.level });
  if (first.type === 'blockquote_open') {
    if (titled && next?.type === 'paragraph_open') next.attrSet('class', 'callout-title');
    instead.set(first, opening).set(last, [close]);
  } else {
    first.attrSet('class', '');
    before.set(first, opening);
    after.set(last, close);
  }
}

interface Opening {
  kind: string;
  title: string;
  folds: boolean;
  isOpen?: boolean;
  level: number;
}

/** What a callout begins with: a box with its title, or one that folds below it. */
export function openingTokens(state: Pick<StateCore, 'Token'>, { kind, title, folds, isOpen = false, level }: Opening): Token[] {
  const open = new state.Token('callout_open', folds ? 'details' : 'div', 1);
  open.attrSet('class', `callout callout-${kind}`);
  if (folds && isOpen) open.attrSet('open', '');
  if (!folds) open.attrSet('role', 'note');
  Object.assign(open, { block: true, level });
  return title ? [open, ...titleTokens(state, { title, tag: folds ? 'summary' : 'p', level: level + 1 })] : [open];
}

function titleTokens({ Token }: Pick<StateCore, 'Token'>, { title, tag, level }: { title: string; tag: string; level: number }): Token[] {
  const open = new Token('paragraph_open', tag, 1);
  open.attrSet('class', 'callout-title');
  const inline = new Token('inline', '', 0);
  inline.content = title;
  inline.children = [];
  const close = new Token('paragraph_close', tag, -1);
  for (const token of [open, inline, close]) {
    token.block = true;
    token.level = token === inline ? level + 1 : level;
  }
  return [open, inline, close];
}
