import type { PlanProblem } from './problem.ts';
import { stepOf } from './vector.ts';

const keyOf = (a: number, b: number, width: number): number => a * width + b;

/** The largest share that confirmed work alone has, in ten-thousandths. */
export const leastShare = ({ people }: PlanProblem): number =>
  people.reduce((most, { net, sidekickHours }) => (net > 1e-9 ? Math.max(most, stepOf(sidekickHours / net)) : most), 0);

/** What no plan betters, at each goal, before anything is solved. */
export function trivialBounds(problem: PlanProblem): number[] {
  const { triples, projects, pairs, weeks } = problem;
  const fits = new Map(pairs.map(({ person, project, fit }) => [keyOf(person, project, projects.length), fit]));
  const best = new Map<number, number>();
  let filled = 0;
  for (const { person, project, week } of triples) {
    const slot = keyOf(project, week, weeks.length);
    if (!best.has(slot)) filled += projects[project]?.worth ?? 0;
    best.set(slot, Math.max(best.get(slot) ?? 0, fits.get(keyOf(person, project, projects.length)) ?? 0));
  }
  return [filled, 0, [...best.values()].reduce((total, fit) => total + fit, 0), leastShare(problem)];
}
