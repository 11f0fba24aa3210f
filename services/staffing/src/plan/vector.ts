import type { PlanProblem } from './problem.ts';

/** Filled weeks by worth, peak, fit and largest share: O1 to O4; the peak and the share in whole ten-thousandths (O5). */
export interface Steps {
  readonly filled: number;
  readonly peak: number;
  readonly fit: number;
  readonly share: number;
}

/** A share in ten-thousandths, rounded up; what is at most 1e-9 above a step is that step (O5). */
export const stepOf = (share: number): number => Math.max(0, Math.ceil((share - 1e-9) * 10_000));

export const vectorOf = ({ filled, peak, fit, share }: Steps): [number, number, number, number] => [
  filled,
  peak / 10_000,
  fit,
  share / 10_000,
];

/** Sums by a key made of two small numbers. */
function sums<T>(items: Iterable<T>, keyOf: (item: T) => number, amountOf: (item: T) => number): Map<number, number> {
  const all = new Map<number, number>();
  for (const item of items) all.set(keyOf(item), (all.get(keyOf(item)) ?? 0) + amountOf(item));
  return all;
}

/** The vector of chosen triples, by their numbers. */
export function stepsOf(problem: PlanProblem, chosen: readonly number[]): Steps {
  const { people, projects, triples, pairs, weeks } = problem;
  const own = chosen.flatMap((at) => triples[at] ?? []);
  const filled = own.reduce((total, { project }) => total + (projects[project]?.worth ?? 0), 0);
  const loads = sums(
    own,
    ({ person, week }) => person * weeks.length + week,
    ({ hours }) => hours,
  );
  let peak = 0;
  for (const [key, hours] of loads) {
    const [person, week] = [people[Math.floor(key / weeks.length)], key % weeks.length];
    peak = Math.max(peak, stepOf(((person?.confirmed[week] ?? 0) + hours) / (person?.capacity[week] ?? 1)));
  }
  const fits = new Map(pairs.map(({ person, project, fit }) => [person * projects.length + project, fit]));
  const pairOf = ({ person, project }: { person: number; project: number }) => person * projects.length + project;
  const fit = own.reduce((total, one) => total + (fits.get(pairOf(one)) ?? 0), 0) - 3 * new Set(own.map(pairOf)).size;
  const planned = sums(
    own,
    ({ person }) => person,
    ({ hours }) => hours,
  );
  let share = 0;
  people.forEach(({ net, sidekickHours }, at) => {
    if (net > 1e-9) share = Math.max(share, stepOf((sidekickHours + (planned.get(at) ?? 0)) / net));
  });
  return { filled, peak, fit, share };
}
