import { type Day, meet } from '@sidekick/calendar';
import type { Warmth } from '@sidekick/contracts';
import type { PersonBook, ProjectBook, Work } from '../books/books.ts';
import { epsilon, fadedIn } from '../books/days.ts';

/** Days in which knowledge halves. */
const halfLife = 90;
/** Work older than 50 half-lives weighs less than 1e-15 of itself: all of it together is below every tolerance. */
const forgotten = 50 * halfLife;
const warm = 20;
const cooling = 8;

const fade = 2 ** (-1 / halfLife);

/** What one assignment adds to knowledge. */
export const knowledgeFrom = ({ assignment, counts, span, days }: Work, on: Day): number => {
  if (counts !== 'confirmed' || assignment.hoursPerWeek === 0) return 0;
  const { from, to } = meet(meet(span, { from: days.start, to: days.contract.to }), { from: on - forgotten, to: on });
  return from > to ? 0 : assignment.hoursPerWeek * fadedIn(days, { from, to }, fade) * fade ** (on - to);
};

/** K(p, j, t) = Σ confirmed effective hours of days ≤ t × 2^(−age ÷ 90), every role, in hours (A21). */
export const knowledgeOf = ({ work }: ProjectBook, person: string, on: Day): number => {
  let total = 0;
  for (const item of work) if (item.assignment.person === person) total += knowledgeFrom(item, on);
  return total;
};

export const warmthOf = (hours: number): Warmth => (hours >= warm - epsilon ? 'warm' : hours >= cooling - epsilon ? 'cooling' : 'cold');

/** Who holds knowledge of the project and whose contract contains the day, most first, ties by id (A22). */
export const holdersOf = (book: ProjectBook, on: Day): { person: string; hours: number }[] => {
  const hours = new Map<string, number>();
  for (const item of book.work) {
    const { contract, person } = item.days;
    if (contract.from > on || contract.to < on) continue;
    hours.set(person.id, (hours.get(person.id) ?? 0) + knowledgeFrom(item, on));
  }
  return [...hours]
    .map(([person, held]) => ({ person, hours: held }))
    .filter((holder) => holder.hours > epsilon)
    .sort((a, b) => b.hours - a.hours || (a.person < b.person ? -1 : 1));
};

/** The projects of which a person holds knowledge on the day, most first, ties by id. */
export const knownBy = ({ work }: PersonBook, on: Day): { project: string; hours: number }[] => {
  const hours = new Map<string, number>();
  for (const item of work) hours.set(item.assignment.project, (hours.get(item.assignment.project) ?? 0) + knowledgeFrom(item, on));
  return [...hours]
    .map(([project, held]) => ({ project, hours: held }))
    .filter((known) => known.hours > epsilon)
    .sort((a, b) => b.hours - a.hours || (a.project < b.project ? -1 : 1));
};

/** The fewest values that together make at least half of their sum, 0 when that is 0 (CHAOSS contributor absence factor, A22, A27). */
export const absenceFactorOf = (values: readonly number[]): number => {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total <= epsilon) return 0;
  let held = 0;
  let people = 0;
  for (const value of [...values].sort((a, b) => b - a)) {
    held += value;
    people++;
    if (held >= total / 2 - epsilon) break;
  }
  return people;
};
