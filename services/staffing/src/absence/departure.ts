import type { Week } from '@sidekick/calendar';
import { type Books, type ProjectBook, personOf, projectOf } from '../books/books.ts';
import { personDays } from '../books/days.ts';
import { type Crew, crewOf } from '../coverage/crew.ts';

/** A project-week as it is, and as it would be if somebody stayed. */
export interface Departure {
  readonly project: string;
  readonly week: Week;
  readonly without: Crew;
  readonly staying: Crew;
}

/**
 * The weeks of the projects of some work of one person, beside the same weeks as they would be if neither their contract nor this work
 * had an end: so leave, holidays and days that somebody else's plan leaves open are held against nobody's contract.
 */
export const departureOf = (books: Books, id: string, work: readonly string[], weeks: readonly Week[]): Departure[] => {
  const { days } = personOf(books, id);
  const person = { ...days.person, contract: { ...days.person.contract, to: null } };
  const stays = personDays(person, days.timeOff, days.holidays);
  const goesOn = new Set(work);
  const asIfStaying = (book: ProjectBook): ProjectBook => ({
    ...book,
    work: book.work.map((item) => ({
      ...item,
      days: item.days === days ? stays : item.days,
      span: goesOn.has(item.assignment.id) ? { ...item.span, to: Number.POSITIVE_INFINITY } : item.span,
    })),
  });
  const projects = new Set(work.flatMap((one) => books.work.get(one)?.assignment.project ?? []));
  return [...projects].sort().flatMap((project) => {
    const book = projectOf(books, project);
    const other = asIfStaying(book);
    return weeks.map((week): Departure => ({ project, week, without: crewOf(book, week), staying: crewOf(other, week) }));
  });
};
