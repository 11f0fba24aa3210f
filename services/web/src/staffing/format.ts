import { monthNames } from '@sidekick/calendar';
import { mondayOfWeek, monthOfWeek, weekdayOf, weekOf } from '@sidekick/calendar/iso';
import { countWords, dayWords, hoursWords, numberWords, rangeWords, weeksWords, writing } from '../ui/writing.ts';

export { editable } from '../ui/typed-number.ts';
export { countWords as count, hoursWords as hours, numberWords as number };

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What stands for a figure that does not exist, such as a share of nothing. */
const dash = '–';

/** Hours of knowledge: one decimal tells more than it knows. */
export const knownHours = (value: number): string => hoursWords(Math.round(value * 10) / 10);

/** `73 %` of a ratio; a dash where there is nothing to share. */
export const percent = (ratio: number | null): string =>
  ratio === null || !Number.isFinite(ratio) ? dash : `${Math.round(ratio * 100)} %`;

export const monthName = (day: string): string => monthNames[Number(day.slice(5, 7)) - 1] ?? '';
const weekdayName = (day: string): string => weekdays[weekdayOf(day) - 1] ?? '';
export const shortWeekday = (day: string): string => weekdayName(day).slice(0, 3);

/** `7 Dec`, a day of the weeks on screen. */
export const shortDay = (day: string): string => dayWords(day, day);

/** `Fri 4 Dec`. */
export const weekdayAndDay = (day: string): string => `${shortWeekday(day)} ${shortDay(day)}`;

const longForms = {
  'day-first': (weekday: string, date: number, month: string, year: string) => `${weekday} ${date} ${month} ${year}`,
  'month-first': (weekday: string, date: number, month: string, year: string) => `${weekday}, ${month} ${date}, ${year}`,
  'year-first': (weekday: string, date: number, month: string, year: string) => `${year} ${month} ${date}, ${weekday}`,
} as const;

/** `Monday 30 November 2026`. */
export const longDay = (day: string): string =>
  longForms[writing().order](weekdayName(day), Number(day.slice(8)), monthName(day), day.slice(0, 4));

/** `7 Dec – 27 Dec`, of the weeks on screen: with years where it reaches far from its start; an open end `from 7 Dec`. */
export const dayRange = (from: string, to: string | null): string => rangeWords({ from, to }, from);

/** The range with its year, for ranges of any time: `7 Dec 2026 – 14 Mar 2027`. */
export const dayRangeWithYear = (from: string, to: string | null): string => rangeWords({ from, to }, null);

/** `w49`. */
export const weekNumber = (week: string): string => `w${Number(week.slice(6))}`;

/** Weeks on screen as runs of days, all of them: `7 Dec – 27 Dec and 1 Feb – 7 Feb`. */
export const weekRuns = (list: readonly string[]): string =>
  weeksWords(list, mondayOfWeek(list[0] ?? '1970-W01'), Number.POSITIVE_INFINITY);

/** Days with halves written as a glyph: `4 d`, `½ d`, `1½ d`. */
export function leaveDays(days: number): string {
  const whole = Math.floor(days + 1e-9);
  const rest = days - whole;
  if (Math.abs(rest - 0.5) < 1e-6) return `${whole === 0 ? '' : whole}½ d`;
  return `${numberWords(days)} d`;
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
    const key = monthOfWeek(week);
    const last = spans.at(-1);
    if (last?.key === key) last.columns += 1;
    else spans.push({ key, label: `${monthName(key)} ${key.slice(0, 4)}`, columns: 1 });
  }
  return spans.map((span) => (span.columns === 1 ? { ...span, label: span.label.slice(0, 3) } : span));
}

/** `Week 49`. */
export const weekTitle = (day: string): string => `Week ${Number(weekOf(day).slice(6))}`;
