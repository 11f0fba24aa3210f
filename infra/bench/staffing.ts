import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isoDay, mondayOf, weekOf, weekSpan } from '@sidekick/calendar';
import type { Assignment, Budget, Holiday, Opening, Person, Project, Rate, RecordKind, Records, TimeOff } from '@sidekick/contracts';
import { decisionsOf } from '@sidekick/staffing/decisions';
import { figuresOf } from '@sidekick/staffing/figures';
import { emptyState, type State, type VersionedRecord } from '@sidekick/staffing/state';
import { timelineOf } from '@sidekick/staffing/timeline';

const people = 500;
const projects = 300;
const places = 100;
const weekCount = 26;
const first = weekOf('2026-W49') ?? 0;
const firstMonday = mondayOf(first);
const skillNames = ['go', 'python', 'postgres', 'gis', 'spark', 'node'];
const regions = ['PT', 'ES', 'GB', 'DE'];

/** Mulberry32: the same numbers on every run and machine. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const keep = <T extends { id: string }>(records: T[]): ReadonlyMap<string, VersionedRecord<T>> =>
  new Map(records.map((record) => [record.id, { record, version: 1 }]));
const numbered = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind}${String(index).padStart(5, '0')}`);

/** A made-up group of 500 people, 300 projects and 100 open places with what real ones have: leave, holidays, part time, history of half a year. */
const bigGroup = (): State => {
  const next = random(7);
  const below = (limit: number) => Math.floor(next() * limit);
  const dayFrom = (weeks: number) => isoDay(firstMonday + (below(weeks * 2) - weeks) * 7 + below(5));
  const levels = () => skillNames.filter(() => next() < 0.5).map((skill) => ({ skill, level: 1 + below(5) }));
  const person = numbered('p', people).map(
    (id): Person => ({
      id,
      employment: next() < 0.1 ? 'freelance' : 'employed',
      timeZone: 'Europe/Lisbon',
      region: regions[below(4)] ?? null,
      patterns: [
        { from: '2024-01-01', hours: next() < 0.8 ? [8, 8, 8, 8, 8, 0, 0] : [8, 8, 8, 0, 0, 0, 0] },
        { from: dayFrom(26), hours: [8, 8, 8, 8, 8, 0, 0] },
      ],
      contract: { from: null, to: next() < 0.1 ? dayFrom(26) : null },
      skills: levels(),
      operationsShare: 0.05,
      private: { name: id, email: null, note: null },
      sample: false,
    }),
  );
  const project = numbered('j', projects).map(
    (id): Project => ({
      id,
      name: id,
      client: '',
      description: '',
      from: isoDay(firstMonday - below(26) * 7),
      to: next() < 0.3 ? null : isoDay(firstMonday + (8 + below(30)) * 7 + 4),
      state: next() < 0.05 ? 'proposal' : 'agreed',
      priority: 1 + below(5),
      policy: next() < 0.9 ? 'sidekick' : 'no-sidekick',
      minimumHours: 4,
      wantedHours: 8,
      requiredSkills: levels().slice(0, 1),
      sample: false,
    }),
  );
  const assignment = project.flatMap(({ id, from, to }, index) =>
    Array.from(
      { length: 6 },
      (_, slot): Assignment => ({
        id: `${id}-${slot}`,
        person: person[(index * 7 + slot * 83 + below(5)) % people]?.id ?? '',
        project: id,
        role: slot < 2 ? 'lead' : slot < 4 ? 'sidekick' : 'contributor',
        from: slot % 2 === 0 ? from : isoDay(firstMonday + below(13) * 7),
        to,
        hoursPerWeek: 4 + below(5) * 4,
        state: next() < 0.15 ? 'tentative' : 'confirmed',
        accepted: [],
        private: { reason: null },
        sample: false,
      }),
    ),
  );
  const timeOff = person.flatMap(({ id }) =>
    Array.from({ length: 4 }, (_, index): TimeOff => {
      const from = firstMonday + below(weekCount * 7);
      return {
        id: `${id}-t${index}`,
        person: id,
        from: isoDay(from),
        to: isoDay(from + below(8)),
        amount: next() < 0.2 ? { portion: 0.5 } : { portion: 1 },
        state: next() < 0.8 ? 'approved' : 'requested',
        private: { kind: null, note: null, reason: null },
        accepted: [],
        sample: false,
      };
    }),
  );
  const holiday = regions.flatMap((region) =>
    Array.from({ length: 12 }, (_, index): Holiday => {
      const date = isoDay(firstMonday + below(weekCount * 7));
      return { id: `${region}-${index}`, region, date, name: 'a holiday', portion: 1, sample: false };
    }),
  );
  const rate = person.map(
    ({ id }, index): Rate => ({ id: `${id}-r`, person: id, project: null, from: '2024-01-01', amount: 6_000 + index, sample: false }),
  );
  const budget = project.map(
    ({ id }, index): Budget => ({ id: `${id}-b`, project: id, money: 2_000_000 + index * 20_000, hours: 1_000, sample: false }),
  );
  // Half of them without an end, from three weeks ago to six weeks ahead.
  const opening = numbered('o', places).map(
    (id, index): Opening => ({
      id,
      project: project[index * 3]?.id ?? '',
      role: (['lead', 'sidekick', 'contributor'] as const)[index % 3] ?? 'lead',
      from: isoDay(firstMonday + ((index % 10) - 3) * 7),
      to: index % 2 === 0 ? null : isoDay(firstMonday + (10 + (index % 20)) * 7),
      hoursPerWeek: 4 + (index % 5) * 4,
      skills: index % 3 === 0 ? [{ skill: skillNames[index % 6] ?? 'go', level: 2 }] : [],
      private: { note: null },
      sample: false,
    }),
  );
  const lists: { [K in RecordKind]?: ReadonlyMap<string, VersionedRecord<Records[K]>> } = {
    person: keep(person),
    project: keep(project),
    assignment: keep(assignment),
    timeOff: keep(timeOff),
    holiday: keep(holiday),
    rate: keep(rate),
    budget: keep(budget),
    opening: keep(opening),
  };
  return { ...emptyState, ...lists, head: 1 };
};

