import { addDays, daysBetween, mondayOf, weekdayOf } from '@sidekick/calendar/iso';
import { typedDay, typedRange } from '../../staffing/typed-dates.ts';

export interface Days {
  from: string;
  to: string;
}

/** How leave comes again, as it is understood. */
export interface Repetition {
  /** Weeks from one to the next. */
  weeks: number;
  /** Weekdays, 1 is Monday, of a leave of one day; none: that of its day. */
  on: readonly number[];
  end: { until: string } | { times: number };
}

/** Records of leave that one form makes at most. */
const mostTimes = 60;

/** The leave itself and what of it comes again, or what is wrong. `until` is the last day that one may begin on. */
export function repeats(first: Days, { weeks, on, end }: Repetition): Days[] | string {
  const length = daysBetween(first.from, first.to);
  if (length >= weeks * 7) return 'It would begin again before it ends';
  const weekdays = on.length > 0 && length === 0 ? [...new Set(on)].sort() : [weekdayOf(first.from)];
  const times = 'times' in end ? end.times : mostTimes + 1;
  const days: Days[] = [];
  for (let monday = mondayOf(first.from); days.length < times; monday = addDays(monday, weeks * 7)) {
    if ('until' in end && monday > end.until) break;
    for (const weekday of weekdays) {
      const from = addDays(monday, weekday - 1);
      const isIn = from >= first.from && !('until' in end && from > end.until);
      if (isIn && days.length < times) days.push({ from, to: addDays(from, length) });
    }
  }
  if (days.length > mostTimes) return `That is more than ${mostTimes} times, the most that are asked for at once: end it sooner`;
  if (days.length < 2) return 'That is before it comes again';
  return days;
}

/**
 * How it ends as a person writes it: `10 times`, a day, or what ends on one (`June`, `end of June`, `w26`); null when it is neither.
 * Without a year it is the next such day after the first begins: in December `30 June` is that of the year to come.
 */
export function readEnd(text: string, first: string): Repetition['end'] | null {
  const words = text.normalize('NFKC').trim();
  const times = /^(\d{1,4}) ?(?:x|times?)$/i.exec(words);
  if (times) return { times: Number(times[1]) };
  const end = words.replace(/^(?:the )?end of /i, '');
  const until = lastDay(end, first);
  if (until === null) return null;
  const later = until < first && !/\d{4}/.test(end) ? lastDay(end, addDays(first, halfYear)) : null;
  return { until: later ?? until };
}

/** So far before a day a date without a year is still read as past. */
const halfYear = 182;

function lastDay(text: string, near: string): string | null {
  const day = typedDay(text, near);
  if (day !== null) return day;
  const typed = typedRange(text, near);
  return typed.ok ? typed.to : null;
}
