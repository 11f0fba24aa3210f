import type { Cell, Place, Sheet } from './sheet.ts';

export interface Retyped extends Place {
  /** Blank: the cell is empty. */
  readonly text: string;
}

/** The sheet with cells as somebody typed them over; a merged one changes in each of its places. */
export function retyped(sheet: Sheet, cells: readonly Retyped[]): Sheet {
  if (cells.length === 0) return sheet;
  const rows: ((Cell | undefined)[] | undefined)[] = sheet.rows.map((row) => row?.slice());
  for (const { row, column, text } of cells) {
    const old = rows[row]?.[column];
    const trimmed = text.trim();
    const cell: Cell | undefined = trimmed === '' ? undefined : { text: trimmed, is: 'text', ...(old?.range ? { range: old.range } : {}) };
    const { top, left, bottom, right } = old?.range ?? { top: row, left: column, bottom: row, right: column };
    for (let at = top; at <= bottom; at++) {
      rows[at] ??= [];
      for (let across = left; across <= right; across++) (rows[at] as (Cell | undefined)[])[across] = cell;
    }
  }
  return { ...sheet, rows };
}
