import type { PlanProblem } from './problem.ts';

/** Weeks of one person in one run: the number of the triple by week from the run's first, −1 where there is none. */
interface Line {
  readonly person: number;
  /** By run of the project. */
  readonly triples: readonly Int32Array[];
}

/** A project by itself, ready to be planned again and again with other values. */
export interface Solo {
  readonly project: number;
  readonly runs: readonly { readonly first: number; readonly length: number; readonly stay: number }[];
  readonly lines: readonly Line[];
  readonly most: number;
}

/** The best plan of one project: its triples, and Σ of their values less the price of each person. */
export interface SoloPlan {
  readonly value: number;
  readonly chosen: readonly number[];
}

const none = Number.NEGATIVE_INFINITY;

/** Every project with its triples among `kept`, which are sorted by project, person and week. */
export function solosOf(problem: PlanProblem, kept: readonly number[]): Solo[] {
  const { triples, runs, projects, maxSidekicks } = problem;
  const own = projects.map((_, project) => runs.flatMap((run, at) => (run.project === project ? [{ ...run, at }] : [])));
  const lines = projects.map((): Map<number, Int32Array[]> => new Map());
  for (const at of kept) {
    const triple = triples[at];
    if (!triple) continue;
    const { person, project, week, run } = triple;
    const ownRuns = own[project] ?? [];
    let line = lines[project]?.get(person);
    if (!line) {
      line = ownRuns.map(({ first, last }) => new Int32Array(last - first + 1).fill(-1));
      lines[project]?.set(person, line);
    }
    const index = ownRuns.findIndex((one) => one.at === run);
    const weeks = line[index];
    if (weeks) weeks[week - (ownRuns[index]?.first ?? 0)] = at;
  }
  return projects.map((_, project) => ({
    project,
    runs: (own[project] ?? []).map(({ first, last, stay }) => ({ first, length: last - first + 1, stay })),
    lines: [...(lines[project] ?? [])].map(([person, triples]) => ({ person, triples })),
    most: maxSidekicks,
  }));
}

/** By week of a run, what a person's week is worth, and what the stay of least length that ends there is worth; −∞ where there is none. */
interface Worths {
  readonly week: Float64Array;
  readonly stay: Float64Array;
  /** No choice of weeks is worth more. */
  readonly most: number;
}

function worthsOf(triples: Int32Array, stay: number, values: ArrayLike<number>): Worths {
  const week = Float64Array.from(triples, (at) => (at < 0 ? none : (values[at] ?? none)));
  const stays = new Float64Array(triples.length).fill(none);
  let most = 0;
  for (let end = 0; end < triples.length; end++) {
    const own = week[end] ?? none;
    if (own > 0) most += own;
    if (end + 1 < stay) continue;
    let total = 0;
    for (let at = end - stay + 1; at <= end; at++) total += week[at] ?? none;
    stays[end] = total;
  }
  return { week, stay: stays, most };
}

/**
 * The most that some people can be worth in a run, each stay as long as it has to be. `ends[who][w]`: the best up to week w whose last
 * stay is that person's and holds w; `best[w]`: the best up to week w.
 */
function runTable(people: readonly Worths[], length: number, stay: number) {
  const best = new Float64Array(length + 1);
  const ends = people.map(() => new Float64Array(length + 1).fill(none));
  for (let w = 1; w <= length; w++) {
    let most = best[w - 1] ?? 0;
    for (let who = 0; who < people.length; who++) {
      const { week, stay: stays } = people[who] as Worths;
      const own = ends[who] as Float64Array;
      const goesOn = (own[w - 1] ?? none) + (week[w - 1] ?? none);
      const begins = w >= stay ? (best[w - stay] ?? 0) + (stays[w - 1] ?? none) : none;
      const value = Math.max(goesOn, begins);
      own[w] = value;
      if (value > most) most = value;
    }
    best[w] = most;
  }
  return { best, ends };
}

/** Which weeks of the run are whose in the best choice: by week the place in `people`, or −1. */
function runChoice(people: readonly Worths[], length: number, stay: number): Int32Array {
  const { best, ends } = runTable(people, length, stay);
  const holder = new Int32Array(length).fill(-1);
  for (let w = length; w > 0; ) {
    const who = (best[w] ?? 0) === (best[w - 1] ?? 0) ? -1 : ends.findIndex((own) => own[w] === best[w]);
    if (who < 0) {
      w--;
      continue;
    }
    const own = ends[who] as Float64Array;
    const { week, stay: stays } = people[who] as Worths;
    // Back along the stay to where it began.
    while (
      !(w >= stay && own[w] === (best[w - stay] ?? 0) + (stays[w - 1] ?? none)) &&
      own[w] === (own[w - 1] ?? none) + (week[w - 1] ?? none)
    ) {
      holder[w - 1] = who;
      w--;
    }
    for (let at = w - stay; at < w; at++) holder[at] = who;
    w -= stay;
  }
  return holder;
}

const most = (people: readonly (readonly Worths[])[], { runs }: Solo): number =>
  runs.reduce((total, { length, stay }, run) => {
    const { best } = runTable(
      people.map((own) => own[run] as Worths),
      length,
      stay,
    );
    return total + (best[length] ?? 0);
  }, 0);

/** Sets of up to `size` places among `count`, in order, as long as `goesOn` allows the set; told to `each`. */
function sets(count: number, size: number, each: (set: readonly number[]) => void, goesOn: (set: readonly number[]) => boolean): void {
  const set: number[] = [];
  const add = (from: number) => {
    for (let at = from; at < count; at++) {
      set.push(at);
      if (goesOn(set)) {
        each(set);
        if (set.length < size) add(at + 1);
      }
      set.pop();
    }
  };
  add(0);
}

