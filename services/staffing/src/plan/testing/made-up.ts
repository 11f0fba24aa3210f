import { isoDay, isoWeek, mondayOf, weekOf } from '@sidekick/calendar';
import type { Assignment, Holiday, Person, Project, TimeOff, Volunteer, Wish } from '@sidekick/contracts';
import { emptyState, type State, type VersionedRecord } from '../../state/state.ts';
import type { PlanRequest } from '../problem.ts';

export interface MadeUpSize {
  readonly people: number;
  readonly projects: number;
  readonly weeks: number;
}

/** A group with gaps, what is asked of its plan, and the day on which knowledge is weighed. */
export interface MadeUpGroup {
  readonly state: State;
  readonly request: PlanRequest;
  readonly asOf: string;
}

const skills = ['go', 'python', 'postgres', 'gis', 'spark', 'node'];
const firstWeek = weekOf('2026-W49') ?? 0;

/** Mulberry32: the same numbers on every run and machine. */
export const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

interface Dice {
  readonly below: (limit: number) => number;
  readonly chance: (share: number) => boolean;
  readonly one: <T>(of: readonly T[]) => T;
  /** A day of a week of the range, which may be negative or beyond it. */
  readonly day: (week: number, weekday?: number) => string;
}

function diceOf(seed: number): Dice {
  const next = randomOf(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    one: (of) => of[below(of.length)] as (typeof of)[number],
    day: (week, weekday = 0) => isoDay(mondayOf(firstWeek + week) + weekday),
  };
}

const keep = <T extends { id: string }>(records: readonly T[]): ReadonlyMap<string, VersionedRecord<T>> =>
  new Map(records.map((record) => [record.id, { record, version: 1 }]));
