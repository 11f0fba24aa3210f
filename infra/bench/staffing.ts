import { isoDay, mondayOf, weekOf, weekSpan } from '@sidekick/calendar';
import type { Assignment, Holiday, Person, Project, RecordKind, Records, TimeOff } from '@sidekick/contracts';
import { decisionsOf } from '@sidekick/staffing/decisions';
import { figuresOf } from '@sidekick/staffing/figures';
import { emptyState, type Kept, type State } from '@sidekick/staffing/state';
import { timelineOf } from '@sidekick/staffing/timeline';

const PEOPLE = 500;
const PROJECTS = 300;
const WEEKS = 26;
const FIRST = weekOf('2026-W49') ?? 0;
const START = mondayOf(FIRST);
const SKILLS = ['go', 'python', 'postgres', 'gis', 'spark', 'node'];
const REGIONS = ['PT', 'ES', 'GB', 'DE'];

/** Mulberry32: the same numbers on every run and machine. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const keep = <T extends { id: string }>(records: T[]): ReadonlyMap<string, Kept<T>> =>
  new Map(records.map((record) => [record.id, { record, version: 1 }]));
const numbered = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind}${String(index).padStart(5, '0')}`);

/** A made-up group of 500 people and 300 projects with what real ones have: leave, holidays, part time, history of half a year. */
const bigGroup = (): State => {
  const next = random(7);
  const below = (limit: number) => Math.floor(next() * limit);
  const dayFrom = (weeks: number) => isoDay(START + (below(weeks * 2) - weeks) * 7 + below(5));
  const levels = () => SKILLS.filter(() => next() < 0.5).map((skill) => ({ skill, level: 1 + below(5) }));
  const person = numbered('p', PEOPLE).map(
    (id): Person => ({
      id,
      employment: next() < 0.1 ? 'freelance' : 'employed',
      timeZone: 'Europe/Lisbon',
      region: REGIONS[below(4)] ?? null,
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
  const project = numbered('j', PROJECTS).map(
    (id): Project => ({
      id,
      name: id,
      client: '',
      description: '',
      from: isoDay(START - below(26) * 7),
      to: next() < 0.3 ? null : isoDay(START + (8 + below(30)) * 7 + 4),
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
        person: person[(index * 7 + slot * 83 + below(5)) % PEOPLE]?.id ?? '',
        project: id,
        role: slot < 2 ? 'lead' : slot < 4 ? 'sidekick' : 'contributor',
        from: slot % 2 === 0 ? from : isoDay(START + below(13) * 7),
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
      const from = START + below(WEEKS * 7);
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
  const holiday = REGIONS.flatMap((region) =>
    Array.from({ length: 12 }, (_, index): Holiday => {
      const date = isoDay(START + below(WEEKS * 7));
      return { id: `${region}-${index}`, region, date, name: 'a holiday', portion: 1, sample: false };
    }),
  );
  const lists: { [K in RecordKind]: ReadonlyMap<string, Kept<Records[K]>> } = {
    person: keep(person),
    project: keep(project),
    assignment: keep(assignment),
    timeOff: keep(timeOff),
    holiday: keep(holiday),
  };
  return { ...emptyState, ...lists, head: 1 };
};

const timed = (run: () => unknown): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};
const p95 = (run: () => unknown, times = 21): number => {
  const all = Array.from({ length: times }, () => timed(run)).sort((a, b) => a - b);
  return all[Math.ceil(times * 0.95) - 1] ?? 0;
};

/**
 * Prints DESIGN §12 for staffing. Cold: a new state, nothing computed, in this process's first run; warm: asked again at the same
 * head; after a change: one assignment differs from the head before.
 */
export const benchStaffing = (): void => {
  const state = bigGroup();
  const weeks = Array.from({ length: WEEKS }, (_, index) => FIRST + index);
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
  const line = (what: string, cold: number, warm: number) =>
    console.log(`${what.padEnd(34)} cold ${cold.toFixed(1).padStart(6)} ms   warm p95 ${warm.toFixed(1).padStart(6)} ms`);

  console.log(
    `staffing: ${PEOPLE} people, ${PROJECTS} projects, ${state.assignment.size} assignments, ${WEEKS} weeks (to hold: cold 1000, warm 150)`,
  );
  const colds = [capacity, coverage].map((figure) => timed(() => figure(figuresOf(state))));
  const figures = figuresOf(state);
  const coldTimeline = timed(() => timelineOf(figures, range, '2026-11-30'));
  line(
    'capacity and remaining',
    colds[0] ?? 0,
    p95(() => capacity(figures)),
  );
  line(
    'coverage',
    colds[1] ?? 0,
    p95(() => coverage(figures)),
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
  console.log(
    `${'coverage after one change'.padEnd(34)} p95  ${p95(() => coverage(figuresOf(changed, figures)))
      .toFixed(1)
      .padStart(6)} ms`,
  );
};
