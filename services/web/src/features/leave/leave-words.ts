import { daysBetween } from '@sidekick/calendar/iso';
import type { LeaveLength, TimeOff, TimeOffView } from '@sidekick/contracts';
import { count, dayRangeWithYear, hours, percent } from '../../staffing/format.ts';
import { grouped, sum } from '../../staffing/lists.ts';

/** `9 days, 36 h`: what it takes of the person's pattern, holidays aside. */
export const workWords = ({ days, hours: taken }: LeaveLength): string =>
  days === 0 && taken === 0 ? 'no working time' : `${count(days, 'day')}, ${hours(taken)}`;

/** The length by the person's pattern; where the answer has none, the days of the calendar, and that is said. */
export function lengthText(leave: Pick<TimeOffView, 'from' | 'to' | 'length'>): string {
  if (leave.length) return workWords(leave.length);
  return count(daysBetween(leave.from, leave.to) + 1, 'calendar day');
}

/** What each day loses where that is not all of it: `half of each day`, `3 h a day`. */
export function amountText({ amount }: Pick<TimeOff, 'amount'>): string {
  if ('hours' in amount) return `${hours(amount.hours)} a day`;
  if (amount.portion === 1) return '';
  return amount.portion === 0.5 ? 'half of each day' : `${percent(amount.portion)} of each day`;
}

/** The length of all, where all of them have one. */
export function lengthOfAll(all: readonly [TimeOffView, ...TimeOffView[]]): string {
  const lengths = all.flatMap(({ length }) => (length ? [length] : []));
  if (lengths.length < all.length) return all.map(lengthText).join(' + ');
  return workWords({ days: sum(lengths.map(({ days }) => days)), hours: sum(lengths.map((one) => one.hours)) });
}

/** The days of a leave, or of several that were asked for at once: `4 times, 4 Dec 2026 – 15 Jan 2027`. */
export function whenWords(all: readonly [TimeOffView, ...TimeOffView[]]): string {
  const days = dayRangeWithYear(all[0].from, (all.at(-1) ?? all[0]).to);
  return all.length === 1 ? days : `${count(all.length, 'time')}, ${days}`;
}

/** What a person asks for, in one line: whoever answers it has read this. */
export function requestWords(all: readonly TimeOffView[]): string {
  const alike = grouped(all, (leave) => [amountText(leave), leave.private?.kind, leave.private?.note].filter(Boolean).join(', '));
  return [...alike]
    .map(([words, same]) => [...same.map(({ from, to }) => dayRangeWithYear(from, to)), words].filter(Boolean).join(', '))
    .join('; ');
}

/** A leave in the calendar: `21 Dec – 24 Dec 2026, away, half of each day, asked for`. */
export const stayWords = (leave: TimeOffView): string =>
  [
    dayRangeWithYear(leave.from, leave.to),
    leave.private?.kind ?? 'away',
    amountText(leave),
    leave.state === 'requested' ? 'asked for' : leave.state,
  ]
    .filter(Boolean)
    .join(', ');

/** Why it was answered so, as the person and managers read it: `declined: “The release is that week”`. */
export const answerWords = ({ state, private: words }: Pick<TimeOffView, 'state' | 'private'>): string | null =>
  words?.reason && state !== 'requested' ? `“${words.reason}”` : null;

/** Managers change every leave, a person their own while it is only requested. */
export const mayOpen = (leave: TimeOffView, manager: boolean, own: string | null): boolean =>
  manager || (leave.person === own && leave.state === 'requested');
