import { type Day, dayOf, isoDay, mondayOf, partsOf, weekOf, weekOfDay } from '@sidekick/calendar';
import type { Cell } from '../cells/sheet.ts';
import { collapsed } from '../cells/sheet.ts';

/** What a head or a date says by itself (S5): a day, or what becomes one with a year, or with an order of day and month. */
export type Form =
  | { is: 'day'; day: Day }
  | { is: 'date'; month: number; date: number }
  | { is: 'slash'; first: number; second: number; year: number | null }
  | { is: 'week'; week: number; year: number | null };
/** Once the order of slash dates is settled. */
export type Settled = Exclude<Form, { is: 'slash' }>;

const months = 'january february march april may june july august september october november december'.split(' ');
const weekday = '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';
const before = new RegExp(`^(?:(?:w/c|wc|week of):? )?(?:${weekday}[.,]? )?`, 'i');

/** 1 to 12, of three letters or a whole name; null for what is no month. */
export function monthOf(word: string): number | null {
  const key = word.toLowerCase().replace(/\.$/, '');
  if (key === 'sept') return 9;
  const at = months.findIndex((month) => month === key || (key.length === 3 && month.startsWith(key)));
  return at < 0 ? null : at + 1;
}

const fullYear = (digits: string): number => (digits.length === 2 ? 2000 + Number(digits) : Number(digits));
const firstYear = 1900;
const lastYear = 2199;

/** Null for what the calendar does not have. */
export function dayIn(year: number, month: number, date: number): Day | null {
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || date < 1 || date > 31) return null;
  const iso = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  return isoDay(dayOf(iso)) === iso ? dayOf(iso) : null;
}

const ofDay = (day: Day | null): Form | null => (day === null ? null : { is: 'day', day });
/** In a leap year every date is one. */
const ofDate = (month: number, date: number): Form | null => (dayIn(2000, month, date) === null ? null : { is: 'date', month, date });
const ofEither = (year: string | undefined, month: number, date: number): Form | null =>
  year === undefined ? ofDate(month, date) : ofDay(dayIn(fullYear(year), month, date));

type Reader = [RegExp, (...parts: string[]) => Form | null];
const dates: Reader[] = [
  [/^(\d{4})([-/])(\d\d?)\2(\d\d?)$/, (year, _mark, month, date) => ofDay(dayIn(Number(year), Number(month), Number(date)))],
  [/^(\d\d?)\. ?(\d\d?)\.(?: ?(\d{4}|\d\d))?$/, (date, month, year) => ofEither(year, Number(month), Number(date))],
  [/^(\d\d?)-(\d\d?)-(\d{4})$/, (date, month, year) => ofDay(dayIn(Number(year), Number(month), Number(date)))],
  [/^(\d\d?)\/(\d\d?)(?:\/(\d{4}|\d\d))?$/, (first, second, year) => slash(Number(first), Number(second), year)],
  [
    /^(\d\d?)(?: |-)([a-z]{3,9}\.?)(?:(?: |-)(\d{4}|\d\d))?$/i,
    (date, month, year) => ofEither(year, monthOf(month ?? '') ?? 0, Number(date)),
  ],
  [/^([a-z]{3,9}\.?) (\d\d?)(?:,? (\d{4}))?$/i, (month, date, year) => ofEither(year, monthOf(month ?? '') ?? 0, Number(date))],
];
const weeks: Reader[] = [
  [/^(?:w|kw|cw|wk|week) ?(\d\d?)(?:(?: |\/| \/ )(\d{4})|\/(\d\d))?$/i, (week, year, short) => ofWeek(Number(week), year ?? short)],
  [/^(\d{4})(?:-| )?w(\d\d?)$/i, (year, week) => ofWeek(Number(week), year)],
];

function slash(first: number, second: number, written: string | undefined): Form | null {
  const year = written === undefined ? null : fullYear(written);
  const form: Form = { is: 'slash', first, second, year };
  return settled(form, true) || settled(form, false) ? form : null;
}

function ofWeek(week: number, written: string | undefined): Form | null {
  if (week < 1 || week > 53) return null;
  if (written === undefined) return { is: 'week', week, year: null };
  const year = fullYear(written);
  return year >= firstYear && year <= lastYear && mondayIn(year, week) !== null ? { is: 'week', week, year } : null;
}

const longestHead = 40;

/** A head as it is written; null for what is none. A serial number is for who knows the row. */
export function formOf(cell: Cell): Form | null {
  if (cell.is === 'date') return cell.isMonth ? null : ofDay(cell.day ?? null);
  if (cell.is !== 'text' && cell.is !== 'number') return null;
  return cell.text.length > longestHead || !/\d/.test(cell.text) ? null : formOfText(collapsed(cell.text));
}

function formOfText(text: string): Form | null {
  for (const [pattern, read] of weeks) {
    const found = pattern.exec(text);
    if (found) return read(...found.slice(1));
  }
  const bare = text.replace(before, '');
  for (const [pattern, read] of dates) {
    const found = pattern.exec(bare);
    if (found) return read(...found.slice(1));
  }
  return null;
}

const firstSerial = 36_526;
const lastSerial = 73_050;

/** Day of a serial number from 2000 to 2099; null for other cells. */
export function serialOf({ text, is }: Cell): Day | null {
  const serial = (is === 'text' || is === 'number') && /^\d{5}$/.test(text) ? Number(text) : 0;
  return serial >= firstSerial && serial <= lastSerial ? serial - 25_569 : null;
}

/** With the day first, or the month; null where there is no such date. Others are what they are. */
export function settled(form: Form, dayFirst: boolean): Settled | null {
  if (form.is !== 'slash') return form;
  const [date, month] = dayFirst ? [form.first, form.second] : [form.second, form.first];
  if (form.year === null) return ofDate(month, date) as Settled | null;
  return ofDay(dayIn(form.year, month, date)) as Settled | null;
}

/** Of an ISO week; null for week 53 of a year that has 52. */
function mondayIn(year: number, week: number): Day | null {
  const found = weekOf(`${year}-W${String(week).padStart(2, '0')}`);
  return found === undefined ? null : mondayOf(found);
}

/** The day in a year; null where the year does not have it. A week is its Monday. */
export function inYear(form: Settled, year: number): Day | null {
  if (form.is === 'day') return form.day;
  return form.is === 'week' ? mondayIn(year, form.week) : dayIn(year, form.month, form.date);
}

/** Known without a year from elsewhere. */
export const knownDay = (form: Settled): Day | null => {
  if (form.is === 'day') return form.day;
  return form.is === 'week' && form.year !== null ? mondayIn(form.year, form.week) : null;
};

export const yearOf = (day: Day): number => partsOf(day).year;
/** The Monday of its ISO week. */
export const weekStart = (day: Day): Day => mondayOf(weekOfDay(day));
