/**
 * Calendar days and ISO weeks as integers, so that no day ever passes through a local-time `Date` (reading A29).
 * `Day` counts days since 1970-01-01; `Week` counts ISO weeks since the one that begins on Monday 1969-12-29.
 */
export type Day = number;
export type Week = number;
/** A range of days, both ends included. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** Number of the day `year-month-day` in the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms"). */
const dayNumber = (year: number, month: number, day: number): Day => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

const civil = (day: Day) => {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
};

const padded = (value: number, length: number) => String(value).padStart(length, '0');

const digitAt = (iso: string, at: number) => iso.charCodeAt(at) - 48;
const twoAt = (iso: string, at: number) => digitAt(iso, at) * 10 + digitAt(iso, at + 1);

/** The day of an ISO date that the contracts have already accepted. Read by its digits: records have thousands of them. */
export const dayOf = (iso: string): Day => {
  const yearEnd = iso.length - 6;
  let year = 0;
  for (let at = 0; at < yearEnd; at++) year = year * 10 + digitAt(iso, at);
  return dayNumber(year, twoAt(iso, yearEnd + 1), twoAt(iso, yearEnd + 4));
};
export const isoDay = (day: Day): string => {
  const { year, month, day: date } = civil(day);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}`;
};
/** Year, month 1-12 and day of the month. */
export const partsOf = civil;
/** 0 is Monday, 6 is Sunday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

/** The ISO week that holds the day. */
export const weekOfDay = (day: Day): Week => Math.floor((day + 3) / 7);
export const mondayOf = (week: Week): Day => week * 7 - 3;
export const weekSpan = (week: Week): Span => ({ from: mondayOf(week), to: mondayOf(week) + 6 });
/** First to last week as one range of days. */
export const weeksSpan = (first: Week, last: Week): Span => ({ from: mondayOf(first), to: mondayOf(last) + 6 });
/** Every week that holds a day of the span, in order; none for an empty span. */
export const weeksIn = ({ from, to }: Span): Week[] => {
  const weeks: Week[] = [];
  for (let week = weekOfDay(from); from <= to && week <= weekOfDay(to); week++) weeks.push(week);
  return weeks;
};

/** ISO 8601: the week belongs to the year of its Thursday. */
export const isoWeek = (week: Week): string => {
  const { year } = civil(mondayOf(week) + 3);
  return `${padded(year, 4)}-W${padded(week - weekOfDay(dayNumber(year, 1, 4)) + 1, 2)}`;
};
/** The week of an ISO label; `undefined` for week 53 of a year that has 52. */
export const weekOf = (iso: string): Week | undefined => {
  const week = weekOfDay(dayNumber(Number(iso.slice(0, -4)), 1, 4)) + Number(iso.slice(-2)) - 1;
  return isoWeek(week) === iso ? week : undefined;
};

/** Days of records: an open start or end is a day beyond every calendar. */
export const openFrom = (iso: string | null): Day => (iso === null ? Number.NEGATIVE_INFINITY : dayOf(iso));
export const openTo = (iso: string | null): Day => (iso === null ? Number.POSITIVE_INFINITY : dayOf(iso));
/** The days of both; empty (`from > to`) where they do not meet. */
export const meet = (a: Span, b: Span): Span => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) });
