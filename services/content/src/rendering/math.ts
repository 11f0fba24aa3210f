import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

const longest = 2_000;
const mostLines = 200;
/** Money and variables of a shell have dollars too: a formula has a sign of one, or is a single letter. */
const isFormula = (text: string): boolean => /[\\^_{}=+*/<>]|^[A-Za-z]$/.test(text);

/** `$$…$$` as kramdown has it, `$…$` and ``$`…`$`` as GitHub has it; `codes` of the page take the formula, away from what sanitises. */
export function math(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'math', inline);
  md.block.ruler.before('fence', 'math_block', block, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

function inline(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  if (src.charCodeAt(pos) !== 0x24) return false;
  const fence = src.startsWith('$$', pos) ? '$$' : src.startsWith('$`', pos) ? '$`' : '$';
  const close = fence === '$`' ? '`$' : fence;
  const text = src.slice(pos + fence.length, pos + fence.length + longest);
  const end = text.indexOf(close);
  const formula = text.slice(0, Math.max(0, end));
  const after = src.charAt(pos + fence.length + end + close.length);
  if (end <= 0 || formula.trim() === '' || formula.includes('\n\n')) return false;
  if (fence === '$' && !(isTight(formula) && isFormula(formula) && !/[\w$]/.test(after) && !/[\w$\\]/.test(src.charAt(pos - 1))))
    return false;
  if (!silent) state.push('math_inline', 'math', 0).content = formula.trim();
  state.pos += fence.length + end + close.length;
  return true;
}

const isTight = (text: string): boolean => text.trim() === text && !text.includes('\n');

function block(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineOf = (line: number) => state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const first = lineOf(startLine);
  if (!first.startsWith('$$')) return false;
  let end = startLine;
  const isLast = (line: number) => lineOf(line).endsWith('$$') && !(line === startLine && first.length < 5);
  for (; end < Math.min(endLine, startLine + mostLines) && !isLast(end); end += 1) if (end > startLine && state.isEmpty(end)) return false;
  if (end >= Math.min(endLine, startLine + mostLines)) return false;
  const lines = Array.from({ length: end - startLine + 1 }, (_, at) => lineOf(startLine + at)).join('\n');
  const formula = lines.slice(2, -2).trim();
  if (formula === '' || formula.includes('$$')) return false;
  if (silent) return true;
  const token = state.push('math_block', 'math', 0);
  Object.assign(token, { block: true, content: formula, map: [startLine, end + 1] });
  state.line = end + 1;
  return true;
}
