/** Arithmetic on ISO calendar days and ISO weeks, in UTC day numbers: no time zone can move a day. */
const msPerDay = 86_400_000;

/** Days since 1970-01-01. */
export function dayNumber(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return Math.round(Date.UTC(year, month - 1, date) / msPerDay);
}

/** The ISO day of a day number. */
const dayOf = (number: number): string => new Date(number * msPerDay).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => dayOf(dayNumber(day) + days);

/** Days from `from` to `to`; 0 for the same day, negative when `to` is before. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string): number => ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;

export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));

export const sundayOf = (day: string): string => addDays(day, 7 - weekdayOf(day));

/** The ISO week of a day, e.g. `2026-W53`; its year is the year of its Thursday. */
export function weekOf(day: string): string {
  const thursday = addDays(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Monday of an ISO week: 4 January is always in week 1 (ISO 8601). */
export function mondayOfWeek(week: string): string {
  const [year = '1970', number = '1'] = week.split('-W');
  return addDays(mondayOf(`${year}-01-04`), (Number(number) - 1) * 7);
}

export const addWeeks = (week: string, weeks: number): string => weekOf(addDays(mondayOfWeek(week), weeks * 7));

/** Weeks from `from` to `to`; 0 for the same week. */
export const weeksBetween = (from: string, to: string): number => daysBetween(mondayOfWeek(from), mondayOfWeek(to)) / 7;

export const weeksFrom = (week: string, count: number): string[] => Array.from({ length: count }, (_, index) => addWeeks(week, index));

/** Whether a real calendar day: `2026-02-30` is not. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && dayOf(dayNumber(text)) === text;

export const earlier = (a: string, b: string): string => (a < b ? a : b);
export const later = (a: string, b: string): string => (a > b ? a : b);
