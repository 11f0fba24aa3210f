import { partsOf } from '@sidekick/calendar';
import { type Cell, collapsed, emptyRow, type Sheet } from '../cells/sheet.ts';
import { monthOf } from './heads.ts';

export interface Month {
  readonly month: number;
  readonly year: number | null;
}

/** A cell such as `Dec 2026` or `December` (S7). */
export function monthIn({ is, day, isMonth, text }: Cell): Month | null {
  if (is === 'date' && isMonth && day !== undefined) return partsOf(day);
  if (is !== 'text' || text.length > 20) return null;
  const [, word = '', year] = /^([a-z]{3,9}\.?)(?: (20\d\d))?$/i.exec(collapsed(text)) ?? [];
  const month = monthOf(word);
  return month === null ? null : { month, year: year === undefined ? null : Number(year) };
}

/**
 * The months that a row names over heads in these columns, each column with its month: it holds to the next one, as the year does,
 * which rises when the month falls. Null for a row with anything else over a head, or with none over or before the first.
 */
export function monthsOver(sheet: Sheet, row: number, columns: readonly number[]): Map<number, Month> | null {
  const cells = sheet.rows[row] ?? emptyRow;
  const [first = 0] = columns;
  const last = columns.at(-1) ?? 0;
  if (columns.some((column) => cells[column] && monthIn(cells[column]) === null)) return null;
  const months = new Map<number, Month>();
  let current: Month | null = null;
  let isOver = false;
  for (let column = 1; column <= last; column++) {
    const cell = cells[column];
    const named = cell && monthIn(cell);
    if (named) current = { month: named.month, year: named.year ?? yearAfter(current, named.month) };
    if (column >= first && named) isOver = true;
    if (current) months.set(column, current);
  }
  return isOver && months.size > 0 ? months : null;
}

const yearAfter = (before: Month | null, month: number): number | null => {
  if (before === null || before.year === null) return null;
  return before.year + (month < before.month ? 1 : 0);
};
