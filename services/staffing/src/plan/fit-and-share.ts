import { bestOfProject, solosOf } from './best-of-project.ts';
import { leastShare } from './bounds.ts';
import { type Fixed, groupedBy, possibleTriples } from './model.ts';
import type { PlanProblem } from './problem.ts';
import { few, isBetter, type Run, reach, total } from './run.ts';
import { areaOf, searchNear } from './search.ts';
import type { Steps } from './vector.ts';

/** Everybody's projects in turn, so that each is planned anew with those near it. */
const everyProject = (problem: PlanProblem) => () => [...new Set(problem.triples.map(({ project }) => project))];

/** O3. What no plan of this worth and peak holds is left out. */
export async function fitLevel(run: Run, fixed: Fixed, isProvable: boolean): Promise<boolean> {
  const { problem } = run;
  const area = areaOf(problem, fixed, run.left);
  const fits = new Map(problem.pairs.map(({ person, project, fit }) => [person * problem.projects.length + project, fit]));
  const values = problem.triples.map(({ person, project }) => fits.get(person * problem.projects.length + project) ?? 0);
  const alone = solosOf(problem, possibleTriples(problem, fixed)).map((solo) => bestOfProject(solo, values, 3).value);
  const bound = Math.floor(total(alone) + 1e-6);
  if (isProvable) run.bound(bound);
  await searchNear(
    {
      ...{ area, aim: 'fit', sizes: [5], onBetter: run.take, isBetter, isEnough: ({ fit }) => fit >= bound },
      promising: everyProject(problem),
    },
    run.chosen,
  );
  if (!isProvable) return false;
  if (run.steps.fit >= bound) return true;
  const {
    chosen,
    status,
    bound: reached,
  } = await reach(run, 'fit', fixed, {
    onProgress: (_, told) => told !== null && told < bound && run.bound(Math.max(told, run.steps.fit)),
  });
  run.take(chosen);
  // Below the plan that is known there is no bound: what says so is not believed.
  if (status === 'infeasible' || reached < run.steps.fit) return false;
  run.bound(Math.min(run.bounds[2] ?? bound, reached));
  return run.bounds[2] === run.steps.fit;
}

/** Projects of those whose share is the largest. */
const ofLargestShare = (problem: PlanProblem) => (chosen: readonly number[]) => {
  const groups = [...groupedBy(chosen, (at) => problem.triples[at]?.person ?? 0)].map(([person, own]) => {
    const { net = 1, sidekickHours = 0 } = problem.people[person] ?? {};
    return { own, share: (sidekickHours + total(own.map((at) => problem.triples[at]?.hours ?? 0))) / net };
  });
  const largest = groups.sort((a, b) => b.share - a.share)[0]?.own ?? [];
  return [...new Set(largest.map((at) => problem.triples[at]?.project ?? 0))];
};

/** O4. */
export async function shareLevel(run: Run, fixed: Fixed, isProvable: boolean): Promise<boolean> {
  const { problem } = run;
  const least = leastShare(problem);
  if (isProvable) run.bound(least);
  const area = areaOf(problem, fixed, run.left);
  const isEnough = ({ share }: Steps) => share <= least;
  await searchNear(
    { area, aim: 'share', sizes: few, onBetter: run.take, isBetter, isEnough, promising: ofLargestShare(problem) },
    run.chosen,
  );
  if (!isProvable) return false;
  if (run.steps.share <= least) return true;
  const { chosen, status, bound } = await reach(run, 'share', fixed, {
    onProgress: (_, told) => told !== null && told > least && run.bound(Math.min(told, run.steps.share)),
  });
  run.take(chosen);
  if (status === 'infeasible' || bound > run.steps.share) return false;
  run.bound(Math.max(run.bounds[3] ?? least, bound));
  return run.bounds[3] === run.steps.share;
}
