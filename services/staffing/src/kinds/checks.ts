import { type Day, dayOf, dayWords, endBeforeStart, isoDay } from '@sidekick/calendar';
import type { FieldError } from '@sidekick/service-kit';
import type { State } from '../state/state.ts';

/** Years from today within which the dates of records lie; leave and work span fewer. One typing error must not cost every figure. */
const mostYears = 20;
export const mostYearsOfLeave = 2;
export const mostYearsOfWork = 15;

const daysOf = (years: number): number => Math.ceil(years * 365.25);

export interface Dated {
  readonly from: string;
  readonly to: string | null;
}

export const backwards = (path: string, from: string | null, to: string | null): FieldError[] =>
  from !== null && to !== null && to < from ? [{ path, message: endBeforeStart(from, to) }] : [];

/** A day out of bounds, unless it was kept `before`. */
export function tooFar(path: string, day: string | null, before: string | null | undefined, today: string): FieldError[] {
  if (day === null || day === before) return [];
  const apart = dayOf(day) - dayOf(today);
  if (Math.abs(apart) <= daysOf(mostYears)) return [];
  const first: Day = dayOf(today) + Math.sign(apart) * daysOf(mostYears);
  const bound = apart < 0 ? `the first day is ${isoDay(first)}` : `the last day is ${isoDay(first)}`;
  return [{ path, message: `${day} is more than ${mostYears} years from today; ${bound}` }];
}

/** Somebody whose contract is over. */
export function hasLeft(path: string, person: string, state: State, today: string): FieldError[] {
  const to = state.person.get(person)?.record.contract.to ?? null;
  return to === null || to >= today ? [] : [{ path, message: `Has left: the contract ended on ${dayWords(to, today)}` }];
}

/** Days out of bounds of a record from one day to another; `what` begins the sentence about one that spans more years than it may. */
export const badRange = (before: Dated | null, after: Dated, years: number, what: string, today: string): FieldError[] => [
  ...tooFar('from', after.from, before?.from, today),
  ...tooFar('to', after.to, before?.to, today),
  ...tooLong(before, after, years, what),
];

function tooLong(before: Dated | null, { from, to }: Dated, years: number, what: string): FieldError[] {
  if (to === null || (before?.from === from && before.to === to)) return [];
  return dayOf(to) - dayOf(from) <= daysOf(years) ? [] : [{ path: 'to', message: `${what} spans at most ${years} years; end it sooner` }];
}
