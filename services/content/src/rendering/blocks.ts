import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';
import { openingTokens } from './callouts.ts';
import { type Kind, kindOf } from './kinds.ts';
import { noteUnknown, type Unknown } from './unknown.ts';

/** A line that opens or closes a block in one of the dialects that write blocks between two lines. */
interface Mark {
  family: 'colons' | 'hint' | 'moniker';
  /** Null closes. */
  opens: (Kind & { folds: boolean }) | null;
  /** Of its colons: longer ones stand around shorter ones. */
  length: number;
}

const colons = /^(:{3,})[ \t]*(?:\{?\.?([a-z][\w-]*)\}?)?[ \t]*(?:\[([^\]\n]*)\])?(?:\{[^}\n]*\})?[ \t]*([^\n]*)$/i;
const hint = /^\{%-?\s*(?:hint\b([^%]*)|(endhint))\s*-?%\}\s*$/;
const moniker = /^:{3}[ \t]*(moniker|zone)(-end)?\b[ \t]*([^\n]*)$/;
/** Lines of DocFX that lay out what stands between them. */
const layout = /^:{3}[ \t]*(?:row|column)(?:-end)?\b[^\n]*$/;
/** Deeper ones are read as if they stood beside. */
const deepest = 40;

/** Blocks between two lines: `:::note Title`, `:::note[Title]`, `{% hint %}`, DocFX's monikers and zones. */
export function markedBlocks(md: MarkdownIt): void {
  md.block.ruler.before('fence', 'callout_mark', readMark, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  md.core.ruler.after('kramdown_attach', 'callout_marks', pair);
  md.renderer.rules['callout_mark'] = () => '';
}

function readMark(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const first = state.src.charCodeAt(start);
  if (first !== 0x3a && first !== 0x7b) return false;
  const text = state.src.slice(start, Math.min(state.eMarks[startLine] ?? 0, start + 500)).trimEnd();
  const mark = layout.test(text) ? 'nothing' : (monikerOf(text) ?? hintOf(text) ?? colonsOf(text, state.env as { unknown?: Unknown }));
  if (!mark) return false;
  if (silent) return true;
  state.line = startLine + 1;
  if (mark === 'nothing') return true;
  const token = state.push('callout_mark', '', 0);
  token.map = [startLine, startLine + 1];
  token.meta = { mark };
  return true;
}

function monikerOf(text: string): Mark | undefined {
  const [, , end, rest = ''] = moniker.exec(text) ?? [];
  if (!moniker.test(text)) return undefined;
  const what = /["']([^"']*)["']/.exec(rest)?.[1] ?? rest;
  return { family: 'moniker', length: 3, opens: end ? null : { kind: 'info', title: `Only for ${what}`, folds: false } };
}

function hintOf(text: string): Mark | undefined {
  const found = hint.exec(text);
  if (!found) return undefined;
  const style = /style\s*=\s*["']?(\w+)/.exec(found[1] ?? '')?.[1] ?? 'info';
  return { family: 'hint', length: 3, opens: found[2] ? null : { ...(kindOf(style) ?? { kind: 'info', title: 'Info' }), folds: false } };
}

function colonsOf(text: string, { unknown }: { unknown?: Unknown }): Mark | undefined {
  const found = colons.exec(text);
  if (!found) return undefined;
  const [, run = '', name, bracketed, rest = ''] = found;
  if (name === undefined) return rest === '' && bracketed === undefined ? { family: 'colons', length: run.length, opens: null } : undefined;
  // An element of one line, such as `:::image …:::`, is no block.
  if (/:{3}$/.test(rest) || /^[\w-]+=/.test(rest)) return undefined;
  const known = kindOf(name);
  if (!known && unknown) noteUnknown(unknown, `:::${name}`);
  const kind = known ?? { kind: 'note', title: name.charAt(0).toUpperCase() + name.slice(1) };
  const title = (bracketed ?? rest.replace(/^["'](.*)["']$/, '$1')).trim();
  return {
    family: 'colons',
    length: run.length,
    opens: { kind: kind.kind, title: title || kind.title, folds: name.toLowerCase() === 'details' },
  };
}

/** Makes pairs of the marks of each list item, quote or page; what nothing closes ends with what it stands in. */
function pair(state: StateCore): void {
  if (!state.tokens.some(({ type }) => type === 'callout_mark')) return;
  const out: Token[] = [];
  const open: (Mark | 'around')[] = [];
  const close = () => void out.push(closing(state, open.pop() as Mark));
  let depth = 0;
  for (const token of state.tokens) {
    if (token.nesting === 1) open.push('around');
    if (token.nesting === -1) {
      for (; open.length > 0 && open.at(-1) !== 'around'; depth -= 1) close();
      open.pop();
    }
    if (token.type !== 'callout_mark') {
      out.push(token);
      continue;
    }
    const { mark } = token.meta as unknown as { mark: Mark };
    if (mark.opens && depth < deepest) {
      depth += 1;
      open.push(mark);
      out.push(...openingTokens(state, { ...mark.opens, level: token.level }));
    } else if (!mark.opens)
      for (let last = open.at(-1); isClosedBy(last, mark); last = open.at(-1)) {
        close();
        depth -= 1;
        if ((last as Mark).length >= mark.length) break;
      }
  }
  for (; open.length > 0; ) close();
  state.tokens = out;
}

const isClosedBy = (last: Mark | 'around' | undefined, mark: Mark): boolean =>
  last !== undefined && last !== 'around' && last.family === mark.family && last.length <= mark.length;

function closing(state: StateCore, { opens }: Mark): Token {
  const token = new state.Token('callout_close', opens?.folds ? 'details' : 'div', -1);
  token.block = true;
  return token;
}
