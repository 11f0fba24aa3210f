import { addDays, mondayOfWeek, weekdayOf, weekOf } from './days.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What stands for a figure that does not exist, such as a share of nothing. */
const dash = '–';

// Made once: making a formatter costs more than a hundred of its answers.
const decimals = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** A number with one decimal at most, two where it has just two (a quarter of an hour), no trailing zero: `7,388`, `14.4`, `0.25`. */
export function number(value: number): string {
  if (Math.abs(value) < 0.05) return '0';
  const hundredths = Math.round(value * 100) / 100;
  const rounded = Math.abs(value - hundredths) < 1e-9 ? hundredths : Math.round(value * 10) / 10;
  return decimals.format(rounded);
}

/** A number as it is edited: two decimals at most, no thousands apart. */
export const editable = (value: number): string => String(Math.round(value * 100) / 100);

/** `24 h`; below zero with a minus sign. */
export const hours = (value: number): string => `${number(value).replace('-', '−')} h`;

/** `73 %` of a ratio; a dash where there is nothing to share. */
export const percent = (ratio: number | null): string =>
  ratio === null || !Number.isFinite(ratio) ? dash : `${Math.round(ratio * 100)} %`;

/** `1 week`, `3 weeks`. */
export const count = (value: number, one: string, many = `${one}s`): string => `${number(value)} ${value === 1 ? one : many}`;

export const monthName = (day: string): string => months[Number(day.slice(5, 7)) - 1] ?? '';
const weekdayName = (day: string): string => weekdays[weekdayOf(day) - 1] ?? '';
export const shortWeekday = (day: string): string => weekdayName(day).slice(0, 3);

/** `7 Dec`. */
export const shortDay = (day: string): string => `${Number(day.slice(8))} ${monthName(day).slice(0, 3)}`;

/** `Fri 4 Dec`. */
export const weekdayAndDay = (day: string): string => `${shortWeekday(day)} ${shortDay(day)}`;

/** `Monday 30 November 2026`. */
export const longDay = (day: string): string => `${weekdayName(day)} ${Number(day.slice(8))} ${monthName(day)} ${day.slice(0, 4)}`;

/** `7 Dec – 27 Dec`, both ends included; one day alone once; an open end `from 7 Dec`. */
export function dayRange(from: string, to: string | null): string {
  if (to === null) return `from ${shortDay(from)}`;
  return from === to ? shortDay(from) : `${shortDay(from)} – ${shortDay(to)}`;
}

/** The range with its year, for ranges far from today: `7 Dec 2026 – 14 Mar 2027`. */
export function dayRangeWithYear(from: string, to: string | null): string {
  const withYear = (day: string) => `${shortDay(day)} ${day.slice(0, 4)}`;
  if (to === null) return `from ${withYear(from)}`;
  if (from === to) return withYear(from);
  return from.slice(0, 4) === to.slice(0, 4) ? `${shortDay(from)} – ${withYear(to)}` : `${withYear(from)} – ${withYear(to)}`;
}

/** `w49`. */
export const weekNumber = (week: string): string => `w${Number(week.slice(6))}`;

/** Runs of consecutive ISO weeks named as days: `7 Dec – 27 Dec, 1 Feb – 7 Feb`. */
export function weekRuns(list: readonly string[]): string {
  const sorted = [...new Set(list)].sort();
  const runs: [string, string][] = [];
  for (const week of sorted) {
    const monday = mondayOfWeek(week);
    const last = runs.at(-1);
    if (last && addDays(last[1], 1) === monday) last[1] = addDays(monday, 6);
    else runs.push([monday, addDays(monday, 6)]);
  }
  return runs.map(([from, to]) => dayRange(from, to)).join(', ');
}

/** Days with halves written as a glyph: `4 d`, `½ d`, `1½ d`. */
export function leaveDays(days: number): string {
  const whole = Math.floor(days + 1e-9);
  const rest = days - whole;
  if (Math.abs(rest - 0.5) < 1e-6) return `${whole === 0 ? '' : whole}½ d`;
  return `${number(days)} d`;
}

/** `Mon–Wed`, `not Fri`, or nothing for Monday to Friday. */
export function workdays(pattern: readonly number[]): string {
  const works = pattern.map((value) => value > 0);
  const names = weekdays.map((name) => name.slice(0, 3));
  const five = works.slice(0, 5);
  if (works[5] || works[6]) return names.filter((_, index) => works[index]).join(', ');
  if (five.every(Boolean) || !five.some(Boolean)) return '';
  const missing = names.slice(0, 5).filter((_, index) => !five[index]);
  if (missing.length === 1) return `not ${missing[0]}`;
  const first = five.indexOf(true);
  const last = five.lastIndexOf(true);
  const run = five.slice(first, last + 1).every(Boolean);
  return run && last > first ? `${names[first]}–${names[last]}` : names.filter((_, index) => works[index]).join(', ');
}

/** Months over the columns of a grid, each named by the Thursday of its weeks. */
export function monthSpans(weeks: readonly string[]): { key: string; label: string; columns: number }[] {
  const spans: { key: string; label: string; columns: number }[] = [];
  for (const week of weeks) {
    const thursday = addDays(mondayOfWeek(week), 3);
    const key = thursday.slice(0, 7);
    const last = spans.at(-1);
    if (last?.key === key) last.columns += 1;
    else spans.push({ key, label: `${monthName(thursday)} ${thursday.slice(0, 4)}`, columns: 1 });
  }
  return spans.map((span) => (span.columns === 1 ? { ...span, label: span.label.slice(0, 3) } : span));
}

/** `Week 49`. */
export const weekTitle = (day: string): string => `Week ${Number(weekOf(day).slice(6))}`;
