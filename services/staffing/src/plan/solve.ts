import { trivialBounds } from './bounds.ts';
import type { PlanError } from './locks.ts';
import { type PlanChoice, planOf } from './outcome.ts';
import type { PlanProblem } from './problem.ts';
import { solveApart } from './process.ts';
import type { Known } from './run.ts';
import { stepsOf, vectorOf } from './vector.ts';

export type PlanVector = readonly [number, number, number, number];

export interface PlanProgress {
  /** The first goal that is not proven; those before it are. */
  readonly level: 1 | 2 | 3 | 4;
  /** Of the best plan so far. */
  readonly vector: PlanVector;
  /** By goal: the best value that is not yet excluded, where anything is known of it. */
  readonly bound: readonly (number | null)[];
  /** How far the value of that goal may be from its bound, as a share of the larger; null where no bound is known. */
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

/** Equal to the vector where proven, then for the first goal that is not the best value not excluded, then null. */
const boundOf = (vector: PlanVector, { bounds, proven }: Known): (number | null)[] =>
  vector.map((own, at) => (at < proven ? own : at === proven ? (bounds[at] ?? 0) / (scales[at] ?? 1) : null));

function progressOf(problem: PlanProblem, known: Known, seconds: number): PlanProgress {
  const vector = vectorOf(known.steps);
  const bound = boundOf(vector, known);
  const at = Math.min(known.proven, 3);
  const [own, best] = [vector[at] ?? 0, bound[at] ?? 0];
  const larger = Math.max(Math.abs(own), Math.abs(best));
  const gap = larger === 0 ? 0 : Math.abs(best - own) / larger;
  return { level: (at + 1) as PlanProgress['level'], vector, bound, gap, seconds, plan: planOf(problem, known.chosen) };
}

/**
 * Solves a problem, level by level, in a process of its own; without the limit of time reached, one problem has one answer. Always settles by
 * `seconds`. Rejects with the signal's reason when that aborts, and with what became of the solver when it dies.
 */
export async function solvePlan(problem: PlanProblem, options: SolveOptions): Promise<PlanOutcome | { error: PlanError }> {
  if (problem.error) return { error: problem.error };
  const began = performance.now();
  const passed = () => (performance.now() - began) / 1000;
  let last: Known = { proven: 0, chosen: [], steps: stepsOf(problem, []), bounds: trivialBounds(problem) };
  const ended = await solveApart({
    ...{ problem, seconds: options.seconds, signal: options.signal },
    onKnown: (known) => {
      last = known;
      options.onProgress?.(progressOf(problem, known, passed()));
    },
  });
  if ('solved' in ended && ended.solved === null) return { error: { rule: 'P7', person: null, project: null, week: null, why: null } };
  const known = 'solved' in ended && ended.solved ? ended.solved : last;
  const vector = vectorOf(known.steps);
  const outcome = { plan: planOf(problem, known.chosen), vector, seconds: passed() };
  return known.proven === 4 ? { status: 'proven', ...outcome } : { status: 'bound', ...outcome, bound: boundOf(vector, known) };
}
