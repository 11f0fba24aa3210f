import type { PlanProblem } from './problem.ts';
import { addAtMost, addColumn, addRow, emptyProgram, type Program } from './program.ts';
import { stepOf } from './vector.ts';

/** What earlier levels and whoever asks have fixed; peaks and shares in ten-thousandths. */
export interface Fixed {
  /** Σ worth of the filled weeks is at least this. */
  readonly filled?: number | undefined;
  /** No load is above this (O2). */
  readonly peak?: number | undefined;
  /** Σ fit − 3 × pairs is at least this. */
  readonly fit?: number | undefined;
  /** No share is above this (O4). */
  readonly share?: number | undefined;
  /** Triples that cannot be part of a plan; by number, 1 where so. */
  readonly without?: Uint8Array | undefined;
  /** Sets of triples that break a rule together, though a solver took them for allowed: found by exact sums. */
  readonly covers?: readonly (readonly number[])[] | undefined;
}

export type Aim = 'filled' | 'fit' | 'share';

/** The program of a problem: the columns of its triples, −1 for those that no plan can hold. */
export interface Frame {
  readonly program: Program;
  readonly columns: Int32Array;
}

const key = (a: number, b: number, width: number): number => a * width + b;

export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const own = groups.get(keyOf(item));
    if (own) own.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Whether planned hours fit a person's week: what is free (P5), and the peak where one is fixed (O2, O5). */
export function fitsWeek({ people }: PlanProblem, person: number, week: number, hours: number, peak: number | undefined): boolean {
  const own = people[person];
  if (!own || hours > (own.free[week] ?? 0) + 1e-9) return false;
  return peak === undefined || stepOf(((own.confirmed[week] ?? 0) + hours) / (own.capacity[week] ?? 1)) <= peak;
}

/** Maximal sequences of weeks of one person in one run, of triples that are sorted by week. */
export function segmentsOf(problem: PlanProblem, triples: readonly number[]): number[][] {
  const segments: number[][] = [];
  let before: PlanProblem['triples'][number] | undefined;
  for (const at of triples) {
    const own = problem.triples[at];
    if (!own) continue;
    const joins = before && before.person === own.person && before.run === own.run && before.week + 1 === own.week;
    if (joins) segments.at(-1)?.push(at);
    else segments.push([at]);
    before = own;
  }
  return segments;
}

/** Triples that some plan may hold: the week fits by itself, the stay is long enough, the slot is not locked to somebody else. */
export function possibleTriples(problem: PlanProblem, { peak, without }: Fixed): number[] {
  const { triples, people, runs } = problem;
  const lockedTo = new Map<number, number>();
  for (const at of problem.locked) {
    const own = triples[at];
    if (own) lockedTo.set(key(own.project, own.week, problem.weeks.length), own.person);
  }
  const alone = triples.flatMap(({ person, project, week, hours }, at) => {
    if (without?.[at] || (people[person]?.places[week] ?? 0) < 1) return [];
    const holder = lockedTo.get(key(project, week, problem.weeks.length));
    return (holder === undefined || holder === person) && fitsWeek(problem, person, week, hours, peak) ? [at] : [];
  });
  return segmentsOf(problem, alone).flatMap((segment) => {
    const run = runs[problem.triples[segment[0] ?? 0]?.run ?? 0];
    return segment.length >= (run?.stay ?? 1) ? segment : [];
  });
}

/** P7: a stay lasts; `z` begins one (Rajan and Takriti, "Minimum up/down polytopes", IBM RC23628, 2005). */
function addStays({ program, columns }: Frame, segment: readonly number[], stay: number): void {
  if (stay <= 1) return;
  const x = segment.map((at) => columns[at] ?? -1);
  const begins = x.slice(0, x.length - stay + 1).map(() => addColumn(program, 0, 1, false));
  x.forEach((column, at) => {
    const before = x[at - 1];
    const begin = begins[at];
    const entries: [number, number][] = [[column, 1]];
    if (before !== undefined) entries.push([before, -1]);
    if (begin !== undefined) entries.push([begin, -1]);
    addRow(program, Number.NEGATIVE_INFINITY, 0, entries);
    const window = begins.slice(Math.max(0, at - stay + 1), at + 1);
    addRow(program, Number.NEGATIVE_INFINITY, 0, [...window.map((one): [number, number] => [one, 1]), [column, -1]]);
  });
}

interface Item {
  readonly column: number;
  readonly hours: number;
}

