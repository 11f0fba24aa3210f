import { type Day, dayOf, meet, type Span } from '@sidekick/calendar';
import type { LeaveLength, TimeOff } from '@sidekick/contracts';
import { epsilon, hoursOn, type PersonDays } from '../books/days.ts';

/** Leave spans at most two years; of what was kept before there were bounds, two years are counted. */
const mostDays = 2 * 366;

export const leaveSpan = ({ from, to }: Pick<TimeOff, 'from' | 'to'>): Span => {
  const first: Day = dayOf(from);
  return { from: first, to: Math.min(dayOf(to), first + mostDays - 1) };
};

/**
 * What leave takes of the person's pattern, holidays aside and whatever other leave there is: days (halves are .5) and hours; of the
 * days of `within` alone where it is given.
 */
export function leaveLength(days: PersonDays, leave: Pick<TimeOff, 'from' | 'to' | 'amount'>, within?: Span): LeaveLength {
  const span = within ? meet(leaveSpan(leave), within) : leaveSpan(leave);
  const { amount } = leave;
  let length = 0;
  let hours = 0;
  for (let day = span.from; day <= span.to; day++) {
    const gross = hoursOn(days, 'gross', day);
    if (gross <= epsilon) continue;
    const taken = Math.min(hoursOn(days, 'open', day), 'hours' in amount ? amount.hours : gross * amount.portion);
    hours += taken;
    length += taken / gross;
  }
  return { days: tidy(length), hours: tidy(hours) };
}

/** Sums of tenths and thirds without their last digits: 4.5, not 4.499999999999999. */
const tidy = (sum: number): number => Math.round(sum * 1e6) / 1e6;
