import type { Day, Span } from '@sidekick/calendar';
import type { Budget } from '@sidekick/contracts';
import type { ProjectBook, Work } from '../books/books.ts';
import { ofProject } from '../kinds/records-of.ts';
import type { State } from '../state/state.ts';
import { costOf, hoursOf, nanoHours, rounded } from './amounts.ts';
import { type Step, stepsOn } from './rates.ts';
import { eachDay, nanoIn, priced } from './runs.ts';

/** Priced hours cost `money` minor units; `hours` are all of them, `unpriced` those on days without a rate. */
export interface Spent {
  readonly money: number;
  readonly hours: number;
  readonly unpriced: number;
}

/** Hours of a person on days on which no rate is in force: they are in no amount of money. */
export interface Unpriced {
  readonly person: string;
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly hours: number;
  readonly tentative: boolean;
}

/** What a project costs, seen from a day (A31). Each amount is rounded once, and the three add up to the rounded sum of all days. */
export interface Burn {
  /** Confirmed work of every day before today, whatever the project's dates. */
  readonly spent: Spent;
  /** Confirmed work from today to `until`. */
  readonly forecast: Spent;
  /** Tentative work of the same days, in neither of them. */
  readonly tentative: Spent;
  /** What is of sidekicks, of the first two. */
  readonly sidekicks: { readonly spent: Spent; readonly forecast: Spent };
  /** The last day looked at: the project's last, or two years from today where it has none. */
  readonly until: Day;
  readonly open: boolean;
  readonly budget: Pick<Budget, 'money' | 'hours'> | null;
  /** The first day whose confirmed work no longer fits the budget; null: all of it fits, or there is none. */
  readonly runsOut: { readonly money: Day | null; readonly hours: Day | null };
  readonly unpriced: readonly Unpriced[];
}

/** Days looked at of a project without an end. */
const openDays = 104 * 7;
/** Of an hour: a budget of hours is over by more than this (A10). */
const overBy = nanoHours(0.01);

interface Sum {
  cost: bigint;
  nano: number;
  unpriced: number;
}
const none = (): Sum => ({ cost: 0n, nano: 0, unpriced: 0 });

type Gaps = Map<string, { person: string; tentative: boolean; days: Map<Day, number> }>;

/** Sums of a project, and what no rate prices of them. */
interface Sums {
  readonly spent: Sum;
  readonly forecast: Sum;
  readonly tentative: Sum;
  readonly sidekicks: { readonly spent: Sum; readonly forecast: Sum };
  readonly gaps: Gaps;
}

/** What a project costs; pure, over its book and the rates and budget of the state. */
export function burnOf(state: State, book: ProjectBook, today: Day): Burn {
  const open = book.span.to === Number.POSITIVE_INFINITY;
  const until = open ? today + openDays : book.span.to;
  const sums: Sums = {
    ...{ spent: none(), forecast: none(), tentative: none() },
    sidekicks: { spent: none(), forecast: none() },
    gaps: new Map(),
  };
  for (const work of book.work) addWork(sums, state, work, { today, until });
  const budget = ofProject(state.budget, book.project.id)[0] ?? null;
  const [spent, forecast, tentative] = inTurn(sums.spent, sums.forecast, sums.tentative);
  const [ofSidekicks, ahead] = inTurn(sums.sidekicks.spent, sums.sidekicks.forecast);
  return {
    ...{ spent, forecast, tentative, until, open },
    sidekicks: { spent: ofSidekicks, forecast: ahead },
    budget: budget && { money: budget.money, hours: budget.hours },
    runsOut: runsOut(state, book, budget, sums, Math.max(until, today - 1)),
    unpriced: unpricedIn(sums.gaps),
  };
}

