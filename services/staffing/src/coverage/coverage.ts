import type { CoverageState } from '@sidekick/contracts';
import type { Week } from '../calendar/days.ts';
import type { ProjectBook } from '../figures/books.ts';
import type { Gap } from '../figures/figures.ts';
import { crewOf } from './crew.ts';

/** An active project-week without a confirmed lead (DESIGN §3); whether it counts for coverage does not matter. */
export const openLeadIn = (book: ProjectBook, week: Week): boolean => {
  const { active, leads } = crewOf(book, week);
  return active && leads.length === 0;
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

/** Maximal runs of weeks that are neither null nor covered, cut at the range (A20), with the hours missing to what the project wants. */
export const gapsIn = (book: ProjectBook, first: Week, last: Week): Gap[] => {
  const gaps: Gap[] = [];
  let states: CoverageState[] = [];
  let hours = 0;
  for (let week = first; week <= last + 1; week++) {
    const crew = week <= last ? crewOf(book, week) : undefined;
    if (crew?.coverage && crew.coverage !== 'covered') {
      states.push(crew.coverage);
      hours += Math.max(0, book.project.wantedHours - crew.sidekickHours);
    } else if (states.length > 0) {
      gaps.push({ from: week - states.length, to: week - 1, states, hours });
      states = [];
      hours = 0;
    }
  }
  return gaps;
};