/** Collects what making the group left behind: a service has its records long before it is asked, and what a question costs is its own. */
const collect = (): void => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
};

const timed = (run: () => unknown): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};
const times = (count: number, run: () => unknown): number[] => Array.from({ length: count }, () => timed(run)).sort((a, b) => a - b);
const p95 = (run: () => unknown, count = 21): number => times(count, run)[Math.ceil(count * 0.95) - 1] ?? 0;
const median = (run: () => unknown): number => times(9, run)[4] ?? 0;

/**
 * Prints what staffing's figures cost. Cold: a new state, nothing computed, in this process's first run; anew: such a state once the code
 * is compiled; warm: asked again at the same head; after a change: one assignment differs from the head before.
 */
export const benchStaffing = (): void => {
  const state = bigGroup();
  const weeks = Array.from({ length: weekCount }, (_, index) => first + index);
  const capacity = (figures: ReturnType<typeof figuresOf>) => {
    for (const id of state.person.keys()) for (const week of weeks) figures.remaining(id, weekSpan(week));
  };
  const coverage = (figures: ReturnType<typeof figuresOf>) => {
    for (const id of state.project.keys()) for (const week of weeks) figures.coverage(id, week);
  };
  const range = { from: '2026-W49', to: '2027-W21' };
  const [slot] = state.assignment.values();
  if (!slot) throw new Error('the group has no assignment');
  const changed = {
    ...state,
    head: 2,
    assignment: new Map(state.assignment).set(slot.record.id, { record: { ...slot.record, hoursPerWeek: 5 }, version: 2 }),
  };
  const ms = (value: number) => `${value.toFixed(1).padStart(6)} ms`;
  const line = (what: string, cold: number, warm: number, more = '') =>
    console.log(`${what.padEnd(34)} cold ${ms(cold)}   warm p95 ${ms(warm)}${more}`);

  console.log(
    `staffing: ${people} people, ${projects} projects, ${places} open places, ${state.assignment.size} assignments, ${weekCount} weeks (to hold: cold 1000, warm 150)`,
  );
  const colds = [capacity, coverage].map((figure) => {
    collect();
    return timed(() => figure(figuresOf(state)));
  });
  const figures = figuresOf(state);
  const coldTimeline = timed(() => timelineOf(figures, range, '2026-11-30'));
  line(
    'capacity and remaining',
    colds[0] ?? 0,
    p95(() => capacity(figures)),
    `   anew ${ms(median(() => capacity(figuresOf(state))))} (to hold: cold 40)`,
  );
  line(
    'coverage',
    colds[1] ?? 0,
    p95(() => coverage(figures)),
    `   anew ${ms(median(() => coverage(figuresOf(state))))} (to hold: cold 60)`,
  );
  line(
    'whole timeline',
    coldTimeline,
    p95(() => timelineOf(figures, range, '2026-11-30')),
  );
  line(
    'decisions, 16 weeks',
    timed(() => decisionsOf(figuresOf(state), '2026-11-30', 16)),
    p95(() => decisionsOf(figures, '2026-11-30', 16), 5),
  );
  const without = { ...state, opening: emptyState.opening };
  for (const [what, given] of [
    ['of managers, every project budgeted', without],
    [`with ${places} open places`, state],
  ] as const) {
    const asked = figuresOf(given, figures);
    line(
      what,
      timed(() => decisionsOf(figuresOf(given), '2026-11-30', 16, 'managers')),
      p95(() => decisionsOf(asked, '2026-11-30', 16, 'managers'), 5),
    );
  }
  console.log(`${'coverage after one change'.padEnd(34)} p95  ${ms(p95(() => coverage(figuresOf(changed, figures))))}`);
};
