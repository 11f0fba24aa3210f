import { weekdayOf } from '@sidekick/calendar';
import { type Cell, emptyRow, type Sheet } from '../cells/sheet.ts';
import type { Amount } from '../entries/amount.ts';
import { type Entry, entriesOf, type Names as NamedBy, type Work } from '../entries/entry.ts';
import type { SheetRole } from '../entries/words.ts';
import type { Columns } from '../header/columns.ts';
import type { DatedHead, DatedHeads } from '../header/dates.ts';
import type { Book } from './book.ts';
import type { Names } from './names.ts';
import type { Notes } from './notes.ts';
import { daysOf, hoursOf, type PersonWeek } from './week.ts';

/** A sheet of layout A, B or C while it is read. */
export interface Grid {
  readonly sheet: Sheet;
  readonly header: number;
  readonly columns: Columns;
  readonly dated: DatedHeads;
  readonly notes: Notes;
  readonly people: Names;
  readonly projects: Names;
  readonly book: Book;
  /** Of people by their keys. */
  readonly weeks: Map<string, PersonWeek>;
  /** Of texts that were met: most cells of a sheet read as others do. */
  readonly entries: Map<string, readonly Entry[]>;
}

/** A row that was read: its weeks are read once the weeks of all people are known. */
export interface PersonRow {
  readonly row: number;
  readonly person: string;
  /** Of layout C: the project of the row, or that its hours are leave. */
  readonly of: { readonly project: string } | 'leave' | null;
  readonly role: SheetRole;
}

export const weekCells = ({ sheet, dated }: Grid, row: number): { head: DatedHead; cell: Cell }[] => {
  const cells = sheet.rows[row] ?? emptyRow;
  return dated.heads.flatMap((head) => {
    const cell = cells[head.column];
    return cell ? [{ head, cell }] : [];
  });
};

const mostPerWeek = 168;
const mostPerDay = 24;

/** Hours of the week, or of the day, that an amount is. */
export function hoursIn(amount: Amount, week: PersonWeek | undefined, by: 'week' | 'day'): number {
  const day = daysOf(week) === 0 ? 0 : hoursOf(week) / daysOf(week);
  if (amount.unit === 'days') return amount.value * day;
  if (amount.unit === 'percent') return (amount.value / 100) * (by === 'week' ? hoursOf(week) : day);
  return amount.value;
}

/** Reads the weeks of a row into the book. */
export function readWeeks(grid: Grid, row: PersonRow, week: PersonWeek | undefined): void {
  for (const { head, cell } of weekCells(grid, row.row)) {
    if (cell.is === 'error') grid.notes.notUnderstood(cell, row.row, head.column, 'error-value');
    else if (cell.is === 'formula') grid.notes.notUnderstood(cell, row.row, head.column, 'formula-without-value');
    else if (cell.is === 'date') grid.notes.notUnderstood(cell, row.row, head.column, 'date-value');
    else readCell(grid, row, week, head, cell);
  }
}

function readCell(grid: Grid, row: PersonRow, week: PersonWeek | undefined, head: DatedHead, cell: Cell): void {
  const { notes, dated } = grid;
  const names: NamedBy = row.of === null ? 'here' : 'in the row';
  const most = dated.by === 'week' ? mostPerWeek : mostPerDay;
  for (const entry of entriesIn(grid, cell.text, names)) {
    if ('fault' in entry) {
      notes.notUnderstood(cell, row.row, head.column, entry.fault, entry.text);
      continue;
    }
    const { work } = entry;
    const isLeave = work.isLeave || row.of === 'leave';
    const hours = work.amount && hoursIn(work.amount, week, dated.by);
    if (hours !== null && hours > most) {
      notes.notUnderstood(cell, row.row, head.column, 'too-many-hours', entry.text);
      continue;
    }
    if (needsWeek(work, isLeave) && (week?.hours ?? null) === null) notes.tell({ row: row.row, why: 'week-assumed' });
    if (dated.by === 'day' && weekdayOf(head.day) > 4) notes.tell({ row: row.row, column: head.column, why: 'weekend-work' });
    take(grid, row, week, head, work, isLeave, hours);
  }
}

const mostKept = 10_000;
function entriesIn({ entries }: Grid, text: string, names: NamedBy): readonly Entry[] {
  const key = `${names} ${text}`;
  const found = entries.get(key) ?? entriesOf(text, names);
  if (entries.size < mostKept) entries.set(key, found);
  return found;
}

const needsWeek = ({ amount }: Work, isLeave: boolean): boolean => amount !== null && (isLeave || amount.unit !== 'hours');

function take(
  grid: Grid,
  row: PersonRow,
  week: PersonWeek | undefined,
  { day, column }: DatedHead,
  work: Work,
  isLeave: boolean,
  hours: number | null,
): void {
  const { book, dated, projects } = grid;
  const at = { row: row.row, column };
  const what = { person: row.person, isTentative: work.isTentative };
  if (isLeave) {
    book.leave(what, day, hours === null ? 1 : portionOf(hours, week, dated.by), at);
    return;
  }
  const perWeek = dated.by === 'week' ? (hours ?? 0) : (hours ?? 0) * daysOf(week);
  // An amount that comes to nothing, such as a part of a week of 0 hours, is no work.
  if (perWeek === 0) return;
  const project = row.of !== null && row.of !== 'leave' ? row.of.project : projects.take(work.project ?? '');
  book.work({ ...what, project, role: work.role ?? row.role }, day, perWeek, at);
}

/** Whoever works no hours is away whole. */
export function portionOf(hours: number, week: PersonWeek | undefined, by: 'week' | 'day'): number {
  const all = by === 'week' ? hoursOf(week) : hoursOf(week) / (daysOf(week) || 1);
  return all === 0 ? 1 : Math.min(1, hours / all);
}
