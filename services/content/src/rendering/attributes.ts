import type { MarkdownIt, StateBlock, StateCore, StateInline, Token } from 'markdown-it';
import { closeOf } from './tokens.ts';

/** kramdown attributes (`{: .class #id }`), on a line of their own or after a span: read, never shown. */
type Attributes = {
  id: string | null;
  classes: string[];
  toc: boolean;
};

const line = /^\{:(?!:)([^{}]*)\}\s*$/;
const span = /^\{:(?!:)[^{}\n]*\}/;
const headingId = /\{#([^\s{}"'<>]{1,200})\}\s*$/;

function parseAttributes(text: string): Attributes {
  const classes = [...text.matchAll(/\.([\w-]+)/g)].map((match) => match[1] ?? '');
  const id = /#([^\s{}"'<>#]+)/.exec(text.replaceAll(/"[^"]*"/g, ''))?.[1] ?? null;
  return { id, classes, toc: /(?:^|\s)toc(?:\s|$)/.test(text) };
}

export function kramdownAttributes(md: MarkdownIt): void {
  md.block.ruler.before('blockquote', 'kramdown_attributes', readLine, { alt: ['paragraph', 'reference', 'blockquote', 'list', 'table'] });
  md.inline.ruler.push('kramdown_span', (state: StateInline, silent: boolean) => {
    if (state.src.charCodeAt(state.pos) !== 0x7b) return false;
    const found = span.exec(state.src.slice(state.pos, state.pos + 300));
    if (!found) return false;
    if (!silent) applyToSpan(state, parseAttributes(found[0].slice(2, -1)));
    state.pos += found[0].length;
    return true;
  });
  md.core.ruler.after('block', 'kramdown_attach', attach);
  md.renderer.rules['kramdown_attributes'] = () => '';
}

function readLine(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  if (state.src.charCodeAt(start) !== 0x7b) return false;
  const found = line.exec(state.src.slice(start, state.eMarks[startLine]));
  if (!found) return false;
  if (silent) return true;
  const token = state.push('kramdown_attributes', '', 0);
  token.map = [startLine, startLine + 1];
  token.meta = parseAttributes(found[1] ?? '');
  state.line = startLine + 1;
  return true;
}

function applyToSpan(state: StateInline, { classes }: Attributes): void {
  const last = state.tokens.at(-1);
  if (!last || last.nesting !== -1) return;
  // Looked for once a span: as many attributes as a text holds may follow it.
  last.meta ??= { opening: openingOf(state.tokens, last) };
  const { opening } = last.meta as { opening: Token | undefined };
  for (const name of classes) opening?.attrJoin('class', name);
}

function openingOf(tokens: readonly Token[], last: Token): Token | undefined {
  for (let at = tokens.length - 2; at >= 0; at--) {
    const token = tokens[at];
    if (token?.nesting === 1 && token.level === last.level) return token;
  }
  return undefined;
}

/** Lines of attributes belong to the block they touch: the one above, else the one below. Lines that touch each other are one run. */
function attach(state: StateCore): void {
  const { tokens } = state;
  const lines = state.src.split('\n');
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.type === 'inline' && tokens[at - 1]?.type === 'heading_open') takeHeadingId(token, tokens[at - 1]);
    if (!isLine(token)) continue;
    const first = at;
    while (isLine(tokens[at + 1]) && touches(tokens[at], tokens[at + 1])) at++;
    const target = above(tokens, first, lines) ?? below(tokens, at) ?? pulledIn(tokens, at);
    if (target) for (const one of tokens.slice(first, at + 1)) give(target, one.meta as Attributes);
  }
  state.tokens = withoutContents(tokens.filter(({ type }) => type !== 'kramdown_attributes'));
}

function give(target: Token, { id, classes, toc }: Attributes): void {
  if (id) target.attrSet('id', id);
  for (const name of classes) target.attrJoin('class', name);
  if (toc) target.meta = { ...target.meta, toc: true };
}

function takeHeadingId(inline: Token, open: Token | undefined): void {
  const found = headingId.exec(inline.content);
  if (!found?.[1]) return;
  open?.attrSet('id', found[1]);
  inline.content = inline.content.slice(0, found.index).trimEnd();
}

const isLine = (token: Token | undefined): boolean => token?.type === 'kramdown_attributes';
const touches = (upper: Token | undefined, lower: Token | undefined): boolean => upper?.map?.[1] === lower?.map?.[0];

/** The block right above a run of lines; `first` is the place of its first. */
function above(tokens: Token[], first: number, lines: string[]): Token | undefined {
  const last = tokens[first - 1];
  const lineBefore = lines[(tokens[first]?.map?.[0] ?? 0) - 1] ?? '';
  if (!last || isLine(last) || last.level !== tokens[first]?.level || last.nesting === 1 || lineBefore.replace(/^[\s>]*/, '') === '')
    return undefined;
  if (last.nesting === 0) return last;
  for (let open = first - 2; open >= 0; open--) if (tokens[open]?.level === last.level && tokens[open]?.nesting === 1) return tokens[open];
  return undefined;
}

/** The block right below a run of lines; `last` is the place of its last. */
function below(tokens: Token[], last: number): Token | undefined {
  const next = tokens[last + 1];
  return next && next.nesting !== -1 && next.level === tokens[last]?.level && touches(tokens[last], next) ? next : undefined;
}

/** kramdown takes the line after `> {: .note }` into the quote, also without a `>`. */
function pulledIn(tokens: Token[], at: number): Token | undefined {
  const [close, next] = [tokens[at + 1], tokens[at + 2]];
  if (close?.type !== 'blockquote_close' || next?.type !== 'paragraph_open' || !touches(tokens[at], next)) return undefined;
  const paragraph = tokens.slice(at + 2, at + 5);
  for (const token of paragraph) token.level++;
  tokens.splice(at + 1, 4, ...paragraph, close);
  return next;
}

/** `{:toc}` asks for a table of contents, which the reader shows beside the page; its list and heading go. */
function withoutContents(tokens: Token[]): Token[] {
  const gone = new Set<Token>();
  for (let at = 0; at < tokens.length; at++) {
    if (!tokens[at]?.meta?.toc) continue;
    const end = closeOf(tokens, at);
    const heading = tokens[at - 3];
    const from = heading?.type === 'heading_open' && /\bno_toc\b/.test(String(heading.attrGet('class'))) ? at - 3 : at;
    for (const token of tokens.slice(from, end + 1)) gone.add(token);
    at = end;
  }
  return gone.size > 0 ? tokens.filter((token) => !gone.has(token)) : tokens;
}
