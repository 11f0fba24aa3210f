import { greedyPlan } from './greedy.ts';
import { steppedBound } from './mip.ts';
import { frameOf, possibleTriples } from './model.ts';
import { hopeless, pricedBound } from './priced.ts';
import { few, type Run, reach, total, unlessLocked } from './run.ts';
import { areaOf, fillMore, inTurn, soloWorths } from './search.ts';

/** O1. Answers whether it is proven, with the prices that prove it where they were needed. */
export async function fillLevel(run: Run, base: readonly number[]): Promise<boolean> {
  const { problem } = run;
  const kept = possibleTriples(problem, {});
  const solo = soloWorths(problem, kept);
  let bound = total(solo);
  run.take(greedyPlan(problem, base));
  run.take(inTurn(problem, kept, undefined, { base }));
  run.bound(bound);
  const area = areaOf(problem, {}, run.left);
  const fill = (sizes: readonly number[], start: readonly number[]) =>
    fillMore({ area, solo, target: bound, onBetter: run.take, sizes }, start);
  if (run.steps.filled >= bound) return true;
  const priced = await pricedBound(problem, {}, run.left());
  const { step } = frameOf(problem, 'filled', {}, kept).program;
  if (priced) {
    bound = Math.min(bound, steppedBound('max', priced.bound, step));
    run.bound(bound);
    if (run.steps.filled < bound) run.take(await fill(few, inTurn(problem, kept, undefined, { base, prices: priced.values })));
    if (run.steps.filled < bound) await fill(few, run.chosen);
  }
  if (run.steps.filled >= bound) return true;
  const wanted = run.steps.filled + step;
  const without = priced ? hopeless(problem, priced, wanted) : undefined;
  const {
    chosen,
    status,
    bound: left,
  } = await reach(
    run,
    'filled',
    { without: unlessLocked(problem, without) },
    { onProgress: (_, told) => told !== null && told < bound && run.bound(Math.max(run.steps.filled, told)) },
  );
  run.take(chosen);
  const reached = status === 'limit' ? Math.min(bound, Math.max(run.steps.filled, left)) : run.steps.filled;
  run.bound(reached);
  return reached === run.steps.filled;
}
