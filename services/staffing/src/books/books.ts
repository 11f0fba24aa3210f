import { dayOf, openFrom, openTo, type Span } from '@sidekick/calendar';
import { type Assignment, everyRegion, type Holiday, type Person, type Project, regionsOf, type TimeOff } from '@sidekick/contracts';
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

const noHolidays: Holidays = new Map();
const company = keyOf(everyRegion);

const sameDays = (a: Holidays | undefined, b: Holidays): boolean =>
  a?.size === b.size && [...b].every(([day, portion]) => a.get(day) === portion);

/** The holidays of a region with the days off of every region; of two on one day the larger counts. */
const withCompanyDays = (own: Holidays, everybody: Holidays): Holidays => {
  if (everybody.size === 0) return own;
  if (own.size === 0) return everybody;
  const both = new Map(own);
  for (const [day, portion] of everybody) both.set(day, Math.max(portion, both.get(day) ?? 0));
  return both;
};

/** By region: its holidays and those of every region; under that of every region those alone. */
const holidaysOf = (state: State, before: Books | undefined): ReadonlyMap<string, Holidays> => {
  if (before?.state.holiday === state.holiday) return before.holidays;
  const regions = new Map<string, Holidays>();
  for (const [region, items] of groupBy(sorted<Holiday>(state.holiday), (holiday) => keyOf(holiday.region))) {
    const portions = new Map<number, number>();
    for (const { date, portion } of items) portions.set(dayOf(date), Math.max(portion, portions.get(dayOf(date)) ?? 0));
    regions.set(region, portions);
  }
  const everybody = regions.get(company) ?? noHolidays;
  for (const [region, own] of regions) {
    const all = withCompanyDays(own, everybody);
    const old = before?.holidays.get(region);
    regions.set(region, old && sameDays(old, all) ? old : all);
  }
  return regions;
};

/** The holidays of a person in the region of each day; the same map as `before` where it has the same days. */
const ownHolidays = (person: Person, regions: ReadonlyMap<string, Holidays>, before: Holidays | undefined): Holidays => {
  const holidaysIn = (region: string | null) => (region !== null && regions.get(keyOf(region))) || regions.get(company) || noHolidays;
  if (!person.moves?.length) return holidaysIn(person.region);
  const own = new Map<number, number>();
  const stays = regionsOf(person);
  for (const [index, { from, region }] of stays.entries()) {
    const [first, next] = [openFrom(from), openFrom(stays[index + 1]?.from ?? null)];
    const last = index + 1 < stays.length ? next : Number.POSITIVE_INFINITY;
    for (const [day, portion] of holidaysIn(region)) if (day >= first && day < last) own.set(day, portion);
  }
  return before && sameDays(before, own) ? before : own;
};

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
    const known = before?.people.get(person.id)?.days;
    days.set(person.id, daysOf(person, approved.get(person.id) ?? [], ownHolidays(person, holidays, known?.holidays), known));
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
