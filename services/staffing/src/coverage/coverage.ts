import type { Week } from '@sidekick/calendar';
import type { CoverageState } from '@sidekick/contracts';
import type { ProjectBook } from '../books/books.ts';
import { crewOf } from './crew.ts';

/** A maximal run of weeks in which something is wrong. */
export interface Run {
  readonly from: Week;
  readonly to: Week;
  /** It goes on beyond the two years that are looked at. */
  readonly open: boolean;
}

/** A maximal run of weeks that count and are not covered (A20). */
export interface Gap extends Run {
  readonly states: readonly CoverageState[];
  /** Σ max(0, wanted − effective sidekick hours) over its weeks. */
  readonly hours: number;
}

/**
 * An active project-week without a confirmed lead; whether it counts for coverage does not matter. Who has left leads
 * nothing, though the assignment goes on.
 */
export const openLeadIn = (book: ProjectBook, week: Week): boolean => {
  const { active, leading } = crewOf(book, week);
  return active && leading.length === 0;
};

/** Covered project-weeks and those that need cover (A19). */
export const coverageCountOf = (books: Iterable<ProjectBook>, first: Week, last: Week) => {
  let covered = 0;
  let needed = 0;
  for (const book of books) {
    for (let week = first; week <= last; week++) {
      const { coverage } = crewOf(book, week);
      if (coverage !== null) needed++;
      if (coverage === 'covered') covered++;
    }
  }
  return { covered, needed };
};

/** Weeks beyond this one to which a run is followed: two years. */
const mostAhead = 104;

const isGap = (book: ProjectBook, week: Week): boolean => {
  const { coverage } = crewOf(book, week);
  return coverage !== null && coverage !== 'covered';
};

/** A gap of weeks that are all neither null nor covered, with the hours missing to what the project wants. */
const gapOf = (book: ProjectBook, { from, to, open }: Run): Gap => {
  const states: CoverageState[] = [];
  let hours = 0;
  for (let week = from; week <= to; week++) {
    const crew = crewOf(book, week);
    if (crew.coverage) states.push(crew.coverage);
    hours += Math.max(0, book.project.wantedHours - crew.sidekickHours);
  }
  return { from, to, open, states, hours };
};

/** Maximal runs of weeks of the range for which it holds. */
const runsIn = (first: Week, last: Week, holds: (week: Week) => boolean): Run[] => {
  const runs: { from: Week; to: Week; open: boolean }[] = [];
  for (let week = first; week <= last; week++) {
    const run = runs.at(-1);
    if (!holds(week)) continue;
    if (run?.to === week - 1) run.to = week;
    else runs.push({ from: week, to: week, open: false });
  }
  return runs;
};

/**
 * Runs that touch the range, with their own ends: followed back and ahead of it for as long as they go on. This week begins a run of
 * its own, and no run is followed further than two years from it (or the range): one that goes on there is open.
 */
const wholeRuns = (first: Week, last: Week, thisWeek: Week, holds: (week: Week) => boolean): Run[] => {
  let begin = first;
  while (begin !== thisWeek && begin > first - mostAhead && holds(begin) && holds(begin - 1)) begin--;
  const horizon = Math.max(last, thisWeek + mostAhead - 1);
  let end = last;
  while (end < horizon && end !== thisWeek - 1 && holds(end) && holds(end + 1)) end++;
  const open = end === horizon && holds(end) && holds(end + 1);
  const runs = runsIn(begin, end, holds).flatMap((run): Run[] =>
    run.from < thisWeek && run.to >= thisWeek
      ? [
          { ...run, to: thisWeek - 1 },
          { ...run, from: thisWeek },
        ]
      : [run],
  );
  return runs.map((run) => (open && run.to === end ? { ...run, open } : run));
};

/** Maximal runs of weeks that are neither null nor covered, cut at the range (A20). */
export const gapsIn = (book: ProjectBook, first: Week, last: Week): Gap[] =>
  runsIn(first, last, (week) => isGap(book, week)).map((run) => gapOf(book, run));

export const wholeGapsIn = (book: ProjectBook, first: Week, last: Week, thisWeek: Week): Gap[] =>
  wholeRuns(first, last, thisWeek, (week) => isGap(book, week)).map((run) => gapOf(book, run));

export const openLeadsIn = (book: ProjectBook, first: Week, last: Week, thisWeek: Week): Run[] =>
  wholeRuns(first, last, thisWeek, (week) => openLeadIn(book, week));