const numbered = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind}${String(index).padStart(4, '0')}`);
const levels = ({ chance, below }: Dice, share: number) =>
  skills.filter(() => chance(share)).map((skill) => ({ skill, level: 1 + below(5) }));

const patterns = [
  [8, 8, 8, 8, 8, 0, 0],
  [8, 8, 8, 8, 8, 0, 0],
  [8, 8, 8, 8, 8, 0, 0],
  [8, 8, 8, 8, 0, 0, 0],
  [8, 8, 8, 8, 6.5, 0, 0],
  [0, 8, 8, 8, 0, 0, 0],
  [7.7, 7.7, 7.7, 7.7, 7.7, 0, 0],
];

const personOf = (dice: Dice, id: string, weeks: number): Person => {
  const { chance, one, below, day } = dice;
  return {
    id,
    employment: chance(0.12) ? 'freelance' : 'employed',
    timeZone: 'Europe/Lisbon',
    region: one(['PT', 'ES', null]),
    patterns: [
      { from: '2024-01-01', hours: [...one(patterns)] },
      ...(chance(0.15) ? [{ from: day(below(weeks), below(5)), hours: [...one(patterns)] }] : []),
    ],
    contract: { from: chance(0.06) ? day(below(weeks), below(5)) : null, to: chance(0.08) ? day(below(weeks) + 2, below(5)) : null },
    skills: levels(dice, 0.6),
    operationsShare: one([0.05, 0.05, 0.05, 0, 0.1]),
    private: { name: id, email: null, note: null },
    sample: false,
  };
};

const projectOf = (dice: Dice, id: string, weeks: number): Project => {
  const { chance, one, below, day } = dice;
  return {
    id,
    name: id,
    client: '',
    description: '',
    from: day(below(Math.ceil(weeks / 2)) - Math.ceil(weeks / 3), chance(0.2) ? below(5) : 0),
    to: chance(0.2) ? null : day(below(Math.ceil(weeks / 2)) + Math.ceil(weeks / 2), chance(0.2) ? below(5) : 4),
    state: chance(0.05) ? 'proposal' : 'agreed',
    priority: 1 + below(5),
    policy: chance(0.92) ? 'sidekick' : 'no-sidekick',
    minimumHours: one([2, 4, 4, 4, 6]),
    wantedHours: one([4, 6, 8, 8, 8, 12]),
    requiredSkills: levels(dice, 0.25)
      .slice(0, 2)
      .map(({ skill, level }) => ({ skill, level: Math.min(level, 3) })),
    sample: false,
  };
};

/** Leads for all, sidekicks here and there, contributors, some of it tentative: people carry two or three projects. */
function workOf(dice: Dice, people: readonly Person[], project: Project, weeks: number): Assignment[] {
  const { chance, one, below, day } = dice;
  const from = project.from ?? day(-4);
  const work = (role: Assignment['role'], hours: number, over: Partial<Assignment>): Assignment => ({
    id: `${project.id} ${role} ${over.person}`,
    person: one(people).id,
    project: project.id,
    role,
    from,
    to: project.to,
    hoursPerWeek: hours,
    state: chance(0.12) ? 'tentative' : 'confirmed',
    accepted: [],
    private: { reason: null },
    sample: false,
    ...over,
  });
  const all = [work('lead', 8 + 4 * below(4), { person: one(people).id, state: 'confirmed' })];
  if (chance(0.45)) all.push(work('sidekick', 4 + 2 * below(3), { person: one(people).id, to: day(below(weeks), 4) }));
  if (chance(0.25)) all.push(work('sidekick', 4 + 2 * below(3), { person: one(people).id, from: day(below(weeks), 0) }));
  if (chance(0.5)) all.push(work('contributor', 4 + 4 * below(4), { person: one(people).id }));
  return all.filter(({ from: first, to }) => to === null || first <= to);
}

const leaveOf = (dice: Dice, person: string, weeks: number): TimeOff[] => {
  const { chance, one, below, day } = dice;
  return Array.from({ length: below(3) }, (_, index): TimeOff => {
    const week = below(weeks);
    return {
      ...{ id: `${person} off ${index}`, person, from: day(week, below(5)), to: day(week + below(2), 4 + below(3)) },
      amount: chance(0.2) ? { portion: 0.5 } : chance(0.1) ? { hours: 3 } : { portion: 1 },
      state: one(['approved', 'approved', 'approved', 'requested']),
      private: { kind: null, note: null, reason: null },
      accepted: [],
      sample: false,
    };
  }).filter(({ from, to }) => from <= to);
};

/** A made-up group with the mess of real life, by its number. */
export function madeUpGroup(seed: number, { people: peopleCount, projects: projectCount, weeks }: MadeUpSize): MadeUpGroup {
  const dice = diceOf(seed * 7919 + peopleCount * 31 + projectCount);
  const { chance, one, below, day } = dice;
  const person = numbered('p', peopleCount).map((id) => personOf(dice, id, weeks));
  const project = numbered('j', projectCount).map((id) => projectOf(dice, id, weeks));
  const assignment = project.flatMap((own) => workOf(dice, person, own, weeks));
  const timeOff = person.flatMap(({ id }) => leaveOf(dice, id, weeks));
  const holiday = ['PT', 'ES'].flatMap((region) =>
    Array.from({ length: Math.ceil(weeks / 4) }, (_, index): Holiday => {
      const date = day(below(weeks), below(5));
      return { ...{ id: `${region} ${index}`, region, date, name: 'a holiday', portion: one([1, 1, 0.5]) }, sample: false };
    }),
  );
  const wish = person.flatMap(({ id }): Wish[] =>
    chance(0.4) ? [{ id: `${id} wish`, person: id, skill: one(skills), sample: false }] : [],
  );
  const volunteer = person.flatMap(({ id }): Volunteer[] =>
    chance(0.2) ? [{ ...{ id: `${id} volunteer`, person: id, project: one(project).id, private: { note: null } }, sample: false }] : [],
  );
  return {
    state: {
      ...emptyState,
      ...{ person: keep(person), project: keep(project), assignment: keep(assignment), timeOff: keep(timeOff) },
      ...{ holiday: keep(holiday), wish: keep(wish), volunteer: keep(volunteer) },
      head: 1,
    },
    request: {
      weeks: [isoWeek(firstWeek), isoWeek(firstWeek + weeks - 1)],
      reserveTentative: chance(0.3),
      maxSidekickProjects: 2,
      minStay: 3,
      maxSidekicks: 2,
      locks: [],
      forbid: chance(0.5) ? [{ person: one(person).id, project: one(project).id }] : [],
    },
    asOf: day(0),
  };
}
