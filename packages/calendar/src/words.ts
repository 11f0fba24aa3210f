/** Days, weeks and amounts as people read them: on a screen as in the sentences of a service. */
import { type Day, dayOf, isoDay, mondayOf, partsOf, type Week, weekOf } from './days.ts';

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A day or a week as a number or in ISO's spelling. */
type AnyDay = Day | string;
type AnyWeek = Week | string;
/** Both ends included; an end that is null or beyond every calendar is open. */
interface Range {
  readonly from: AnyDay;
  readonly to: AnyDay | null;
}

const dayIn = (day: AnyDay): Day => (typeof day === 'string' ? dayOf(day) : day);

/** Within this many days a date needs no year to be understood: its twins of other years are all farther away. */
const nearDays = 180;
/** And a range of fewer days than this is not taken for a shorter one. */
const longRange = 300;

/** Whether the day needs its year beside `near`; where nothing is near (null) every day does. */
const isFar = (day: Day, near: AnyDay | null): boolean => near === null || Math.abs(day - dayIn(near)) > nearDays;

const dayAndMonth = (day: Day): string => {
  const { day: date, month } = partsOf(day);
  return `${date} ${monthNames[month - 1]?.slice(0, 3)}`;
};
const yearOf = (day: Day): string => isoDay(day).slice(0, -6);

/** `7 Dec`, with the year where it lies more than 180 days from `near`, or where that is null. */
export function dayWords(day: AnyDay, near: AnyDay | null): string {
  const known = dayIn(day);
  return isFar(known, near) ? `${dayAndMonth(known)} ${yearOf(known)}` : dayAndMonth(known);
}

/** `7 Dec – 27 Dec`, one day alone once, an open end `from 7 Dec`; with years where an end needs one, or the range is long: `7 Dec 2026 – 14 Mar 2028`. */
export function rangeWords({ from, to }: Range, near: AnyDay | null): string {
  const first = dayIn(from);
  if (to === null || to === Number.POSITIVE_INFINITY) return `from ${dayWords(first, near)}`;
  const last = dayIn(to);
  if (first === last) return dayWords(first, near);
  if (!isFar(first, near) && !isFar(last, near) && last - first < longRange) return `${dayAndMonth(first)} – ${dayAndMonth(last)}`;
  const start = yearOf(first) === yearOf(last) ? dayAndMonth(first) : dayWords(first, null);
  return `${start} – ${dayWords(last, null)}`;
}

/** `the week of 21 Dec`: one week as one thing, named by its Monday. */
export const weekWords = (week: Week, near: AnyDay | null): string => `the week of ${dayWords(mondayOf(week), near)}`;

/** Weeks as runs of days: `7 Dec – 27 Dec and 1 Feb – 7 Feb`; of more than `most` runs all but one of as many, and how many are left. */
export function weeksWords(weeks: readonly AnyWeek[], near: AnyDay | null, most = 4): string {
  const numbers = weeks.map((week) => (typeof week === 'string' ? weekOf(week) : week)).filter((week) => week !== undefined);
  const runs: { from: Day; to: Day }[] = [];
  for (const monday of [...new Set(numbers)].sort((a, b) => a - b).map(mondayOf)) {
    const last = runs.at(-1);
    if (last && last.to + 1 === monday) last.to = monday + 6;
    else runs.push({ from: monday, to: monday + 6 });
  }
  const words = runs.map((run) => rangeWords(run, near));
  return listWords(words.length > most ? [...words.slice(0, most - 1), `${words.length - most + 1} later runs`] : words);
}

/** `7 Dec, 9 Dec and 11 Dec`; of more than three days their number, the first and the last. In order, and at least one. */
export function daysWords(days: readonly Day[], near: AnyDay | null): string {
  if (days.length <= 3) return listWords(days.map((day) => dayWords(day, near)));
  return `${days.length} days from ${dayWords(days[0] ?? 0, near)} to ${dayWords(days.at(-1) ?? 0, near)}`;
}

/** What is said of a range that ends before it starts; with the years where they differ. */
export function endBeforeStart(from: string, to: string): string {
  const near = from.slice(0, -6) === to.slice(0, -6) ? from : null;
  return `The end is before the start: ${dayWords(to, near)} < ${dayWords(from, near)}`;
}

// Made once: making a formatter costs more than a hundred of its answers.
const decimals = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/**
 * A number with one decimal at most, two where it has just two (a quarter of an hour), no trailing zero: `7,388`, `14.4`, `0.25`; below
 * zero with a minus sign.
 */
export function numberWords(value: number): string {
  if (Math.abs(value) < 0.05) return '0';
  const hundredths = Math.round(value * 100) / 100;
  const rounded = Math.abs(value - hundredths) < 1e-9 ? hundredths : Math.round(value * 10) / 10;
  return decimals.format(rounded).replace('-', '−');
}

/** `24 h`. */
export const hoursWords = (hours: number): string => `${numberWords(hours)} h`;

/** `1 week`, `3 weeks`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  const words = numberWords(count);
  return `${words} ${words === '1' ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export const listWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
