import { type Week, weekSpan } from '@sidekick/calendar';
import type { Figures } from '../figures/index.ts';

const epsilon = 1e-9;

/** The weeks of one person. */
export interface FreeWeeks {
  /** Remaining hours. */
  readonly hours: (week: Week) => number;
  /** Holidays take everything the person has that week: nobody expects work then (A11). */
  readonly isHoliday: (week: Week) => boolean;
  /** The week that was found too short last, to be tried first. */
  lastShort: Week;
}

/** The weeks of a person by id, each computed once for the slots that share people and weeks. */
export type FreeHours = (person: string) => FreeWeeks;

/** What is known of each week, in an array from the first on: there are hundreds of thousands of look-ups. */
const byWeek = <V>(first: Week, compute: (week: Week) => V): ((week: Week) => V) => {
  const known: V[] = [];
  return (week) => {
    const value = known[week - first];
    if (value !== undefined) return value;
    const fresh = compute(week);
    known[week - first] = fresh;
    return fresh;
  };
};

/** For weeks from `first` on. */
export const freeHoursOf = (figures: Figures, first: Week): FreeHours => {
  const people = new Map<string, FreeWeeks>();
  return (person) => {
    const known = people.get(person);
    if (known) return known;
    const weeks = {
      hours: byWeek(first, (week) => figures.remaining(person, weekSpan(week))),
      isHoliday: byWeek(first, (week) => isHoliday(figures, person, week)),
      lastShort: first,
    };
    people.set(person, weeks);
    return weeks;
  };
};

const isHoliday = (figures: Figures, person: string, week: Week): boolean => {
  const days = weekSpan(week);
  return figures.net(person, days) <= epsilon && figures.holidays(person, days).length > 0 && figures.leaveDays(person, days) <= epsilon;
};
