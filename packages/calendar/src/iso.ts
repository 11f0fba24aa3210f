/** The same days and weeks as ISO strings, for who shows and edits them: `2026-12-07` is a day, `2026-W50` a week. */
import { dayOf, mondayOf as firstDayOf, isoDay, isoWeek, weekdayOf as weekdayOfDay, weekOfDay } from './days.ts';

export const addDays = (day: string, days: number): string => isoDay(dayOf(day) + days);

/** Days from `from` to `to`; 0 for the same day, negative when `to` is before. */
export const daysBetween = (from: string, to: string): number => dayOf(to) - dayOf(from);

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string): number => weekdayOfDay(dayOf(day)) + 1;

export const mondayOf = (day: string): string => isoDay(firstDayOf(weekOfDay(dayOf(day))));

export const sundayOf = (day: string): string => addDays(mondayOf(day), 6);

/** The ISO week of a day, e.g. `2026-W53`; its year is the year of its Thursday. */
export const weekOf = (day: string): string => isoWeek(weekOfDay(dayOf(day)));

/** Monday of an ISO week; week 53 of a year that has 52 is the first of the next. */
export const mondayOfWeek = (week: string): string => addDays(mondayOf(`${week.slice(0, -4)}-01-04`), (Number(week.slice(-2)) - 1) * 7);

export const addWeeks = (week: string, weeks: number): string => weekOf(addDays(mondayOfWeek(week), weeks * 7));

/** Weeks from `from` to `to`; 0 for the same week. */
export const weeksBetween = (from: string, to: string): number => daysBetween(mondayOfWeek(from), mondayOfWeek(to)) / 7;

export const weeksFrom = (week: string, count: number): string[] => Array.from({ length: count }, (_, index) => addWeeks(week, index));

/** The month that names a week, that of its Thursday: `2026-11`. */
export const monthOfWeek = (week: string): string => addDays(mondayOfWeek(week), 3).slice(0, 7);

export function addMonths(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** The first week that a month names: that of its fourth day. */
export const firstWeekOf = (month: string): string => weekOf(`${month}-04`);

/** Whether a real calendar day: `2026-02-30` is not. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && isoDay(dayOf(text)) === text;

export const earlier = (a: string, b: string): string => (a < b ? a : b);
export const later = (a: string, b: string): string => (a > b ? a : b);
