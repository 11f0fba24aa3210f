import type { Day, Span } from '@sidekick/calendar';
import type { PersonBook } from '../books/books.ts';
import { epsilon, hoursOn } from '../books/days.ts';

/** Hours that one holiday or one time off takes of gross. */
export interface Taken {
  /** Null: a holiday, on the one day `from`. */
  readonly timeOff: string | null;
  /** First and last day on which it takes anything. */
  readonly from: Day;
  readonly to: Day;
  readonly hours: number;
}

/**
 * What holidays and approved time off take of the days of the span; the sum is gross − net (A4). On a day a holiday comes first, then time
 * off in the order of ids, each of what is left.
 */
export function takenIn({ days }: PersonBook, { from, to }: Span): Taken[] {
  const holidays: Taken[] = [];
  const leave = new Map<string, Taken>();
  for (let day = from; day <= to; day++) {
    const gross = hoursOn(days, 'gross', day);
    if (gross <= epsilon) continue;
    let left = hoursOn(days, 'open', day);
    if (gross - left > epsilon) holidays.push({ timeOff: null, from: day, to: day, hours: gross - left });
    for (const [at, away] of days.away.entries()) {
      if (day < away.from || day > away.to) continue;
      const hours = Math.min(left, away.portion === 0 ? away.hours : gross * away.portion);
      if (hours <= epsilon) continue;
      left -= hours;
      const timeOff = days.timeOff[at]?.id ?? '';
      const known = leave.get(timeOff);
      leave.set(timeOff, { timeOff, from: known?.from ?? day, to: day, hours: (known?.hours ?? 0) + hours });
    }
  }
  return [...holidays, ...leave.values()];
}
