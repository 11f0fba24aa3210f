import { headerRows } from '../cells/csv.ts';
import { cellsOf, collapsed, type Sheet } from '../cells/sheet.ts';
import { dayIn, type Form, formOf, serialOf } from './heads.ts';
import { type Month, monthIn, monthsOver } from './months.ts';
import { columnKind } from './words.ts';

export interface Head {
  readonly column: number;
  readonly form: Form;
}
export interface HeadRow {
  readonly is: 'heads';
  readonly row: number;
  readonly heads: readonly Head[];
  /** By column; null where no row of months stands above. */
  readonly months: ReadonlyMap<number, Month> | null;
}
export interface ListRow {
  readonly is: 'list';
  readonly row: number;
}

/** The header of a sheet (S6, S9), if it has one in its first rows. */
export function headerOf(sheet: Sheet): HeadRow | ListRow | null {
  let best: HeadRow | null = null;
  let list: ListRow | null = null;
  for (let row = 1; row <= headerRows; row++) {
    const heads = headsIn(sheet, row);
    if (heads && heads.heads.length > (best?.heads.length ?? 0)) best = heads;
    if (!list && isListHeader(sheet, row)) list = { is: 'list', row };
  }
  return list && (!best || list.row < best.row) ? list : best;
}

/** A row as a header of weeks or days: two heads beside each other, blank and total columns apart. */
export function headsIn(sheet: Sheet, row: number): HeadRow | null {
  const dates = datesIn(sheet, row);
  if (areBeside(sheet, row, dates)) {
    const columns = dates.map(({ column }) => column);
    return { is: 'heads', row, heads: dates, months: row > 1 ? monthsOver(sheet, row - 1, columns) : null };
  }
  return numbersIn(sheet, row);
}

function datesIn(sheet: Sheet, row: number): Head[] {
  const cells = [...cellsOf(sheet.rows[row])];
  const heads = cells.flatMap(([column, cell]) => {
    const form = formOf(cell);
    return form ? [{ column, form }] : [];
  });
  if (heads.some(({ form }) => form.is === 'week')) return heads;
  const serials = cells.flatMap(([column, cell]) => {
    const day = serialOf(cell);
    return day === null ? [] : [{ column, form: { is: 'day', day } as const }];
  });
  return [...heads, ...serials].sort((a, b) => a.column - b.column);
}

/** The day numbers right under a row of months. */
function numbersIn(sheet: Sheet, row: number): HeadRow | null {
  const first = row < 2 ? undefined : [...cellsOf(sheet.rows[row - 1])].find(([, cell]) => monthIn(cell))?.[0];
  if (first === undefined) return null;
  // Numbers left of the first month, such as hours a week, are no days.
  const numbers = [...cellsOf(sheet.rows[row])].flatMap(([column, { text }]) =>
    column >= first && /^\d\d?$/.test(text) && Number(text) >= 1 && Number(text) <= 31 ? [{ column, date: Number(text) }] : [],
  );
  const columns = numbers.map(({ column }) => column);
  const months = numbers.length < 2 ? null : monthsOver(sheet, row - 1, columns);
  if (!months) return null;
  const heads = numbers.flatMap(({ column, date }): Head[] => {
    const month = months.get(column);
    const day = month ? dayIn(month.year ?? 2000, month.month, date) : null;
    if (!month || day === null) return [];
    return [{ column, form: month.year === null ? { is: 'date', month: month.month, date } : { is: 'day', day } }];
  });
  return areBeside(sheet, row, heads) ? { is: 'heads', row, heads, months } : null;
}

function areBeside(sheet: Sheet, row: number, heads: readonly Head[]): boolean {
  const cells = sheet.rows[row];
  const isBetween = (column: number) => {
    const cell = cells?.[column];
    return !cell || columnKind(cell.text, false) === 'total-column';
  };
  return heads.some(({ column }, at) => {
    const next = heads[at + 1];
    if (!next) return false;
    for (let between = column + 1; between < next.column; between++) if (!isBetween(between)) return false;
    return true;
  });
}

const needed = ['person', 'project', 'from', 'to'] as const;

export function isListHeader(sheet: Sheet, row: number): boolean {
  const kinds = new Set([...cellsOf(sheet.rows[row])].map(([, { text }]) => columnKind(text, true)));
  return needed.every((kind) => kinds.has(kind));
}

/** Whether two rows read the same in each column. */
export function isSameRow(sheet: Sheet, a: number, b: number): boolean {
  const textOf = (row: number) =>
    [...cellsOf(sheet.rows[row])].map(([column, { text }]) => `${column} ${collapsed(text).toLowerCase()}`).join('\n');
  return textOf(a) === textOf(b);
}
