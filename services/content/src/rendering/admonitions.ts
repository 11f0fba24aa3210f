import type { MarkdownIt, StateBlock } from 'markdown-it';
import { openingTokens } from './callouts.ts';
import { kindOf } from './kinds.ts';

/** `!!! note "Title"`, `??? note` (closed), `???+ note` (open), `=== "Tab"`: MkDocs; the text stands four columns in. */
const admonition = /^(?:(!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+[\w-]+){0,5}(?:[ \t]+"([^"\n]*)")?|===[!+]?[ \t]+"([^"\n]+)")[ \t]*$/;

export function admonitions(md: MarkdownIt): void {
  md.block.ruler.before('fence', 'admonition', read, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

function read(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const indent = state.sCount[startLine] ?? 0;
  if (indent - state.blkIndent >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  if (!'!?='.includes(state.src.charAt(start))) return false;
  const found = admonition.exec(state.src.slice(start, Math.min(state.eMarks[startLine] ?? 0, start + 500)));
  if (!found) return false;
  if (silent) return true;
  const [, marker = '', name = '', given, tab] = found;
  const kind = tab === undefined ? (kindOf(name) ?? { kind: 'note', title: name.charAt(0).toUpperCase() + name.slice(1) }) : undefined;
  const folds = marker.startsWith('?');
  const opening = openingTokens(state, {
    kind: kind?.kind ?? 'highlight',
    title: tab ?? given ?? kind?.title ?? '',
    folds,
    isOpen: marker === '???+',
    level: state.level,
  });
  state.tokens.push(...opening);
  const end = endOf(state, startLine + 1, endLine, indent + 4);
  inside(state, startLine + 1, end, indent + 4);
  const close = state.push('callout_close', folds ? 'details' : 'div', 0);
  close.nesting = -1;
  state.line = end;
  return true;
}

/** The line after the last that stands that far in; blank lines at the end belong to what follows. */
function endOf(state: StateBlock, from: number, endLine: number, column: number): number {
  let end = from;
  for (let line = from; line < endLine; line += 1) {
    if (state.isEmpty(line)) continue;
    if ((state.sCount[line] ?? 0) < column) break;
    end = line + 1;
  }
  return end;
}

function inside(state: StateBlock, from: number, end: number, column: number): void {
  const { blkIndent, lineMax, parentType } = state;
  Object.assign(state, { blkIndent: column, lineMax: end, parentType: 'root' });
  state.md.block.tokenize(state, from, end);
  Object.assign(state, { blkIndent, lineMax, parentType });
}
