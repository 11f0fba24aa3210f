import { addDays, daysBetween, mondayOf, weekdayOf } from '@sidekick/calendar/iso';

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

/** How it ends as a person writes it: `10 times`, or a day that `dayOf` reads; null when it is neither. */
export function readEnd(text: string, dayOf: (text: string) => string | null | undefined): Repetition['end'] | null {
  const times = /^(\d{1,4}) ?(?:x|times?)$/i.exec(text.normalize('NFKC').trim());
  if (times) return { times: Number(times[1]) };
  const until = dayOf(text);
  return until ? { until } : null;
}
