import type { Day } from '@sidekick/calendar';
import type { ProjectBook, Work } from '../books/books.ts';
import type { PersonDays } from '../books/days.ts';
import { missingIn } from '../skills/levels.ts';

/** What people are on a project in a week: marks that add up. */
export const LEADS = 1;
/** Leads, and the contract holds an active day. */
export const LEADING = 2;
export const SIDEKICK = 4;
export const TENTATIVE = 8;

/** One assignment of a roster. */
export interface Place {
  readonly work: Work;
  /** Where its person stands among `people`. */
  readonly who: number;
  /** What the assignment makes of its person where it holds (A14); 0 for contributors and tentative leads. */
  readonly as: number;
  readonly confirmed: boolean;
  readonly from: Day;
  readonly to: Day;
}

/** A project's work with its people numbered, so that a week of it is looked at without a map or a set. */
export interface Roster {
  readonly book: ProjectBook;
  /** Everybody once, by id. */
  readonly people: readonly PersonDays[];
  /** In the order of the ids of assignments: sums go by it. */
  readonly places: readonly Place[];
  /** Whether somebody has every required skill (A18). */
  readonly isSkilled: (who: number) => boolean;
  /** What everybody is in the week that is looked at, and their confirmed effective hours; by number, written for each week anew. */
  readonly marks: Uint8Array;
  readonly hours: Float64Array;
  named: { readonly marks: Uint8Array; readonly names: Names } | null;
}

/** Ids by what the people are, sorted. */
export interface Names {
  readonly leads: readonly string[];
  readonly leading: readonly string[];
  readonly sidekicks: readonly string[];
  readonly tentative: readonly string[];
}

const asOf = ({ assignment: { role }, counts }: Work): number => {
  if (role === 'sidekick') return counts === 'confirmed' ? SIDEKICK : TENTATIVE;
  return role === 'lead' && counts === 'confirmed' ? LEADS : 0;
};

export const rosterOf = (book: ProjectBook): Roster => {
  const people = [...new Set(book.work.map(({ days }) => days))].sort((a, b) => (a.person.id < b.person.id ? -1 : 1));
  const numbers = new Map(people.map((days, number) => [days, number]));
  const places = book.work.map((work) => ({
    work,
    who: numbers.get(work.days) ?? 0,
    as: asOf(work),
    confirmed: work.counts === 'confirmed',
    from: work.span.from,
    to: work.span.to,
  }));
  const skilled: (boolean | undefined)[] = people.map(() => undefined);
  const isSkilled = (who: number) => {
    skilled[who] ??= !missingIn(people[who]?.person.skills ?? [], book.project.requiredSkills);
    return skilled[who];
  };
  const [marks, hours] = [new Uint8Array(people.length), new Float64Array(people.length)];
  return { book, people, places, isSkilled, marks, hours, named: null };
};

/** The names of those who are marked; the lists of the week before where nobody came or went. */
export const namesBy = (roster: Roster): Names => {
  const { marks, people, named } = roster;
  if (named?.marks.every((mark, who) => mark === marks[who])) return named.names;
  const those = (mark: number) => people.flatMap(({ person }, who) => (((marks[who] ?? 0) & mark) !== 0 ? [person.id] : []));
  const names = { leads: those(LEADS), leading: those(LEADING), sidekicks: those(SIDEKICK), tentative: those(TENTATIVE) };
  roster.named = { marks: marks.slice(), names };
  return names;
};
