import { fitsWeek, groupedBy } from './model.ts';
import type { PlanProblem } from './problem.ts';

/** What a growing plan has taken of everybody's weeks. */
export interface Taken {
  fits(triple: number, peak?: number): boolean;
  add(triple: number): void;
  remove(triple: number): void;
  /** Hours that are planned of a person's week. */
  hours(person: number, week: number): number;
}

export function takenOf(problem: PlanProblem, chosen: readonly number[] = []): Taken {
  const { people, triples, weeks } = problem;
  const hours = new Float64Array(people.length * weeks.length);
  const places = new Int32Array(people.length * weeks.length);
  const change = (at: number, sign: 1 | -1) => {
    const own = triples[at];
    if (!own) return;
    const key = own.person * weeks.length + own.week;
    hours[key] = (hours[key] ?? 0) + sign * own.hours;
    places[key] = (places[key] ?? 0) + sign;
    // Sums that go up and down keep no dust.
    if (places[key] === 0) hours[key] = 0;
  };
  for (const at of chosen) change(at, 1);
  return {
    fits(at, peak) {
      const own = triples[at];
      if (!own) return false;
      const key = own.person * weeks.length + own.week;
      const isPlace = (places[key] ?? 0) < (people[own.person]?.places[own.week] ?? 0);
      return isPlace && fitsWeek(problem, own.person, own.week, (hours[key] ?? 0) + own.hours, peak);
    },
    add: (at) => change(at, 1),
    remove: (at) => change(at, -1),
    hours: (person, week) => hours[person * weeks.length + week] ?? 0,
  };
}

interface Stay {
  readonly person: number;
  readonly triples: readonly number[];
  /** Hours that the person would have left in the fullest week of it. */
  readonly left: number;
}

/** The longest stays that people can still take among open weeks of a run; `triples` are those of the run. */
function staysOf(problem: PlanProblem, triples: readonly number[], taken: Taken, isOpen: (week: number) => boolean, stay: number): Stay[] {
  const stays: Stay[] = [];
  for (const [person, own] of groupedBy(triples, (at) => problem.triples[at]?.person ?? 0)) {
    let part: number[] = [];
    const end = () => {
      if (part.length >= stay) {
        const left = part.map((at) => {
          const week = problem.triples[at]?.week ?? 0;
          return (problem.people[person]?.free[week] ?? 0) - taken.hours(person, week);
        });
        stays.push({ person, triples: part, left: Math.min(...left) });
      }
      part = [];
    };
    for (const at of own) {
      const week = problem.triples[at]?.week ?? 0;
      const before = problem.triples[part.at(-1) ?? -1]?.week;
      if (before !== undefined && before + 1 !== week) end();
      if (isOpen(week) && taken.fits(at)) part.push(at);
      else end();
    }
    end();
  }
  return stays;
}

/**
 * A plan as somebody would make it by hand: projects by priority, run by run, each time the longest stay that somebody can take, of those
 * the one with the most free hours; as many people a project as may be. `base` is a plan of what is locked, which stays as it is.
 */
export function greedyPlan(problem: PlanProblem, base: readonly number[] = []): number[] {
  const { projects, runs, triples, maxSidekicks } = problem;
  const taken = takenOf(problem, base);
  const chosen = [...base];
  const crews = projects.map(() => new Set<number>());
  for (const at of base) crews[triples[at]?.project ?? 0]?.add(triples[at]?.person ?? 0);
  const filled = new Set(base.map((at) => `${triples[at]?.project} ${triples[at]?.week}`));
  const numbers = triples.map((_, at) => at);
  const byRun = groupedBy(numbers, (at) => triples[at]?.run ?? 0);
  const order = runs.map((_, at) => at).sort((a, b) => worthOf(problem, b) - worthOf(problem, a) || a - b);
  for (const run of order) {
    const { project, stay } = runs[run] ?? { project: 0, stay: 1 };
    const crew = crews[project] ?? new Set();
    for (;;) {
      const isOpen = (week: number) => !filled.has(`${project} ${week}`);
      const open = staysOf(problem, byRun.get(run) ?? [], taken, isOpen, stay).filter(
        ({ person }) => crew.has(person) || crew.size < maxSidekicks,
      );
      const [best] = open.sort((a, b) => b.triples.length - a.triples.length || b.left - a.left || a.person - b.person);
      if (!best) break;
      crew.add(best.person);
      for (const at of best.triples) {
        taken.add(at);
        chosen.push(at);
        filled.add(`${project} ${triples[at]?.week}`);
      }
    }
  }
  return chosen.sort((a, b) => a - b);
}

const worthOf = ({ projects, runs }: PlanProblem, run: number): number => projects[runs[run]?.project ?? 0]?.worth ?? 0;