/** P5, P6 and the peak of one person's week. Two weeks that do not fit together are told by cliques, which bound far better than sums of hours. */
function addWeek(program: Program, items: readonly Item[], places: number, fits: (hours: number) => boolean): void {
  const own = [...items].sort((a, b) => b.hours - a.hours || a.column - b.column);
  const together = (a: number, b: number) => places > 1 && fits((own[a]?.hours ?? 0) + (own[b]?.hours ?? 0));
  let clique = 1;
  while (clique < own.length && !together(clique - 1, clique)) clique++;
  if (clique > 1)
    addAtMost(
      program,
      own.slice(0, clique).map(({ column }) => column),
      1,
    );
  for (let at = clique; at < own.length; at++) {
    const against = own.slice(0, clique).filter((_, other) => !together(other, at));
    if (against.length > 0)
      addAtMost(
        program,
        [...against, own[at] as Item].map(({ column }) => column),
        1,
      );
  }
  if (clique < own.length && own.length > places)
    addAtMost(
      program,
      own.map(({ column }) => column),
      places,
    );
}

/** Where three or more may be together, their sum counts; the limit is told with room, since exact sums decide afterwards. */
function addSum(program: Program, items: readonly Item[], limit: number): void {
  addRow(
    program,
    Number.NEGATIVE_INFINITY,
    limit + 1e-6,
    items.map(({ column, hours }) => [column, hours]),
  );
}

function weekLimit({ people }: PlanProblem, person: number, week: number, peak: number | undefined): number {
  const own = people[person];
  const free = own?.free[week] ?? 0;
  return peak === undefined ? free : Math.min(free, (peak / 10_000 + 1e-9) * (own?.capacity[week] ?? 0) - (own?.confirmed[week] ?? 0));
}

function addWeeks(frame: Frame, problem: PlanProblem, kept: readonly number[], { peak }: Fixed): void {
  const { triples, people, weeks } = problem;
  const own = groupedBy(kept, (at) => key(triples[at]?.person ?? 0, triples[at]?.week ?? 0, weeks.length));
  for (const [number, group] of own) {
    const [person, week] = [Math.floor(number / weeks.length), number % weeks.length];
    const items = group.map((at) => ({ column: frame.columns[at] ?? -1, hours: triples[at]?.hours ?? 0 }));
    const places = people[person]?.places[week] ?? 0;
    if (items.length > 1) addWeek(frame.program, items, places, (hours) => fitsWeek(problem, person, week, hours, peak));
    const largest = items
      .map(({ hours }) => hours)
      .sort((a, b) => b - a)
      .slice(0, places);
    if (
      places > 2 &&
      largest.length > 2 &&
      !fitsWeek(
        problem,
        person,
        week,
        largest.reduce((a, b) => a + b, 0),
        peak,
      )
    ) {
      addSum(frame.program, items, weekLimit(problem, person, week, peak));
    }
  }
}

/** P8, and O3's price of a pair: `y` holds where the person is planned on the project at all. */
function addPairs(frame: Frame, problem: PlanProblem, kept: readonly number[], costOf: (pair: number) => number, always: boolean): void {
  const { triples, projects, maxSidekicks } = problem;
  const { program, columns } = frame;
  const byProject = groupedBy(kept, (at) => triples[at]?.project ?? 0);
  for (const [project, group] of byProject) {
    const byPerson = groupedBy(group, (at) => triples[at]?.person ?? 0);
    if (!always && byPerson.size <= maxSidekicks) continue;
    const crew: number[] = [];
    for (const [person, own] of byPerson) {
      const y = addColumn(program, costOf(key(person, project, projects.length)), 1, true);
      crew.push(y);
      for (const at of own)
        addRow(program, Number.NEGATIVE_INFINITY, 0, [
          [columns[at] ?? -1, 1],
          [y, -1],
        ]);
    }
    if (crew.length > maxSidekicks) addAtMost(program, crew, maxSidekicks);
  }
}

/** O4: no share of anybody is above the step, which may be a column. */
function addShares(frame: Frame, problem: PlanProblem, kept: readonly number[], share: number | { readonly column: number }): void {
  const { triples, people } = problem;
  for (const [person, own] of groupedBy(kept, (at) => triples[at]?.person ?? 0)) {
    const { net = 1, sidekickHours = 0 } = people[person] ?? {};
    const scale = 10_000 / net;
    const entries = own.map((at): [number, number] => [frame.columns[at] ?? -1, (triples[at]?.hours ?? 0) * scale]);
    const room = 1e-5 - sidekickHours * scale;
    if (typeof share === 'number') addRow(frame.program, Number.NEGATIVE_INFINITY, share + room, entries);
    else addRow(frame.program, Number.NEGATIVE_INFINITY, room, [...entries, [share.column, -1]]);
  }
}

/** The largest share that confirmed work alone has, in ten-thousandths. */
export const leastShare = ({ people }: PlanProblem): number =>
  people.reduce((most, { net, sidekickHours }) => (net > 1e-9 ? Math.max(most, stepOf(sidekickHours / net)) : most), 0);

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** O1 moves in steps of what all projects' worths divide by. */
const worthStep = ({ projects, triples }: PlanProblem, kept: readonly number[]): number =>
  kept.reduce((step, at) => divisor(projects[triples[at]?.project ?? 0]?.worth ?? 0, step), 0) || 1;

