import { cellsOf, collapsed, type Sheet } from '../cells/sheet.ts';
import { bareAmount } from '../entries/amount.ts';
import type { Columns } from '../header/columns.ts';
import type { DatedHead } from '../header/dates.ts';
import { isOverColumns, onlyCell } from './kinds.ts';
import { isTotalRow } from './row-of.ts';

const projectWord = /^project /i;

/** The project that a row begins (S15); null for a row that begins none. */
export function blockIn(sheet: Sheet, row: number, header: number, columns: Columns): string | null {
  const only = onlyCell(sheet, row);
  if (!only || only.column !== columns.person || only.cell.text.includes('=') || isTotalRow(sheet, row, columns)) return null;
  const { cell } = only;
  if (cell.is === 'error' || cell.is === 'formula') return null;
  const isMarked = isOverColumns(cell) || cell.text.endsWith(':') || projectWord.test(cell.text);
  const isBelowGap = row === header + 1 || isBlank(sheet, row - 1) || isTotalRow(sheet, row - 1, columns);
  return isMarked || isBelowGap ? collapsed(cell.text).replace(projectWord, '').replace(/ ?:$/, '') : null;
}

const isBlank = ({ rows }: Sheet, row: number): boolean => !rows[row]?.some(Boolean);

/** Whether a sheet without a project column has its projects as blocks: most of its week cells are bare amounts, below heads of blocks. */
export function isByBlocks(sheet: Sheet, header: number, columns: Columns, heads: readonly DatedHead[], rows: readonly number[]): boolean {
  let [filled, bare] = [0, 0];
  let hasBlock = false;
  const isHead = new Set(heads.map(({ column }) => column));
  for (const row of rows) {
    if (isTotalRow(sheet, row, columns)) continue;
    if (blockIn(sheet, row, header, columns) !== null) {
      hasBlock = true;
      continue;
    }
    for (const [column, { text }] of cellsOf(sheet.rows[row])) {
      if (!isHead.has(column)) continue;
      filled += 1;
      if (bareAmount(text)) bare += 1;
    }
  }
  return hasBlock && bare * 2 > filled;
}
