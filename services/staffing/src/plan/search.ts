import { bestOfProject, mostTried, solosOf } from './best-of-project.ts';
import { takenOf } from './greedy.ts';
import { solveProgram } from './mip.ts';
import { type Aim, brokenCovers, chosenBy, type Fixed, frameOf, groupedBy, possibleTriples } from './model.ts';
import type { PlanProblem } from './problem.ts';
import { type Steps, stepsOf } from './vector.ts';

/** Seconds that are left. */
export type Left = () => number;

/**
 * The problem of some projects, the others staying as planned: what they take of people's weeks is taken. Numbers of triples stay; loads are
 * sums in another order than in the whole, so the whole is judged again.
 */
function partOf(problem: PlanProblem, others: readonly number[]): PlanProblem {
  const { triples, locked } = problem;
  const people = [...problem.people];
  for (const [person, own] of groupedBy(others, (at) => triples[at]?.person ?? 0)) {
    const before = people[person];
    if (!before) continue;
    const [free, confirmed, places] = [[...before.free], [...before.confirmed], [...before.places]];
    let planned = 0;
    for (const at of own) {
      const { week = 0, hours = 0 } = triples[at] ?? {};
      free[week] = (free[week] ?? 0) - hours;
      confirmed[week] = (confirmed[week] ?? 0) + hours;
      places[week] = (places[week] ?? 0) - 1;
      planned += hours;
    }
    people[person] = { ...before, free, confirmed, places, sidekickHours: before.sidekickHours + planned };
  }
  const fixed = new Set(others.map((at) => triples[at]?.project));
  return { ...problem, people, locked: locked.filter((at) => !fixed.has(triples[at]?.project)) };
}

/** How much of a tree is searched for one neighbourhood: a count, since a time would make answers differ from run to run. */
const mostNodes = 300;

/** The best plan with these projects planned anew and the others as they are; null where none better was found. */
async function planAnew(
  { problem, aim, fixed, own, left }: Area & { readonly aim: Aim },
  chosen: readonly number[],
  projects: ReadonlySet<number>,
): Promise<readonly number[] | null> {
  const { triples } = problem;
  const [mine, others]: [number[], number[]] = [[], []];
  for (const at of chosen) (projects.has(triples[at]?.project ?? -1) ? mine : others).push(at);
  const part = partOf(problem, others);
  const among = [...projects].sort((a, b) => a - b).flatMap((project) => own.get(project) ?? []);
  const now = stepsOf(problem, mine);
  const least = aim === 'filled' ? {} : { filled: now.filled, ...(aim === 'share' ? { fit: now.fit } : {}) };
  const limits = { ...fixed, ...least };
  const kept = possibleTriples(part, limits, among);
  const frame = frameOf(part, aim, limits, kept);
  const seconds = left();
  if (seconds <= 0 || kept.length === 0) return null;
  const { values } = await solveProgram(frame.program, { seconds, nodes: mostNodes });
  if (!values) return null;
  const found = chosenBy(frame, values);
  const whole = [...others, ...found].sort((a, b) => a - b);
  return brokenCovers(problem, whole, fixed).length === 0 ? whole : null;
}

/** Worth of a triple at O1, by its number. */
export const worths = ({ triples, projects }: PlanProblem): Float64Array =>
  Float64Array.from(triples, ({ project }) => projects[project]?.worth ?? 0);

/** What each project would fill by itself; together no plan fills more. */
export function soloWorths(problem: PlanProblem, kept: readonly number[]): Float64Array {
  const values = worths(problem);
  return Float64Array.from(solosOf(problem, kept), (solo) => bestOfProject(solo, values).value);
}

/** A plan that gives each project in turn the best that is left, those with most to win first. Adds to `base`, whose projects stay as they are. */
export function inTurn(
  problem: PlanProblem,
  kept: readonly number[],
  peak: number | undefined,
  { base = [], prices }: { base?: readonly number[]; prices?: ArrayLike<number> } = {},
): number[] {
  const taken = takenOf(problem, base);
  const { triples } = problem;
  const done = new Set(base.map((at) => triples[at]?.project));
  const chosen = [...base];
  // A week is worth its project's worth, less a little of what it takes of a person: people whom others could use too are kept free.
  const wanted = groupedBy(kept, (at) => (triples[at]?.person ?? 0) * problem.weeks.length + (triples[at]?.week ?? 0));
  const values = prices ? Float64Array.from(prices) : worths(problem);
  if (!prices)
    for (const group of wanted.values()) for (const at of group) values[at] = (values[at] ?? 0) * (1 - Math.min(0.3, 0.01 * group.length));
  const solos = solosOf(problem, kept).map((solo) => ({ ...solo, most: Math.min(solo.most, mostTried) }));
  const order = solos.filter(({ project, lines }) => lines.length > 0 && !done.has(project));
  order.sort(
    (a, b) =>
      (problem.projects[b.project]?.worth ?? 0) - (problem.projects[a.project]?.worth ?? 0) ||
      a.lines.length - b.lines.length ||
      a.project - b.project,
  );
  for (const solo of order) {
    for (const line of solo.lines) {
      for (const own of line.triples) for (const at of own) if (at >= 0 && !taken.fits(at, peak)) values[at] = Number.NEGATIVE_INFINITY;
    }
    for (const at of bestOfProject(solo, values).chosen) {
      taken.add(at);
      chosen.push(at);
    }
  }
  return chosen.sort((a, b) => a - b);
}

