import { dayWords, numberWords, timeWords } from './writing.ts';

/** Instants as a reader sees them, in the browser's time zone. Calendar days are strings and belong to `@sidekick/calendar`. */
const isoDay = new Intl.DateTimeFormat('sv-SE');
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });

/** The calendar day of an instant where the reader is: `2026-11-02`. */
const dayHere = (instant: Date): string => isoDay.format(instant);

/** `2 Nov 2026`. */
export const onDay = (instant: string): string => dayWords(dayHere(new Date(instant)), null);

/** `Mon 30 Nov 09:36`; with the year where the day would be taken for another. */
export function atMinute(instant: string): string {
  const date = new Date(instant);
  return `${weekday.format(date)} ${dayWords(dayHere(date), dayHere(new Date()))} ${timeWords(date)}`;
}

/** `09:36:16`. */
export const atSecond = (instant: string): string => timeWords(new Date(instant), true);

/** `7.2 s`, `4 min 12 s` between two instants. */
export function lasted(from: string, to: string): string {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  if (seconds < 60) return `${numberWords(Math.round(seconds * 10) / 10)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