/** Each as what it adds to the rounded sum of those before it. */
function inTurn<const T extends readonly Sum[]>(...sums: T): { [I in keyof T]: Spent } {
  let cost = 0n;
  const made = sums.map((sum) => {
    const before = rounded(cost);
    cost += sum.cost;
    return { money: rounded(cost) - before, hours: hoursOf(sum.nano), unpriced: hoursOf(sum.unpriced) };
  });
  return made as { [I in keyof T]: Spent };
}

function addWork(sums: Sums, state: State, work: Work, { today, until }: { today: Day; until: Day }): void {
  const { assignment, counts } = work;
  const steps = stepsOn(state, assignment.person, assignment.project);
  const past = { from: Number.NEGATIVE_INFINITY, to: today - 1 };
  const ahead = { from: today, to: until };
  const isSidekick = assignment.role === 'sidekick';
  const confirmed = [
    { within: past, to: isSidekick ? [sums.spent, sums.sidekicks.spent] : [sums.spent] },
    { within: ahead, to: isSidekick ? [sums.forecast, sums.sidekicks.forecast] : [sums.forecast] },
  ];
  for (const { within, to } of counts === 'confirmed' ? confirmed : [{ within: ahead, to: [sums.tentative] }]) {
    for (const { span, amount } of priced(steps, within)) {
      const nano = amount === null ? addGap(sums.gaps, work, span) : nanoIn(work, span);
      for (const sum of to) {
        sum.nano += nano;
        if (amount === null) sum.unpriced += nano;
        else sum.cost += costOf(nano, amount);
      }
    }
  }
}

function addGap(gaps: Gaps, work: Work, span: Span): number {
  const { person } = work.assignment;
  const tentative = work.counts !== 'confirmed';
  const key = `${person} ${tentative}`;
  let total = 0;
  eachDay(work, span, (day, nano) => {
    const gap = gaps.get(key) ?? { person, tentative, days: new Map() };
    gaps.set(key, gap);
    gap.days.set(day, (gap.days.get(day) ?? 0) + nano);
    total += nano;
  });
  return total;
}

const unpricedIn = (gaps: Gaps): Unpriced[] =>
  [...gaps.values()].map(({ person, tentative, days }) => {
    const all = [...days.keys()];
    const hours = hoursOf([...days.values()].reduce((sum, nano) => sum + nano, 0));
    return { person, tentative, from: Math.min(...all), to: Math.max(...all), days: all.length, hours };
  });

/** By day, and only where all of it is over: most projects keep to their budget. */
function runsOut(state: State, book: ProjectBook, budget: Budget | null, { spent, forecast }: Sums, until: Day): Burn['runsOut'] {
  const mostHours = budget?.hours == null ? null : nanoHours(budget.hours) + overBy;
  const mostMoney = budget?.money ?? null;
  const over = {
    money: mostMoney !== null && rounded(spent.cost + forecast.cost) > mostMoney,
    hours: mostHours !== null && spent.nano + forecast.nano > mostHours,
  };
  if (!over.money && !over.hours) return { money: null, hours: null };
  const days = new Map<Day, Sum>();
  for (const work of book.work)
    if (work.counts === 'confirmed') addDays(days, stepsOn(state, work.assignment.person, book.project.id), work, until);
  const total = none();
  let [money, hours]: (Day | null)[] = [null, null];
  for (const [day, sum] of [...days].sort(([a], [b]) => a - b)) {
    total.cost += sum.cost;
    total.nano += sum.nano;
    if (over.money && money === null && rounded(total.cost) > Number(mostMoney)) money = day;
    if (over.hours && hours === null && total.nano > Number(mostHours)) hours = day;
  }
  return { money: money ?? null, hours: hours ?? null };
}

function addDays(days: Map<Day, Sum>, steps: readonly Step[], work: Work, until: Day): void {
  for (const { span, amount } of priced(steps, { from: Number.NEGATIVE_INFINITY, to: until })) {
    eachDay(work, span, (day, nano) => {
      const sum = days.get(day) ?? none();
      days.set(day, sum);
      sum.nano += nano;
      if (amount !== null) sum.cost += costOf(nano, amount);
    });
  }
}
