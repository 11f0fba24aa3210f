import { bestOfProject, bestWithEach, type Solo, solosOf } from './best-of-project.ts';
import { relaxedPrices } from './mip.ts';
import { type Fixed, frameOf, possibleTriples } from './model.ts';
import type { PlanProblem } from './problem.ts';
import { worths } from './search.ts';

/** What is known of O1 by prices for people's weeks: with a week's price taken from what it is worth, projects can be judged one by one. */
export interface Priced {
  /** No plan fills more. */
  readonly bound: number;
  /** What each triple is worth less the prices of the rows that it is in. */
  readonly values: Float64Array;
  readonly solos: readonly Solo[];
  readonly kept: readonly number[];
}

/**
 * Bounds O1 under what is fixed: prices come from the relaxation, whose exactness does not matter, since the bound is computed anew from any
 * prices ≥ 0 (Lagrangian duality; Geoffrion, "Lagrangean relaxation for integer programming", 1974). Null: the time was not enough.
 */
export async function pricedBound(problem: PlanProblem, fixed: Fixed, seconds: number): Promise<Priced | null> {
  const kept = possibleTriples(problem, fixed);
  const { program, couplings } = frameOf(problem, 'filled', { peak: fixed.peak, without: fixed.without }, kept);
  const duals = await relaxedPrices(program, seconds);
  if (!duals) return null;
  const values = worths(problem);
  let bound = 0;
  for (const { row, triples, upper } of couplings) {
    const price = Math.abs(duals[row] ?? 0);
    if (price < 1e-9) continue;
    bound += price * upper;
    for (const at of triples) values[at] = (values[at] ?? 0) - price;
  }
  const solos = solosOf(problem, kept);
  for (const solo of solos) bound += bestOfProject(solo, values).value;
  return { bound, values, solos, kept };
}

/** Marks triples that no plan holds which fills at least `filled`: 1 where so. */
export function hopeless(problem: PlanProblem, { bound, values, solos, kept }: Priced, filled: number): Uint8Array {
  const slack = bound - filled + 1e-6;
  const without = new Uint8Array(problem.triples.length).fill(1);
  const best = new Float64Array(problem.triples.length).fill(Number.NEGATIVE_INFINITY);
  for (const solo of solos) bestWithEach(solo, values, 0, slack, best);
  for (const at of kept) if ((best[at] ?? 0) > Number.NEGATIVE_INFINITY) without[at] = 0;
  return without;
}