/** Projects near one: those planned with people who could fill its open weeks, nearest first. */
function nearTo(problem: PlanProblem, chosen: readonly number[], project: number, own: ReadonlyMap<number, readonly number[]>): number[] {
  const { triples, weeks } = problem;
  const held = new Set(chosen.filter((at) => triples[at]?.project === project).map((at) => triples[at]?.week));
  const wanted = new Map<number, number>();
  for (const at of own.get(project) ?? []) {
    const { person = 0, week = 0 } = triples[at] ?? {};
    const key = person * weeks.length + week;
    wanted.set(key, held.has(week) ? 1 : 3);
  }
  const near = new Map<number, number>();
  for (const at of chosen) {
    const { person = 0, week = 0, project: other = 0 } = triples[at] ?? {};
    const weight = wanted.get(person * weeks.length + week);
    if (weight && other !== project) near.set(other, (near.get(other) ?? 0) + weight);
  }
  return [...near].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([other]) => other);
}

/** How many triples are planned anew at once at most. */
const mostTriples = 2_500;

/** A project and so many near it, as long as they are not too large together. */
function around(area: Area, chosen: readonly number[], project: number, size: number): Set<number> {
  const projects = new Set([project]);
  let triples = area.own.get(project)?.length ?? 0;
  for (const other of nearTo(area.problem, chosen, project, area.own)) {
    triples += area.own.get(other)?.length ?? 0;
    if (projects.size >= size || triples > mostTriples) break;
    projects.add(other);
  }
  return projects;
}

/** What a search moves in: the triples that are possible under what is fixed, by project. */
export interface Area {
  readonly problem: PlanProblem;
  readonly fixed: Fixed;
  readonly own: ReadonlyMap<number, readonly number[]>;
  readonly left: Left;
}

export const areaOf = (problem: PlanProblem, fixed: Fixed, left: Left): Area => ({
  ...{ problem, fixed, left },
  own: groupedBy(possibleTriples(problem, fixed), (at) => problem.triples[at]?.project ?? 0),
});

export interface Searching {
  readonly area: Area;
  readonly aim: Aim;
  /** Projects that are worth looking at, most promising first. */
  readonly promising: (chosen: readonly number[]) => readonly number[];
  readonly isBetter: (found: Steps, before: Steps) => boolean;
  readonly isEnough: (steps: Steps) => boolean;
  readonly onBetter: (chosen: readonly number[]) => void;
  /** How many projects are planned anew at once, growing while nothing is found. */
  readonly sizes: readonly number[];
}

/** Betters a plan by planning few projects anew at a time; ends when nothing more is found. */
export async function searchNear({ area, aim, promising, isBetter, isEnough, onBetter, sizes }: Searching, start: readonly number[]) {
  const { problem, left } = area;
  let chosen = start;
  let steps = stepsOf(problem, chosen);
  for (const size of sizes) {
    const tried = new Set<number>();
    while (!isEnough(steps) && left() > 0) {
      const next = promising(chosen).find((project) => !tried.has(project));
      if (next === undefined) break;
      tried.add(next);
      const found = await planAnew({ ...area, aim }, chosen, around(area, chosen, next, size));
      const foundSteps = found && stepsOf(problem, found);
      if (!found || !foundSteps || !isBetter(foundSteps, steps)) continue;
      [chosen, steps] = [found, foundSteps];
      tried.clear();
      tried.add(next);
      onBetter(chosen);
    }
  }
  return chosen;
}

/** What each project fills of a plan. */
function filledOf({ projects, triples }: PlanProblem, plan: readonly number[]): Float64Array {
  const filled = new Float64Array(projects.length);
  for (const at of plan) {
    const { project = 0 } = triples[at] ?? {};
    filled[project] = (filled[project] ?? 0) + (projects[project]?.worth ?? 0);
  }
  return filled;
}

export interface Filling {
  readonly area: Area;
  /** What each project would fill by itself. */
  readonly solo: Float64Array;
  /** O1 that ends the search. */
  readonly target: number;
  readonly onBetter: (chosen: readonly number[]) => void;
  readonly sizes: readonly number[];
}

/** Fills more weeks of a plan, looking first at projects that miss most. */
export function fillMore({ area, solo, target, onBetter, sizes }: Filling, start: readonly number[]): Promise<readonly number[]> {
  const missing = (chosen: readonly number[]) => {
    const filled = filledOf(area.problem, chosen);
    const miss = (project: number) => (solo[project] ?? 0) - (filled[project] ?? 0);
    return [...area.own.keys()].filter((project) => miss(project) > 0).sort((a, b) => miss(b) - miss(a) || a - b);
  };
  const isBetter = (found: Steps, before: Steps) => found.filled > before.filled;
  return searchNear(
    { area, aim: 'filled', promising: missing, isBetter, isEnough: ({ filled }) => filled >= target, onBetter, sizes },
    start,
  );
}
