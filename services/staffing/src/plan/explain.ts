import { isoWeek, weekOf } from '@sidekick/calendar';
import { InvalidInput, NotFound } from '@sidekick/service-kit';
import type { Figures } from '../figures/index.ts';
import type { PlanError } from './locks.ts';
import type { PlanChoice } from './outcome.ts';
import { type PlanProblem, type PlanRequest, problemOf } from './problem.ts';
import { confirmedWork, type Obstacle, pairKey, plannedWeek } from './rules.ts';
import { type PlanOutcome, type SolveOptions, solvePlan } from './solve.ts';

/** Why a choice of a plan is what it is: what each goal sees of it. */
export interface ChoiceTerms {
  readonly person: string;
  readonly project: string;
  readonly weeks: readonly string[];
  /** Effective hours of all its weeks. */
  readonly hours: number;
  /** What the filled weeks are worth at O1. */
  readonly worth: number;
  /** The week in which the person is fullest with the whole plan: load ÷ capacity, and hours that stay free (O2). */
  readonly fullest: { readonly week: string; readonly share: number; readonly free: number };
  /** Of each week at O3; `total` is of the choice, less 3 for the pair. */
  readonly fit: { readonly warmth: number; readonly volunteers: boolean; readonly wishes: boolean; readonly total: number };
  /** The person's sidekick hours ÷ net over the range with the whole plan (O4). */
  readonly share: number;
  /** How many others could be planned in the week of the choice in which fewest could. */
  readonly others: number;
}

/** The terms of every choice of a plan, in its order. */
export function termsOf(problem: PlanProblem, plan: readonly PlanChoice[]): ChoiceTerms[] {
  const { people, projects, pairs, triples, weeks } = problem;
  const key = (person: string, project: string, week: string) => `${person} ${project} ${week}`;
  const named = triples.map((one) => ({
    hours: one.hours,
    person: people[one.person]?.id ?? '',
    project: projects[one.project]?.id ?? '',
    week: weeks[one.week] ?? '',
  }));
  const hoursOf = new Map(named.map(({ hours, person, project, week }) => [key(person, project, week), hours]));
  const useful = new Map<string, number>();
  for (const { project, week } of named) useful.set(`${project} ${week}`, (useful.get(`${project} ${week}`) ?? 0) + 1);
  const sum = (choices: readonly PlanChoice[], of: (week: string) => boolean = () => true) =>
    choices.reduce(
      (total, { person, project, weeks: own }) =>
        own.filter(of).reduce((part, week) => part + (hoursOf.get(key(person, project, week)) ?? 0), total),
      0,
    );
  return plan.map((choice) => {
    const who = people.find(({ id }) => id === choice.person);
    const at = people.findIndex(({ id }) => id === choice.person);
    const what = projects.findIndex(({ id }) => id === choice.project);
    const pair = pairs.find(({ person, project }) => person === at && project === what);
    const mine = plan.filter(({ person }) => person === choice.person);
    const loads = choice.weeks.map((week) => {
      const number = weeks.indexOf(week);
      const planned = sum(mine, (one) => one === week);
      const share = ((who?.confirmed[number] ?? 0) + planned) / (who?.capacity[number] ?? 1);
      return { week, share, free: Math.max(0, (who?.free[number] ?? 0) - 0.01 - planned) };
    });
    const fullest = loads.reduce((most, one) => (one.share > most.share ? one : most), loads[0] ?? { week: '', share: 0, free: 0 });
    return {
      ...choice,
      hours: sum([choice]),
      worth: choice.weeks.length * (projects[what]?.worth ?? 0),
      fullest,
      fit: {
        warmth: pair?.warmth ?? 0,
        volunteers: pair?.volunteers ?? false,
        wishes: pair?.wishes ?? false,
        total: choice.weeks.length * (pair?.fit ?? 0) - 3,
      },
      share: who && who.net > 0 ? (who.sidekickHours + sum(mine)) / who.net : 0,
      others: Math.min(...choice.weeks.map((week) => (useful.get(`${choice.project} ${week}`) ?? 1) - 1)),
    };
  });
}

/** What is in the way of somebody, week by week; `weeks` that could be planned have none. */
export interface WeekObstacle {
  readonly week: string;
  readonly obstacle: Obstacle | null;
}

export type WhyNot =
  /** No week can be planned by itself. */
  | { readonly why: 'rules'; readonly weeks: readonly WeekObstacle[] }
  /** The weeks could be planned one by one, but no plan holds them together with what is locked. */
  | { readonly why: 'together'; readonly error: PlanError; readonly weeks: readonly WeekObstacle[] }
  /** A plan holds them, and this is what it costs: its vector less that of the outcome. `outcome` says whether it is proven. */
  | {
      readonly why: 'price';
      readonly price: readonly number[];
      readonly outcome: PlanOutcome;
      readonly locked: readonly [string, string];
      readonly weeks: readonly WeekObstacle[];
    };

export interface Question {
  readonly figures: Figures;
  readonly request: PlanRequest;
  readonly asOf: string;
  readonly person: string;
  readonly project: string;
  /** ISO labels, both included; without them the longest time that the person could have is asked for. */
  readonly weeks?: readonly [string, string];
}

function obstaclesOf({ figures, request, person, project, weeks = request.weeks }: Question): WeekObstacle[] {
  const [first, last] = weeks.map(weekOf);
  if (first === undefined || last === undefined || last < first) throw new InvalidInput('no-weeks', 'A first week and a last one, please');
  const [who, what] = [figures.state.person.get(person)?.record, figures.state.project.get(project)?.record];
  if (!who) throw new NotFound('unknown-person', `There is no person ${person}`);
  if (!what) throw new NotFound('unknown-project', `There is no project ${project}`);
  const forbidden = new Set(request.forbid.map((one) => pairKey(one.person, one.project)));
  const ground = { figures, forbidden, work: confirmedWork(figures) };
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const found = plannedWeek(ground, who, what, first + at);
    return { week: isoWeek(first + at), obstacle: 'rule' in found ? found : null };
  });
}

/** The longest sequence of weeks without an obstacle. */
function longest(weeks: readonly WeekObstacle[]): readonly [string, string] | null {
  let best: string[] = [];
  let own: string[] = [];
  for (const { week, obstacle } of weeks) {
    own = obstacle ? [] : [...own, week];
    if (own.length > best.length) best = own;
  }
  const [first, last] = [best[0], best.at(-1)];
  return first !== undefined && last !== undefined ? [first, last] : null;
}

/** Why somebody is not planned on a project: the rule that forbids it, or what a plan with them would cost at each goal. */
export async function whyNot(question: Question, outcome: PlanOutcome, options: SolveOptions): Promise<WhyNot> {
  const { figures, request, asOf, person, project } = question;
  const weeks = obstaclesOf(question);
  const locked = longest(weeks);
  if (!locked) return { why: 'rules', weeks };
  const locks = [...request.locks, { person, project, weeks: locked }];
  const forced = await solvePlan(problemOf(figures, { ...request, locks }, asOf), options);
  if ('error' in forced) return { why: 'together', error: forced.error, weeks };
  const price = forced.vector.map((own, at) => Math.round((own - (outcome.vector[at] ?? 0)) * 10_000) / 10_000);
  return { why: 'price', price, outcome: forced, locked, weeks };
}
