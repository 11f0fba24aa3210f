import { isoWeek, type Week, weekOf } from '@sidekick/calendar';
import { InvalidInput, NotFound } from '@sidekick/service-kit';
import { epsilon } from '../books/days.ts';
import type { PlanLock, PlanProblem } from './problem.ts';
import { type Ground, type Obstacle, plannedWeek } from './rules.ts';

/** The first reading that locks break, and where. */
export interface PlanError {
  readonly rule: 'P1' | 'P2' | 'P4' | 'P5' | 'P6' | 'P7' | 'P8' | 'P9';
  /** Where it breaks: ids, and ISO labels of weeks. Null where nobody or no week can be named. */
  readonly person: string | null;
  readonly project: string | null;
  readonly week: string | null;
  readonly why: Obstacle['why'] | null;
}

type Numbers = Pick<PlanProblem, 'weeks' | 'people' | 'projects' | 'triples' | 'maxSidekicks'>;

interface Locked {
  readonly person: string;
  readonly project: string;
  readonly week: Week;
}

const longestLock = 1_000;

/** Every locked week once, in the order given: locks that repeat or overlap are one. */
function lockedWeeks(locks: readonly PlanLock[]): Locked[] {
  const all = new Map<string, Locked>();
  for (const { person, project, weeks } of locks) {
    const [first, last] = weeks.map(weekOf);
    if (first === undefined || last === undefined || last < first || last - first > longestLock) {
      throw new InvalidInput('bad-lock', 'A lock needs a first week and a last one that is not before it');
    }
    for (let week = first; week <= last; week++) all.set(`${person} ${project} ${week}`, { person, project, week });
  }
  return [...all.values()];
}

const error = (rule: PlanError['rule'], where: Partial<Omit<PlanError, 'rule'>>): PlanError => ({
  ...{ rule, person: null, project: null, week: null, why: null },
  ...where,
});

/** P1, P2 or P4: the first of them that some locked week breaks. */
function brokenAlone(ground: Ground, weeks: Numbers['weeks'], locked: readonly Locked[]): PlanError | null {
  const { person: people, project: projects } = ground.figures.state;
  const broken: PlanError[] = [];
  for (const { person, project, week } of locked) {
    const [who, what] = [people.get(person)?.record, projects.get(project)?.record];
    if (!who) throw new NotFound('unknown-person', `There is no person ${person}`);
    if (!what) throw new NotFound('unknown-project', `There is no project ${project}`);
    const label = isoWeek(week);
    const found = weeks.includes(label) ? plannedWeek(ground, who, what, week) : ({ rule: 'P1', why: 'no-slot' } as const);
    if ('rule' in found) broken.push(error(found.rule, { person, project, week: label, why: found.why }));
  }
  return broken.sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))[0] ?? null;
}

/** P5, P6, P8 or P9, broken by the locked weeks taken together. */
function brokenTogether({ weeks, people, projects, triples, maxSidekicks }: Numbers, locked: readonly number[]): PlanError | null {
  const own = locked.flatMap((at) => triples[at] ?? []);
  const load = new Map<string, { person: number; week: number; hours: number; count: number }>();
  const crews = new Map<number, Set<number>>();
  const filled = new Map<string, { project: number; week: number; count: number }>();
  for (const { person, project, week, hours } of own) {
    const key = `${person} ${week}`;
    const before = load.get(key) ?? { person, week, hours: 0, count: 0 };
    load.set(key, { ...before, hours: before.hours + hours, count: before.count + 1 });
    crews.set(project, (crews.get(project) ?? new Set<number>()).add(person));
    const slot = `${project} ${week}`;
    filled.set(slot, { project, week, count: (filled.get(slot)?.count ?? 0) + 1 });
  }
  const whose = (person: number, week: number) => ({ person: people[person]?.id ?? null, week: weeks[week] ?? null });
  for (const { person, week, hours } of load.values()) {
    if (hours > (people[person]?.free[week] ?? 0) + epsilon) return error('P5', whose(person, week));
  }
  for (const { person, week, count } of load.values()) {
    if (count > (people[person]?.places[week] ?? 0)) return error('P6', whose(person, week));
  }
  for (const [project, crew] of crews) if (crew.size > maxSidekicks) return error('P8', { project: projects[project]?.id ?? null });
  for (const { project, week, count } of filled.values()) {
    if (count > 1) return error('P9', { project: projects[project]?.id ?? null, week: weeks[week] ?? null });
  }
  return null;
}

/** The locked triples, or the first reading but P7 that the locks break (P10). */
export function lockedIn(ground: Ground, numbers: Numbers, locks: readonly PlanLock[]): Pick<PlanProblem, 'locked' | 'error'> {
  const weeks = lockedWeeks(locks);
  if (weeks.length === 0) return { locked: [], error: null };
  const alone = brokenAlone(ground, numbers.weeks, weeks);
  if (alone) return { locked: [], error: alone };
  const wanted = new Set(weeks.map(({ person, project, week }) => `${person} ${project} ${isoWeek(week)}`));
  const { people, projects, triples, weeks: labels } = numbers;
  const locked = triples.flatMap(({ person, project, week }, at) =>
    wanted.has(`${people[person]?.id} ${projects[project]?.id} ${labels[week]}`) ? [at] : [],
  );
  return { locked, error: brokenTogether(numbers, locked) };
}