/** With more people a project than this, sets of them are not tried one by one. */
export const mostTried = 3;

/**
 * The best plan of a project by itself, given what each triple is worth, by its number, and what each person costs once (O3). With more
 * people allowed than are tried one by one, `value` is an upper bound that the chosen triples may not reach.
 */
export function bestOfProject(solo: Solo, values: ArrayLike<number>, price = 0): SoloPlan {
  const { lines, runs } = solo;
  const worths = lines.map(({ triples }) => triples.map((own, run) => worthsOf(own, runs[run]?.stay ?? 1, values)));
  const bounds = worths.map((own) => own.reduce((total, { most }) => total + most, 0) - price);
  const order = worths
    .map((_, at) => at)
    .filter((at) => (bounds[at] ?? 0) > 0)
    .sort((a, b) => (bounds[b] ?? 0) - (bounds[a] ?? 0) || a - b);
  let value = 0;
  let crew: readonly number[] = [];
  const tryOne = (set: readonly number[]) => {
    const own =
      most(
        set.map((at) => worths[order[at] ?? 0] ?? []),
        solo,
      ) -
      price * set.length;
    if (own > value + 1e-9) [value, crew] = [own, [...set]];
  };
  if (solo.most > mostTried && order.length > mostTried) {
    tryOne(order.map((_, at) => at));
    if (price > 0) value += price * (order.length - 1);
  } else {
    const size = Math.min(solo.most, order.length);
    sets(order.length, size, tryOne, (set) => {
      // Those that follow are worth no more than the last of the set.
      const last = bounds[order[set.at(-1) ?? 0] ?? 0] ?? 0;
      return set.reduce((total, at) => total + (bounds[order[at] ?? 0] ?? 0), 0) + last * (size - set.length) > value + 1e-9;
    });
  }
  const chosen: number[] = [];
  runs.forEach(({ length, stay }, run) => {
    const people = crew.map((at) => worths[order[at] ?? 0]?.[run] as Worths);
    runChoice(people, length, stay).forEach((who, w) => {
      const at = who < 0 ? -1 : (lines[order[crew[who] ?? 0] ?? 0]?.triples[run]?.[w] ?? -1);
      if (at >= 0) chosen.push(at);
    });
  });
  return { value, chosen };
}

/** By week of a run, the best that includes that person's week: a stay from `a` to `b` that holds it, and the best before and after. */
function including(people: readonly Worths[], who: number, length: number, stay: number): Float64Array {
  const { best: before } = runTable(people, length, stay);
  const turned = people.map(({ week, most }) => ({ week: week.toReversed(), stay: turnedStays(week.toReversed(), stay), most }));
  const { best: turnedBest } = runTable(turned, length, stay);
  const after = (w: number) => turnedBest[length - w] ?? 0;
  const { week } = people[who] as Worths;
  const found = new Float64Array(length).fill(none);
  for (let a = 0; a < length; a++) {
    let total = before[a] ?? 0;
    const ends: number[] = [];
    for (let b = a; b < length && (week[b] ?? none) > none; b++) {
      total += week[b] ?? none;
      ends.push(b - a + 1 >= stay ? total + after(b + 1) : none);
    }
    let most = none;
    for (let b = ends.length - 1; b >= 0; b--) {
      most = Math.max(most, ends[b] ?? none);
      if (most > (found[a + b] ?? none)) found[a + b] = most;
    }
  }
  return found;
}

function turnedStays(week: Float64Array, stay: number): Float64Array {
  return week.map((_, end) => {
    if (end + 1 < stay) return none;
    let total = 0;
    for (let at = end - stay + 1; at <= end; at++) total += week[at] ?? none;
    return total;
  });
}

/**
 * Writes for each triple of the project the best value of a plan of it that holds the triple; −∞ where none comes within `slack` of the
 * best, whose value it answers. An upper bound, as `bestOfProject` is.
 */
export function bestWithEach(solo: Solo, values: ArrayLike<number>, price: number, slack: number, into: Float64Array): number {
  const { lines, runs } = solo;
  const best = bestOfProject(solo, values, price).value;
  const worths = lines.map(({ triples }) => triples.map((own, run) => worthsOf(own, runs[run]?.stay ?? 1, values)));
  const bounds = worths.map((own) => own.reduce((total, { most: one }) => total + one, 0));
  const isWhole = solo.most > mostTried && lines.length > mostTried;
  const look = (set: readonly number[]) => {
    const people = set.map((at) => worths[at] ?? []);
    const paid = price * (isWhole ? 1 : set.length);
    const total = most(people, solo) - paid;
    runs.forEach(({ length, stay }, run) => {
      const own = people.map((one) => one[run] as Worths);
      const without = total - (runTable(own, length, stay).best[length] ?? 0);
      set.forEach((at, who) => {
        const found = including(own, who, length, stay);
        lines[at]?.triples[run]?.forEach((triple, w) => {
          if (triple < 0) return;
          const value = without + (found[w] ?? none);
          if (value >= best - slack && value > (into[triple] ?? none)) into[triple] = value;
        });
      });
    });
  };
  if (isWhole) look(lines.map((_, at) => at));
  else {
    const size = Math.min(solo.most, lines.length);
    const largest = bounds.reduce((a, b) => Math.max(a, b), 0);
    const goesOn = (set: readonly number[]) => {
      const sum = set.reduce((total, at) => total + Math.max(0, bounds[at] ?? 0), 0);
      return sum + largest * (size - set.length) - price >= best - slack;
    };
    sets(lines.length, size, look, goesOn);
  }
  return best;
}
