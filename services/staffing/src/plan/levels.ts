import { type MipLimits, solveProgram, steppedBound } from './mip.ts';
import { type Aim, brokenCovers, chosenBy, type Fixed, fitsWeek, frameOf, groupedBy, leastShare, possibleTriples } from './model.ts';
import type { PlanProblem } from './problem.ts';
import { type Steps, stepOf, stepsOf } from './vector.ts';

/** What is known at a moment of a solve; peak and share in ten-thousandths, as everything here. */
export interface Known {
  readonly level: 1 | 2 | 3 | 4;
  /** The best plan so far, as numbers of triples. */
  readonly chosen: readonly number[];
  readonly steps: Steps;
  /** By level: the best value not yet excluded, or null. */
  readonly bounds: readonly (number | null)[];
}

export interface Solved extends Known {
  /** How many goals are proven, from the first. */
  readonly proven: number;
}

interface Run {
  readonly problem: PlanProblem;
  /** Milliseconds of the clock at which all has to be told. */
  readonly deadline: number;
  readonly tell: (known: Known) => void;
}

const names = ['filled', 'peak', 'fit', 'share'] as const;
/** Whether the first steps are better than the others, level by level. */
export function isBetter(a: Steps, b: Steps): boolean {
  for (const name of names) {
    if (a[name] === b[name]) continue;
    return name === 'filled' || name === 'fit' ? a[name] > b[name] : a[name] < b[name];
  }
  return false;
}

interface Reached {
  readonly chosen: readonly number[] | null;
  /** No plan is better; for an infeasible program the worst there is. */
  readonly bound: number;
  readonly status: 'optimal' | 'infeasible' | 'limit';
}

const left = ({ deadline }: Run): number => (deadline - performance.now()) / 1000;

/** Solves one program, again where exact sums show that its solver's plan breaks a limit by less than the solver sees. */
async function reach(run: Run, aim: Aim, fixed: Fixed, limits: Omit<MipLimits, 'seconds'> = {}): Promise<Reached> {
  const covers: number[][] = [];
  for (;;) {
    const frame = frameOf(run.problem, aim, { ...fixed, covers });
    const seconds = left(run);
    if (seconds <= 0) return { chosen: null, bound: aim === 'share' ? 0 : Number.POSITIVE_INFINITY, status: 'limit' };
    const { status, values, bound } = await solveProgram(frame.program, { ...limits, seconds });
    const chosen = values && chosenBy(frame, values);
    const broken = chosen ? brokenCovers(run.problem, chosen, fixed) : [];
    if (broken.length === 0) return { chosen, bound: steppedBound(frame.program.sense, bound, frame.program.step), status };
    covers.push(...broken);
  }
}

/** Every peak that a plan can have: loads of what one person's week can hold together. */
function possiblePeaks(problem: PlanProblem, below: number): number[] {
  const { triples, people, weeks } = problem;
  const peaks = new Set<number>();
  const kept = possibleTriples(problem, { peak: below });
  for (const [number, group] of groupedBy(kept, (at) => (triples[at]?.person ?? 0) * weeks.length + (triples[at]?.week ?? 0))) {
    const [person, week] = [Math.floor(number / weeks.length), number % weeks.length];
    const own = people[person];
    const add = (from: number, hours: number, places: number) => {
      for (let at = from; at < group.length; at++) {
        const together = hours + (triples[group[at] ?? 0]?.hours ?? 0);
        if (!fitsWeek(problem, person, week, together, below)) continue;
        peaks.add(stepOf(((own?.confirmed[week] ?? 0) + together) / (own?.capacity[week] ?? 1)));
        if (places > 1) add(at + 1, together, places - 1);
      }
    };
    add(0, 0, own?.places[week] ?? 0);
  }
  return [...peaks].sort((a, b) => a - b);
}

async function levels(run: Run, start: Known): Promise<Solved> {
  const { problem } = run;
  let { chosen, steps } = start;
  const bounds: (number | null)[] = [null, null, null, null];
  const take = (found: readonly number[] | null): boolean => {
    if (!found) return false;
    const own = stepsOf(problem, found);
    if (!isBetter(own, steps)) return false;
    [chosen, steps] = [found, own];
    return true;
  };
  const known = (level: Known['level']): Known => ({ level, chosen, steps, bounds: [...bounds] });
  const end = (level: Known['level'], proven: number): Solved => ({ ...known(level), proven });

  const first = await reach(run, 'filled', {});
  take(first.chosen);
  bounds[0] = first.status === 'optimal' ? steps.filled : first.bound;
  if (bounds[0] !== steps.filled) return end(1, 0);
  run.tell(known(2));
  const { filled } = steps;

  if (filled > 0) {
    const peaks = possiblePeaks(problem, steps.peak);
    let [low, high] = [0, peaks.indexOf(steps.peak)];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const peak = peaks[middle] ?? 0;
      bounds[1] = peaks[low] ?? 0;
      const found = await reach(run, 'filled', { peak }, { enough: filled, wanted: filled });
      if (found.chosen && stepsOf(problem, found.chosen).filled === filled) {
        take(found.chosen);
        high = peaks.indexOf(steps.peak);
        run.tell(known(2));
      } else if (found.status === 'limit' && found.bound >= filled) return end(2, 1);
      else low = middle + 1;
    }
  }
  bounds[1] = steps.peak;
  run.tell(known(3));
  const { peak } = steps;

  const third = await reach(run, 'fit', { filled, peak });
  take(third.chosen);
  bounds[2] = third.status === 'optimal' ? steps.fit : third.bound;
  if (bounds[2] !== steps.fit) return end(3, 2);
  run.tell(known(4));
  const { fit } = steps;

  const fourth = await reach(run, 'share', { filled, peak, fit });
  take(fourth.chosen);
  bounds[3] = fourth.status === 'optimal' ? steps.share : Math.max(leastShare(problem), fourth.bound);
  return end(4, bounds[3] === steps.share ? 4 : 3);
}

/** Solves a problem level by level. Null: no plan holds all locks (P7). */
export async function solveLevels(problem: PlanProblem, deadline: number, tell: (known: Known) => void): Promise<Solved | null> {
  const run: Run = { problem, deadline, tell };
  let chosen: readonly number[] = [];
  if (problem.locked.length > 0) {
    const pairs = new Set(problem.locked.map((at) => `${problem.triples[at]?.person} ${problem.triples[at]?.project}`));
    const without = Uint8Array.from(problem.triples, ({ person, project }) => (pairs.has(`${person} ${project}`) ? 0 : 1));
    const locks = await reach(run, 'filled', { without });
    if (locks.status === 'infeasible') return null;
    chosen = locks.chosen ?? [];
  }
  const start: Known = { level: 1, chosen, steps: stepsOf(problem, chosen), bounds: [null, null, null, null] };
  tell(start);
  return levels(run, start);
}
