import type { Known, Solved } from './levels.ts';
import type { PlanProblem } from './problem.ts';

/** What the process that solves is asked, once. */
export interface Asked {
  readonly problem: PlanProblem;
  /** Seconds after which it should have told all it knows. */
  readonly seconds: number;
}

/** What it tells. */
export type Told =
  | { readonly ready: true }
  | { readonly known: Known }
  /** Null: no plan holds all locks. */
  | { readonly solved: Solved | null }
  | { readonly failed: string };
