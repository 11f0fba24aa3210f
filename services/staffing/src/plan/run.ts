import { trivialBounds } from './bounds.ts';
import { type MipLimits, solveProgram, steppedBound } from './mip.ts';
import { type Aim, brokenCovers, chosenBy, type Fixed, frameOf } from './model.ts';
import type { PlanProblem } from './problem.ts';
import { type Steps, stepsOf } from './vector.ts';

/** What is known at a moment of a solve; peak and share in ten-thousandths, as everything here. */
export interface Known {
  /** How many goals are proven, from the first. */
  readonly proven: number;
  /** The best plan so far, as numbers of triples. */
  readonly chosen: readonly number[];
  readonly steps: Steps;
  /** By goal: the best value that is not yet excluded, given the values of those before; after an unproven one they mean nothing. */
  readonly bounds: readonly number[];
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

/** A solve on its way. */
export interface Run {
  readonly problem: PlanProblem;
  /** The goal that is worked on. */
  level: 1 | 2 | 3 | 4;
  proven: number;
  chosen: readonly number[];
  steps: Steps;
  readonly bounds: number[];
  /** Seconds until this level has to end. */
  left(): number;
  /** Takes a plan that is better than the best so far. */
  take(found: readonly number[] | null): void;
  /** Notes the best value not excluded at the level that is worked on. */
  bound(value: number): void;
}

/** Of the whole time, the part at the end of which a level gives up its proof, so that later ones are looked at too. */
const shares = [0.55, 0.75, 0.9, 1];

export function runOf(problem: PlanProblem, start: readonly number[], deadline: number, tell: (known: Known) => void): Run {
  const began = performance.now();
  const run: Run = {
    problem,
    level: 1,
    proven: 0,
    chosen: start,
    steps: stepsOf(problem, start),
    bounds: trivialBounds(problem),
    left: () => (began + (deadline - began) * (shares[run.level - 1] ?? 1) - performance.now()) / 1000,
    take(found) {
      const own = found && stepsOf(problem, found);
      if (!found || !own || !isBetter(own, run.steps)) return;
      [run.chosen, run.steps] = [found, own];
      tell(knownOf(run));
    },
    bound(value) {
      if (run.bounds[run.level - 1] === value) return;
      run.bounds[run.level - 1] = value;
      tell(knownOf(run));
    },
  };
  return run;
}

export const knownOf = ({ proven, chosen, steps, bounds }: Run): Known => ({ proven, chosen, steps, bounds: [...bounds] });

interface Reached {
  readonly chosen: readonly number[] | null;
  /** No plan is better; where there is none, the worst there is. */
  readonly bound: number;
  readonly status: 'optimal' | 'infeasible' | 'limit';
}

/** Solves one program, again where exact sums show that its solver's plan breaks a limit by less than the solver sees. */
export async function reach(run: Run, aim: Aim, fixed: Fixed, limits: Omit<MipLimits, 'seconds'> = {}): Promise<Reached> {
  const covers: number[][] = [];
  for (;;) {
    const frame = frameOf(run.problem, aim, { ...fixed, covers });
    const { sense, step } = frame.program;
    const seconds = run.left();
    if (seconds <= 0) return { chosen: null, bound: sense === 'min' ? 0 : Number.POSITIVE_INFINITY, status: 'limit' };
    const onProgress: MipLimits['onProgress'] = (_, bound, values) => {
      const found = values && chosenBy(frame, values);
      if (found && brokenCovers(run.problem, found, fixed).length === 0) run.take(found);
      if (bound !== null) limits.onProgress?.(null, steppedBound(sense, bound, step), null);
    };
    const { status, values, bound } = await solveProgram(frame.program, { ...limits, seconds, onProgress });
    const chosen = values && chosenBy(frame, values);
    const broken = chosen ? brokenCovers(run.problem, chosen, fixed) : [];
    if (broken.length === 0) return { chosen, bound: steppedBound(sense, bound, step), status };
    covers.push(...broken);
  }
}

export const total = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/** Two sizes that are quickly tried; larger ones are for the whole program. */
export const few = [6, 10];

/** What no better plan holds may still be locked: then there is no better plan, which its solver finds by itself. */
export const unlessLocked = ({ locked }: PlanProblem, without: Uint8Array | undefined): Uint8Array | undefined => {
  if (without && locked.some((at) => without[at])) return without.fill(1);
  return without;
};
