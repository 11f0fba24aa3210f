import type { TimeOff, TimeOffView } from '@sidekick/contracts';
import { daysBetween } from '../staffing/days.ts';
import { count, hours, percent } from '../staffing/format.ts';

/** `5 days`, counted on the calendar. */
export const lengthText = ({ from, to }: Pick<TimeOff, 'from' | 'to'>): string => count(daysBetween(from, to) + 1, 'day');

/** What each day loses where that is not all of it: `half of each day`, `3 h a day`. */
export function amountText({ amount }: Pick<TimeOff, 'amount'>): string {
  if ('hours' in amount) return `${hours(amount.hours)} a day`;
  if (amount.portion === 1) return '';
  return amount.portion === 0.5 ? 'half of each day' : `${percent(amount.portion)} of each day`;
}

/** Managers change every leave, a person their own while it is only requested. */
export const mayOpen = (leave: TimeOffView, manager: boolean, own: string | null): boolean =>
  manager || (leave.person === own && leave.state === 'requested');
