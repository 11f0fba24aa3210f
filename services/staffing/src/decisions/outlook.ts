import { type Day, dayOf, isoDay, mondayOf, rangeWords, type Span, type Week, weekdayOf, weekOfDay, weekWords } from '@sidekick/calendar';
import { type FreeHours, freeHoursOf } from '../candidates/hours.ts';
import type { Figures } from '../figures/index.ts';
import { personName, projectName } from '../state/words.ts';

/** What decisions are read from: the figures, today, and the weeks ahead. */
export interface Outlook {
  readonly figures: Figures;
  readonly today: Day;
  readonly first: Week;
  readonly last: Week;
  /** From today to the end of the last week. */
  readonly span: Span;
  readonly freeHours: FreeHours;
  /** Full name of a person, and the first name where nobody else has it. */
  readonly name: (person: string) => string;
  readonly shortName: (person: string) => string;
  readonly projectName: (project: string) => string;
  readonly rangeWords: (range: { readonly from: Day; readonly to: Day | null }) => string;
  readonly weekWords: (week: Week) => string;
  /** The dates every decision carries. */
  readonly dated: (span: Span) => { from: string; to: string; decideBy: string };
}

/** Days searched for a working day before a matter begins. */
const mostDaysBack = 21;

const firstName = (name: string) => name.split(' ')[0] ?? name;

const shortNames = (figures: Figures) => {
  const count = new Map<string, number>();
  for (const { record } of figures.state.person.values()) {
    const first = firstName(record.private.name);
    count.set(first, (count.get(first) ?? 0) + 1);
  }
  return (person: string): string => {
    const name = personName(figures.state, person);
    return count.get(firstName(name)) === 1 ? firstName(name) : name;
  };
};

/** Monday to Friday, and no holiday that leaves everybody who would work that day nothing. */
const isWorkingDay = (figures: Figures, day: Day): boolean => {
  if (weekdayOf(day) > 4) return false;
  const span = { from: day, to: day };
  const people = [...figures.state.person.keys()];
  return (
    people.every((person) => figures.gross(person, span) === 0) ||
    people.some((person) => figures.holidays(person, span).length === 0 && figures.gross(person, span) > 0)
  );
};

/** The last working day before the day, never before today. */
const decideBy = (figures: Figures, begins: Day, today: Day): Day => {
  for (let day = begins - 1; day > today && day >= begins - mostDaysBack; day--) if (isWorkingDay(figures, day)) return day;
  return today;
};

/** Hours of the figures that were asked for last, from the same week on: outlooks of other lengths share them. */
const kept = new WeakMap<Figures, { readonly first: Week; readonly freeHours: FreeHours }>();
const freeHoursFrom = (figures: Figures, first: Week): FreeHours => {
  const known = kept.get(figures);
  if (known?.first === first) return known.freeHours;
  const freeHours = freeHoursOf(figures, first);
  kept.set(figures, { first, freeHours });
  return freeHours;
};

/** The outlook from `today` (ISO) to the end of the last of `weeks` weeks, this one included. */
export const outlookOf = (figures: Figures, todayIso: string, weeks: number): Outlook => {
  const today = dayOf(todayIso);
  const first = weekOfDay(today);
  const last = first + weeks - 1;
  const known = new Map<Day, Day>();
  const lastDayBefore = (begins: Day): Day => {
    const day = known.get(begins) ?? decideBy(figures, begins, today);
    known.set(begins, day);
    return day;
  };
  return {
    figures,
    today,
    first,
    last,
    span: { from: today, to: mondayOf(last) + 6 },
    freeHours: freeHoursFrom(figures, first),
    name: (person) => personName(figures.state, person),
    shortName: shortNames(figures),
    projectName: (project) => projectName(figures.state, project),
    rangeWords: (range) => rangeWords(range, today),
    weekWords: (week) => weekWords(week, today),
    dated: ({ from, to }) => ({ from: isoDay(from), to: isoDay(to), decideBy: isoDay(lastDayBefore(from)) }),
  };
};

/** Maximal runs of weeks of the outlook for which it holds. */
export const runsOf = ({ first, last }: Outlook, holds: (week: Week) => boolean): [Week, Week][] => {
  const runs: [Week, Week][] = [];
  for (let week = first; week <= last; week++) {
    const run = runs.at(-1);
    if (!holds(week)) continue;
    if (run?.[1] === week - 1) run[1] = week;
    else runs.push([week, week]);
  }
  return runs;
};

/** How far back the start of a matter that runs already is looked for, in weeks. */
const mostWeeksBack = 104;

/** The week in which a run that holds in `week` began, so that the id of a matter stays the same while it stands. */
export const startOfRun = (week: Week, holds: (week: Week) => boolean): Week => {
  let start = week;
  while (start > week - mostWeeksBack && holds(start - 1)) start--;
  return start;
};

/** `Ana’s`, `Jonas’s`. */
export const ofName = (name: string): string => `${name}’s`;