/** Builds the program of an aim under what is fixed. */
export function frameOf(problem: PlanProblem, aim: Aim, fixed: Fixed, kept = possibleTriples(problem, fixed)): Frame {
  const { triples, projects, runs } = problem;
  const program = emptyProgram(aim === 'share' ? 'min' : 'max', aim === 'filled' ? worthStep(problem, kept) : 1);
  const frame: Frame = { program, columns: new Int32Array(triples.length).fill(-1) };
  const locked = new Set(problem.locked);
  const fits = new Map(problem.pairs.map(({ person, project, fit }) => [key(person, project, projects.length), fit]));
  const worthOf = (at: number) => projects[triples[at]?.project ?? 0]?.worth ?? 0;
  const fitOf = (at: number) => fits.get(key(triples[at]?.person ?? 0, triples[at]?.project ?? 0, projects.length)) ?? 0;
  for (const at of kept) {
    const cost = aim === 'filled' ? worthOf(at) : aim === 'fit' ? fitOf(at) : 0;
    frame.columns[at] = addColumn(program, cost, 1, true, locked.has(at) ? 1 : 0);
  }
  const columnOf = (at: number) => frame.columns[at] ?? -1;
  // A lock that no plan can hold: a row that nothing fulfils.
  if (problem.locked.some((at) => columnOf(at) < 0)) addRow(program, 1, 1, []);
  for (const slot of groupedBy(kept, (at) => key(triples[at]?.project ?? 0, triples[at]?.week ?? 0, problem.weeks.length)).values()) {
    if (slot.length > 1) addAtMost(program, slot.map(columnOf), 1);
  }
  for (const segment of segmentsOf(problem, kept)) addStays(frame, segment, runs[triples[segment[0] ?? 0]?.run ?? 0]?.stay ?? 1);
  const firstPair = program.cost.length;
  const counts = aim === 'fit' || fixed.fit !== undefined;
  addPairs(frame, problem, kept, () => (aim === 'fit' ? -3 : 0), counts);
  const pairColumns = Array.from({ length: program.cost.length - firstPair }, (_, at) => firstPair + at);
  addWeeks(frame, problem, kept, fixed);
  if (aim === 'share') {
    const column = addColumn(program, 1, Number.POSITIVE_INFINITY, true, leastShare(problem));
    addShares(frame, problem, kept, { column });
  } else if (fixed.share !== undefined) addShares(frame, problem, kept, fixed.share);
  if (fixed.filled !== undefined) {
    addRow(
      program,
      fixed.filled,
      Number.POSITIVE_INFINITY,
      kept.map((at) => [columnOf(at), worthOf(at)]),
    );
  }
  if (fixed.fit !== undefined) {
    const entries = [
      ...kept.map((at): [number, number] => [columnOf(at), fitOf(at)]),
      ...pairColumns.map((y): [number, number] => [y, -3]),
    ];
    addRow(program, fixed.fit, Number.POSITIVE_INFINITY, entries);
  }
  for (const cover of fixed.covers ?? []) {
    const columns = cover.map(columnOf);
    if (columns.every((column) => column >= 0)) addAtMost(program, columns, columns.length - 1);
  }
  return frame;
}

/** The triples that a solver's values choose. */
export const chosenBy = ({ columns }: Frame, values: ArrayLike<number>): number[] => {
  const chosen: number[] = [];
  columns.forEach((column, at) => {
    if (column >= 0 && (values[column] ?? 0) > 0.5) chosen.push(at);
  });
  return chosen;
};

/** Sets of chosen triples whose hours, summed exactly, are more than the week or the share allows. */
export function brokenCovers(problem: PlanProblem, chosen: readonly number[], { peak, share }: Fixed): number[][] {
  const { triples, people, weeks } = problem;
  const hoursOf = (group: readonly number[]) => group.reduce((total, at) => total + (triples[at]?.hours ?? 0), 0);
  const broken: number[][] = [];
  for (const [number, group] of groupedBy(chosen, (at) => key(triples[at]?.person ?? 0, triples[at]?.week ?? 0, weeks.length))) {
    if (!fitsWeek(problem, Math.floor(number / weeks.length), number % weeks.length, hoursOf(group), peak)) broken.push(group);
  }
  if (share === undefined) return broken;
  for (const [person, group] of groupedBy(chosen, (at) => triples[at]?.person ?? 0)) {
    const { net = 1, sidekickHours = 0 } = people[person] ?? {};
    if (stepOf((sidekickHours + hoursOf(group)) / net) > share) broken.push(group);
  }
  return broken;
}
