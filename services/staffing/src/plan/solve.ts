import type { Known } from './levels.ts';
import type { PlanError } from './locks.ts';
import { type PlanChoice, planOf } from './outcome.ts';
import type { PlanProblem } from './problem.ts';
import { solveApart } from './process.ts';
import { stepsOf, vectorOf } from './vector.ts';

export type PlanVector = readonly [number, number, number, number];

export interface PlanProgress {
  /** The goal that is worked on. */
  readonly level: 1 | 2 | 3 | 4;
  /** Of the best plan so far. */
  readonly vector: PlanVector;
  /** By goal: the best value that is not yet excluded, where anything is known of it. */
  readonly bound: readonly (number | null)[];
  /** How far the value of the goal that is worked on may be from its bound, as a share of the larger; null where no bound is known. */
  readonly gap: number | null;
  /** Since the solve began, by the clock. */
  readonly seconds: number;
  readonly plan: readonly PlanChoice[];
}

export interface PlanOutcome {
  /** `proven`: no plan has a better vector. `bound`: the time was up; `bound` says what is not excluded. */
  readonly status: 'proven' | 'bound';
  readonly plan: readonly PlanChoice[];
  readonly vector: PlanVector;
  /** Equal to the vector where proven, then for the first goal that is not the best value not excluded, then null. */
  readonly bound?: readonly (number | null)[];
  readonly seconds: number;
}

export interface SolveOptions {
  /** Seconds by the clock after which there is an answer in any case. */
  readonly seconds: number;
  readonly onProgress?: (progress: PlanProgress) => void;
  readonly signal?: AbortSignal;
}

const scales = [1, 10_000, 1, 10_000];
const scaled = (bounds: readonly (number | null)[]) => bounds.map((bound, at) => (bound === null ? null : bound / (scales[at] ?? 1)));

function progressOf(problem: PlanProblem, { level, chosen, steps, bounds }: Known, seconds: number): PlanProgress {
  const vector = vectorOf(steps);
  const bound = scaled(bounds);
  const [own, best] = [vector[level - 1] ?? 0, bound[level - 1] ?? null];
  const larger = Math.max(Math.abs(own), Math.abs(best ?? 0));
  const gap = best === null ? null : larger === 0 ? 0 : Math.abs(best - own) / larger;
  return { level, vector, bound, gap, seconds, plan: planOf(problem, chosen) };
}

/** The first so many goals are proven; what is known of later ones is kept for the first of them. */
function boundOf(vector: PlanVector, bounds: readonly (number | null)[], proven: number): (number | null)[] {
  return vector.map((own, at) => (at < proven ? own : at === proven ? (scaled(bounds)[at] ?? null) : null));
}

/** What is known when a solver is ended in the middle of its work: goals before the one it works on are proven. */
const provenBefore = ({ level }: Known): number => level - 1;

/**
 * Solves a problem, level by level, in a process of its own; without the limit of time reached, one problem has one answer. Always settles by
 * `seconds`. Rejects with the signal's reason when that aborts, and with what became of the solver when it dies.
 */
export async function solvePlan(problem: PlanProblem, options: SolveOptions): Promise<PlanOutcome | { error: PlanError }> {
  if (problem.error) return { error: problem.error };
  const began = performance.now();
  const passed = () => (performance.now() - began) / 1000;
  let last: Known = { level: 1, chosen: [], steps: stepsOf(problem, []), bounds: [null, null, null, null] };
  const ended = await solveApart({
    ...{ problem, seconds: options.seconds, signal: options.signal },
    onKnown: (known) => {
      last = known;
      options.onProgress?.(progressOf(problem, known, passed()));
    },
  });
  if ('solved' in ended && ended.solved === null) return { error: { rule: 'P7', person: null, project: null, week: null, why: null } };
  const known = 'solved' in ended && ended.solved ? ended.solved : last;
  const proven = 'solved' in ended && ended.solved ? ended.solved.proven : provenBefore(last);
  const vector = vectorOf(known.steps);
  const outcome = { plan: planOf(problem, known.chosen), vector, seconds: passed() };
  return proven === 4 ? { status: 'proven', ...outcome } : { status: 'bound', ...outcome, bound: boundOf(vector, known.bounds, proven) };
}
