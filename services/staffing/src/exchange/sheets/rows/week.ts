import type { Sheet } from '../cells/sheet.ts';
import type { Columns } from '../header/columns.ts';
import type { Notes } from './notes.ts';

/** What a person works in a week (S16). */
export interface PersonWeek {
  hours: number | null;
  days: number | null;
}

/** That of a person, begun where nothing is known yet. */
export function weekOf(weeks: Map<string, PersonWeek>, person: string): PersonWeek {
  const week = weeks.get(person) ?? { hours: null, days: null };
  weeks.set(person, week);
  return week;
}

const usualHours = 40;
const usualDays = 5;
export const hoursOf = (week: PersonWeek | undefined): number => week?.hours ?? usualHours;
export const daysOf = (week: PersonWeek | undefined): number => week?.days ?? usualDays;

const within = (text: string, most: number, unit: RegExp): number | null => {
  const [, digits = '', written = ''] = /^(\d{1,6}(?:[.,]\d{1,6})?) ?([a-z/ ]{0,20})$/i.exec(text) ?? [];
  const value = digits === '' || !unit.test(written) ? Number.NaN : Number(digits.replace(',', '.'));
  return value >= 0 && value <= most ? value : null;
};
const hourUnit = /^(?:(?:h|hrs?|hours?)(?: ?\/ ?(?:week|wk|w)| per week)?)?$/i;
const dayUnit = /^(?:(?:d|days?)(?: ?\/ ?(?:week|wk|w)| per week)?)?$/i;

/** Takes what a person's row says of their week: the first number of all their rows counts. */
export function readWeek(known: PersonWeek, sheet: Sheet, row: number, columns: Columns, notes: Notes): void {
  const read = (column: number | undefined, most: number, unit: RegExp): number | null => {
    const cell = column === undefined ? undefined : sheet.rows[row]?.[column];
    if (!cell || column === undefined) return null;
    const value = cell.is === 'text' || cell.is === 'number' ? within(cell.text, most, unit) : null;
    if (cell.is === 'formula') notes.notUnderstood(cell, row, column, 'formula-without-value');
    else if (cell.is === 'error') notes.notUnderstood(cell, row, column, 'error-value');
    else if (value === null) notes.notUnderstood(cell, row, column, 'bad-week');
    return value;
  };
  const [hours, days] = [read(columns.week, 168, hourUnit), read(columns.days, 7, dayUnit)];
  known.hours ??= hours;
  known.days ??= days;
}
