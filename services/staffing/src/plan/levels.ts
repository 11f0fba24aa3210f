import { fillLevel } from './filling.ts';
import { fitLevel, shareLevel } from './fit-and-share.ts';
import type { Fixed } from './model.ts';
import { peakLevel } from './peak.ts';
import { hopeless, type Priced, pricedBound } from './priced.ts';
import type { PlanProblem } from './problem.ts';
import { type Known, knownOf, type Run, reach, runOf, unlessLocked } from './run.ts';

/** What is left of the triples once O1 and O2 are known; all of them where prices are not known in time. */
async function narrowed(run: Run): Promise<Fixed> {
  const { problem } = run;
  const { filled, peak } = run.steps;
  const priced: Priced | null = filled === 0 ? null : await pricedBound(problem, { peak }, run.left() / 3);
  return { filled, peak, without: priced ? unlessLocked(problem, hopeless(problem, priced, filled)) : undefined };
}

async function levels(run: Run, base: readonly number[]): Promise<Known> {
  if (await fillLevel(run, base)) run.proven = 1;
  run.level = 2;
  if ((await peakLevel(run)) && run.proven === 1) run.proven = 2;
  run.level = 3;
  const fixed = run.proven === 2 ? await narrowed(run) : { filled: run.steps.filled, peak: run.steps.peak };
  if ((await fitLevel(run, fixed, run.proven === 2)) && run.proven === 2) run.proven = 3;
  run.level = 4;
  if ((await shareLevel(run, { ...fixed, fit: run.steps.fit }, run.proven === 3)) && run.proven === 3) run.proven = 4;
  return knownOf(run);
}

/** Solves a problem level by level. Null: no plan holds all locks (P7). */
export async function solveLevels(problem: PlanProblem, deadline: number, tell: (known: Known) => void): Promise<Known | null> {
  let base: readonly number[] = [];
  const run = runOf(problem, [], deadline, tell);
  if (problem.locked.length > 0) {
    const pairs = new Set(problem.locked.map((at) => `${problem.triples[at]?.person} ${problem.triples[at]?.project}`));
    const without = Uint8Array.from(problem.triples, ({ person, project }) => (pairs.has(`${person} ${project}`) ? 0 : 1));
    const locks = await reach({ ...run, take: () => undefined }, 'filled', { without });
    if (locks.status === 'infeasible') return null;
    base = locks.chosen ?? [];
  }
  const started = runOf(problem, base, deadline, tell);
  tell(knownOf(started));
  return levels(started, base);
}
