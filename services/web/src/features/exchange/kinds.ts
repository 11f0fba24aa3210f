import { CsvKind } from '@sidekick/contracts';

interface KindWords {
  /** On its button. */
  readonly name: string;
  readonly one: string;
  readonly many: string;
  /** What is known of them here, so that a file made by hand can be written. */
  readonly holds: string;
}

export const kindWords: Readonly<Record<CsvKind, KindWords>> = {
  people: {
    name: 'People',
    one: 'person',
    many: 'people',
    holds: 'A column name is enough; weekly hours, region, skills and the rest may stand beside it.',
  },
  skills: { name: 'Skills', one: 'skill', many: 'skills', holds: 'A column name, and spellings parted by semicolons.' },
  projects: {
    name: 'Projects',
    one: 'project',
    many: 'projects',
    holds: 'The columns name and from; to, state, priority and required skills may stand beside them.',
  },
  assignments: {
    ...{ name: 'Assignments', one: 'assignment', many: 'assignments' },
    holds: 'The columns person, project, role, from and hours per week; people and projects by their names.',
  },
  'time-off': {
    name: 'Time off',
    one: 'entry of time off',
    many: 'entries of time off',
    holds: 'The columns person, from and to; portion or hours for part of each day.',
  },
  holidays: { name: 'Holidays', one: 'holiday', many: 'holidays', holds: 'The columns region, date and name; * is every region.' },
  rates: {
    name: 'Rates',
    one: 'rate',
    many: 'rates',
    holds: 'The columns person, from and amount per hour; a project where the rate is for that one alone.',
  },
};

/** The kind that an address names; people where it names none. */
export const kindOf = (word: string | null): CsvKind => CsvKind.catch('people').parse(word);
