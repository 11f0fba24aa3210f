import { type Cell, cellsOf, emptyRow, type Sheet } from '../cells/sheet.ts';
import { labelKey, wordKey } from '../header/words.ts';

const totals = new Set([
  ...['total', 'totals', 'sum', 'subtotal', 'average', 'avg', 'capacity', 'demand', 'available', 'availability'],
  ...['utilisation', 'utilization', 'remaining', 'free', 'headcount', 'fte', 'σ', 'ς', '∑'],
]);

/** Whether a person or project of that name is a row of sums (S11). */
export function isTotal(text: string): boolean {
  const key = labelKey(text);
  return totals.has(key) || /^(?:total|subtotal|sum of) /.test(key) || / (?:total|subtotal)$/.test(key);
}

/** The one cell of a row, merged or not, with its first column; null for a row with more. */
export function onlyCell(sheet: Sheet, row: number): { column: number; cell: Cell } | null {
  let only: { column: number; cell: Cell } | null = null;
  for (const [column, cell] of cellsOf(sheet.rows[row] ?? emptyRow)) {
    if (only && only.cell !== cell) return null;
    only ??= { column, cell };
  }
  return only;
}

export const isOverColumns = ({ range }: Cell): boolean => range !== undefined && range.right > range.left;
const groups = /(?:^|[^\p{L}\p{N}])(?:team|squad|department|dept|group|guild)(?:$|[^\p{L}\p{N}])/u;

/** `--- Web ---` */
const isBetweenDashes = (text: string): boolean => /^[-–—]/.test(text) && /[-–—]$/.test(text) && /[^-–— ]/.test(text);

/** Whether the only cell of a row names a section (S11). */
export function isSection(cell: Cell, mergedIsOne: boolean): boolean {
  const text = wordKey(cell.text);
  if (mergedIsOne && isOverColumns(cell)) return true;
  return text.endsWith(':') || groups.test(text) || isBetweenDashes(text);
}
