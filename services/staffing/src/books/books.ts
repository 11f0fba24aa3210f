import { dayOf, openFrom, openTo, type Span } from '@sidekick/calendar';
import type { Assignment, Holiday, Person, Project, TimeOff } from '@sidekick/contracts';
import { NotFound } from '@sidekick/service-kit';
import { keyOf } from '../state/names.ts';
import type { State, VersionedRecord } from '../state/state.ts';
import { type Counts, countsIn } from './counts.ts';
import { type Holidays, type PersonDays, personDays } from './days.ts';

/** An assignment with its days and those of its person. */
export interface Work {
  readonly assignment: Assignment;
  /** Of a proposal or a lost project it is not the state that the assignment was kept with. */
  readonly counts: Counts;
  readonly span: Span;
  readonly days: PersonDays;
}

export interface PersonBook {
  readonly days: PersonDays;
  /** Work of the person that counts anywhere, by id. */
  readonly work: readonly Work[];
}

export interface ProjectBook {
  readonly project: Project;
  readonly span: Span;
  readonly work: readonly Work[];
}

/** The records of a state, joined for reading, with the days of people computed so far. What rests on a book alone may be kept by it. */
export interface Books {
  readonly state: State;
  readonly people: ReadonlyMap<string, PersonBook>;
  readonly projects: ReadonlyMap<string, ProjectBook>;
  readonly work: ReadonlyMap<string, Work>;
  readonly holidays: ReadonlyMap<string, Holidays>;
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Records in the order of their ids, so that sums do not depend on the order in which they were written. */
const sorted = <T extends { readonly id: string }>(kept: ReadonlyMap<string, VersionedRecord<T>>): T[] =>
  [...kept.values()].map(({ record }) => record).sort(byId);

const groupBy = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

const same = <T>(a: readonly T[], b: readonly T[]) => a.length === b.length && a.every((item, index) => item === b[index]);

const holidaysOf = (state: State, before: Books | undefined): ReadonlyMap<string, Holidays> => {
  if (before?.state.holiday === state.holiday) return before.holidays;
  const regions = new Map<string, Holidays>();
  for (const [region, items] of groupBy(sorted<Holiday>(state.holiday), (holiday) => keyOf(holiday.region))) {
    const portions = new Map<number, number>();
    for (const { date, portion } of items) portions.set(dayOf(date), Math.max(portion, portions.get(dayOf(date)) ?? 0));
    const old = before?.holidays.get(region);
    const unchanged = old?.size === portions.size && [...portions].every(([day, portion]) => old.get(day) === portion);
    regions.set(region, unchanged ? old : portions);
  }
  return regions;
};

const noHolidays: Holidays = new Map();

const daysOf = (person: Person, timeOff: readonly TimeOff[], holidays: Holidays, before: PersonDays | undefined): PersonDays =>
  before?.person === person && before.holidays === holidays && same(before.timeOff, timeOff)
    ? before
    : personDays(person, timeOff, holidays);

const workOf = (assignment: Assignment, counts: Counts, days: PersonDays, before: Work | undefined): Work =>
  before?.assignment === assignment && before.counts === counts && before.days === days
    ? before
    : { assignment, counts, days, span: { from: dayOf(assignment.from), to: openTo(assignment.to) } };

const projectBook = (project: Project, work: readonly Work[], before: ProjectBook | undefined): ProjectBook =>
  before?.project === project && same(before.work, work)
    ? before
    : { project, work, span: { from: openFrom(project.from), to: openTo(project.to) } };

/**
 * Joins the records of a state. With the books of a state nearby (`before`), whatever rests on the same records is taken over
 * with all that was computed from it; so the books of a change cost what the change touches.
 */
export const booksOf = (state: State, before?: Books): Books => {
  const holidays = holidaysOf(state, before);
  const approved = groupBy(
    sorted<TimeOff>(state.timeOff).filter((timeOff) => timeOff.state === 'approved'),
    (timeOff) => timeOff.person,
  );
  const days = new Map<string, PersonDays>();
  for (const person of sorted<Person>(state.person)) {
    const region = (person.region !== null && holidays.get(keyOf(person.region))) || noHolidays;
    days.set(person.id, daysOf(person, approved.get(person.id) ?? [], region, before?.people.get(person.id)?.days));
  }
  const work = new Map<string, Work>();
  for (const assignment of sorted<Assignment>(state.assignment)) {
    const own = days.get(assignment.person);
    // `decide` never lets an assignment outlive its person; a state that breaks this must not break every figure.
    if (own) work.set(assignment.id, workOf(assignment, countsIn(state, assignment), own, before?.work.get(assignment.id)));
  }
  const all = [...work.values()].filter(({ counts }) => counts !== 'nowhere');
  const byPerson = groupBy(all, ({ assignment }) => assignment.person);
  const byProject = groupBy(all, ({ assignment }) => assignment.project);
  const people = new Map([...days].map(([id, own]) => [id, { days: own, work: byPerson.get(id) ?? [] }]));
  const projects = new Map<string, ProjectBook>();
  for (const project of sorted<Project>(state.project)) {
    projects.set(project.id, projectBook(project, byProject.get(project.id) ?? [], before?.projects.get(project.id)));
  }
  return { state, people, projects, work, holidays };
};

const found = <T>(value: T | undefined, kind: string, id: string): T => {
  if (value === undefined) throw new NotFound(`unknown-${kind}`, `There is no ${kind} ${id}`);
  return value;
};
export const personOf = (books: Books, id: string): PersonBook => found(books.people.get(id), 'person', id);
export const projectOf = (books: Books, id: string): ProjectBook => found(books.projects.get(id), 'project', id);
export const assignmentOf = (books: Books, id: string): Work => found(books.work.get(id), 'assignment', id);
