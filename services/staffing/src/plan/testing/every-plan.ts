import type { PlanProblem, PlanTriple } from '../problem.ts';

type Vector = readonly [number, number, number, number];

const rounded = (value: number): number => Math.ceil((value - 1e-9) * 10_000) / 10_000;

function vectorOf({ people, projects, pairs }: PlanProblem, plan: readonly PlanTriple[]): Vector {
  const load = (of: (one: PlanTriple) => boolean) => plan.filter(of).reduce((total, { hours }) => total + hours, 0);
  const peak = plan.map(({ person, week }) => {
    const own = people[person];
    const hours = load((one) => one.person === person && one.week === week);
    return rounded(((own?.confirmed[week] ?? 0) + hours) / (own?.capacity[week] ?? 0));
  });
  const fits = plan.map((one) => pairs.find((pair) => pair.person === one.person && pair.project === one.project)?.fit ?? 0);
  const share = people.flatMap(({ net, sidekickHours }, at) =>
    net > 1e-9 ? [rounded((sidekickHours + load(({ person }) => person === at)) / net)] : [],
  );
  return [
    plan.reduce((total, { project }) => total + (projects[project]?.worth ?? 0), 0),
    Math.max(0, ...peak),
    fits.reduce((total, fit) => total + fit, 0) - 3 * new Set(plan.map(({ person, project }) => `${person} ${project}`)).size,
    Math.max(0, ...share),
  ];
}

const isBetter = (a: Vector, b: Vector): boolean => {
  const at = a.findIndex((own, level) => own !== b[level]);
  return at >= 0 && (at % 2 === 0 ? (a[at] ?? 0) > (b[at] ?? 0) : (a[at] ?? 0) < (b[at] ?? 0));
};

/** Whether every stay of a plan is long enough: `holders` by slot of a run, in order. */
function staysHold(holders: readonly (number | null)[], stay: number): boolean {
  for (let at = 0; at < holders.length; ) {
    let to = at;
    while (to + 1 < holders.length && holders[to + 1] === holders[at]) to++;
    if (holders[at] !== null && to - at + 1 < stay) return false;
    at = to + 1;
  }
  return true;
}

/** How many ways there are to fill the slots of a problem, most of them against a rule. */
export const waysOf = ({ triples }: PlanProblem): number => {
  const slots = new Map<string, number>();
  for (const { project, week } of triples) slots.set(`${project} ${week}`, (slots.get(`${project} ${week}`) ?? 1) + 1);
  return [...slots.values()].reduce((ways, options) => ways * options, 1);
};

/** The vector of the best plan of all, by trying each; null: none holds the locks. */
export function bestOfEveryPlan(problem: PlanProblem): Vector | null {
  const { triples, runs, people, maxSidekicks, locked } = problem;
  const slots = new Map<string, PlanTriple[]>();
  for (const triple of triples) {
    const key = `${triple.run} ${triple.week}`;
    slots.set(key, [...(slots.get(key) ?? []), triple]);
  }
  const options = [...slots.values()];
  const locks = locked.map((at) => triples[at]);
  let best: Vector | null = null;
  const plan: PlanTriple[] = [];
  const allowed = (next: PlanTriple): boolean => {
    const own = plan.filter(({ person, week }) => person === next.person && week === next.week);
    const hours = own.reduce((total, one) => total + one.hours, next.hours);
    const crew = new Set([next, ...plan].filter(({ project }) => project === next.project).map(({ person }) => person));
    const { free = [], places = [] } = people[next.person] ?? {};
    return hours <= (free[next.week] ?? 0) + 1e-9 && own.length < (places[next.week] ?? 0) && crew.size <= maxSidekicks;
  };
  const isWhole = (): boolean =>
    locks.every((lock) => lock && plan.includes(lock)) &&
    runs.every(({ first, last, stay }, run) => {
      const holders = Array.from(
        { length: last - first + 1 },
        (_, at) => plan.find((one) => one.run === run && one.week === first + at)?.person ?? null,
      );
      return staysHold(holders, stay);
    });
  const fill = (at: number): void => {
    const own = options[at];
    if (!own) {
      if (!isWhole()) return;
      const vector = vectorOf(problem, plan);
      if (best === null || isBetter(vector, best)) best = vector;
      return;
    }
    fill(at + 1);
    for (const next of own) {
      if (!allowed(next)) continue;
      plan.push(next);
      fill(at + 1);
      plan.pop();
    }
  };
  fill(0);
  return best;
}
