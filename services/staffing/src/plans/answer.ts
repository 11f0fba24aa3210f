import { dayOf, isoDay, meet, openTo, type Span, type Week, weekOf, weeksSpan } from '@sidekick/calendar';
import type { PlanAnswer, PlanChoice, PlanLevel, PlanOpen, PlanRequest } from '@sidekick/contracts';
import { slotOf } from '../candidates/candidates.ts';
import { freeHoursOf } from '../candidates/hours.ts';
import { ruleAgainst } from '../candidates/rules.ts';
import type { Figures } from '../figures/index.ts';
import type { PlanProblem } from '../plan/problem.ts';
import type { PlanOutcome } from '../plan/solve.ts';
import { levelsIn } from '../skills/levels.ts';
import { keyOf } from '../state/names.ts';

/** What an answer is told from: the records at the head that it was made at. */
interface Scene {
  readonly figures: Figures;
  readonly request: PlanRequest;
  readonly problem: PlanProblem;
  /** ISO day. */
  readonly today: string;
  readonly first: Week;
  /** Hours of a useful week, by person, project and week of the range. */
  readonly hours: ReadonlyMap<string, number>;
  /** Planned hours, by person and week. */
  readonly planned: ReadonlyMap<string, number>;
}

const keyFor = (...parts: readonly (string | number)[]): string => parts.join(' ');

function sceneOf(figures: Figures, request: PlanRequest, problem: PlanProblem, outcome: PlanOutcome, today: string): Scene {
  const first = weekOf(request.weeks[0]) ?? 0;
  const hours = new Map<string, number>();
  for (const { person, project, week, hours: one } of problem.triples)
    hours.set(keyFor(problem.people[person]?.id ?? '', problem.projects[project]?.id ?? '', first + week), one);
  const planned = new Map<string, number>();
  for (const { person, project, weeks } of outcome.plan) {
    for (const iso of weeks) {
      const week = weekOf(iso) ?? 0;
      const key = keyFor(person, week);
      planned.set(key, (planned.get(key) ?? 0) + (hours.get(keyFor(person, project, week)) ?? 0));
    }
  }
  return { figures, request, problem, today, first, hours, planned };
}

/** Maximal runs of following weeks, ascending. */
function runsOf(weeks: readonly Week[]): Week[][] {
  const runs: Week[][] = [];
  for (const week of [...weeks].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.at(-1) === week - 1) run.push(week);
    else runs.push([week]);
  }
  return runs;
}

/** The days of the project in some following weeks. */
function daysOf({ figures }: Scene, project: string, weeks: readonly Week[]): Span {
  const record = figures.state.project.get(project)?.record;
  const whole = weeksSpan(weeks[0] ?? 0, weeks.at(-1) ?? 0);
  return record ? meet(whole, { from: dayOf(record.from), to: openTo(record.to) }) : whole;
}

const labelsOf = ({ problem, first }: Scene, weeks: readonly Week[]): string[] => weeks.map((week) => problem.weeks[week - first] ?? '');

const coverageOf = ({ figures }: Scene, project: string, weeks: readonly Week[]) =>
  weeks.map((week) => figures.coverage(project, week) ?? 'none');

/** People who could take every one of the weeks by themselves. */
const whoCould = ({ problem, hours }: Scene, project: string, weeks: readonly Week[]): string[] =>
  problem.people.map(({ id }) => id).filter((id) => weeks.every((week) => hours.has(keyFor(id, project, week))));

/** Of those who could, so many are named. */
const mostOthers = 20;

/** People in the order of how well they fit a project, ties by id. */
function byFit({ problem }: Scene, project: string, people: readonly string[]): string[] {
  const at = problem.projects.findIndex(({ id }) => id === project);
  const fits = new Map(problem.pairs.flatMap((pair) => (pair.project === at ? [[problem.people[pair.person]?.id ?? '', pair.fit]] : [])));
  return [...people].sort((a, b) => (fits.get(b) ?? 0) - (fits.get(a) ?? 0) || order(a, b));
}

function choiceOf(scene: Scene, { person, project }: { person: string; project: string }, weeks: readonly Week[]): Omit<PlanChoice, 'id'> {
  const { figures, problem, today, first, hours, planned, request } = scene;
  const record = figures.state.project.get(project)?.record;
  const own = figures.state.person.get(person)?.record;
  const book = problem.people.find(({ id }) => id === person);
  const days = daysOf(scene, project, weeks);
  const required = record?.requiredSkills ?? [];
  const asked = new Set(required.map(({ skill }) => keyOf(skill)));
  const wishes = [...figures.state.wish.values()].flatMap(({ record: wish }) =>
    wish.person === person && asked.has(keyOf(wish.skill)) ? [wish.skill] : [],
  );
  const could = whoCould(scene, project, weeks);
  const loads = weeks.map((week) => {
    const at = week - first;
    const capacity = book?.capacity[at] ?? 0;
    return capacity > 0 ? ((book?.confirmed[at] ?? 0) + (planned.get(keyFor(person, week)) ?? 0)) / capacity : 0;
  });
  const isLocked = request.locks.some(
    (lock) => lock.person === person && lock.project === project && weeks.some((week) => holds(lock.weeks, week)),
  );
  return {
    ...{ person, project, weeks: labelsOf(scene, weeks), from: isoDay(days.from), to: isoDay(days.to) },
    hoursPerWeek: record?.wantedHours ?? 0,
    hours: weeks.reduce((sum, week) => sum + (hours.get(keyFor(person, project, week)) ?? 0), 0),
    before: coverageOf(scene, project, weeks),
    why: {
      knowledge: figures.knowledge(person, project, dayOf(today)),
      knowledgeState: figures.knowledgeState(person, project, dayOf(today)),
      volunteered: [...figures.state.volunteer.values()].some(({ record: one }) => one.person === person && one.project === project),
      wishes,
      skills: levelsIn(own?.skills ?? [], required),
      leastFree: Math.min(...weeks.map((week) => (book?.free[week - first] ?? 0.01) - 0.01)),
      load: Math.max(...loads),
      could: Math.max(1, could.length),
      others: byFit(
        scene,
        project,
        could.filter((id) => id !== person),
      ).slice(0, mostOthers),
      isLocked,
    },
  };
}

const holds = ([first, last]: readonly [string, string], week: Week): boolean =>
  week >= (weekOf(first) ?? 0) && week <= (weekOf(last) ?? 0);

function choicesOf(scene: Scene, { plan }: PlanOutcome): PlanChoice[] {
  const stays = plan.flatMap((one) => runsOf(one.weeks.map((iso) => weekOf(iso) ?? 0)).map((weeks) => choiceOf(scene, one, weeks)));
  stays.sort((a, b) => order(a.from, b.from) || order(a.project, b.project) || order(a.person, b.person));
  return stays.map((stay, id) => ({ id, ...stay }));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first rule against each person who could not take all of an open run. */
function ruledOutOf(scene: Scene, project: string, weeks: readonly Week[], could: ReadonlySet<string>): PlanOpen['ruledOut'] {
  const { figures, request, today, hours } = scene;
  const wanted = figures.state.project.get(project)?.record.wantedHours ?? 0;
  const slot = slotOf(figures, project, 'sidekick', daysOf(scene, project, weeks), wanted, today);
  const freeHours = freeHoursOf(figures, weeks[0] ?? 0);
  const byRule = new Map<string, string[]>();
  for (const [id, { record }] of figures.state.person) {
    if (could.has(id)) continue;
    const isForbidden = request.forbid.some((pair) => pair.person === id && pair.project === project);
    const isSome = weeks.some((week) => hours.has(keyFor(id, project, week)));
    const rule = isForbidden ? 'forbidden' : (ruleAgainst(slot, record, freeHours)?.rule ?? (isSome ? 'some-weeks' : 'no-use'));
    byRule.set(rule, [...(byRule.get(rule) ?? []), id]);
  }
  return [...byRule].map(([rule, people]) => ({ rule, people }));
}

/** What stays open, in runs whose weeks the same people could take. */
function openOf(scene: Scene, { plan }: PlanOutcome): PlanOpen[] {
  const { problem, first, figures } = scene;
  const filled = new Set(plan.flatMap(({ project, weeks }) => weeks.map((iso) => keyFor(project, weekOf(iso) ?? 0))));
  const open = problem.runs.flatMap((run) => {
    const project = problem.projects[run.project]?.id ?? '';
    const weeks: Week[] = [];
    for (let at = run.first; at <= run.last; at++) if (!filled.has(keyFor(project, first + at))) weeks.push(first + at);
    return runsOf(weeks).map((part): PlanOpen => {
      const days = daysOf(scene, project, part);
      const could = whoCould(scene, project, part);
      return {
        ...{ project, weeks: labelsOf(scene, part), from: isoDay(days.from), to: isoDay(days.to), could },
        states: part.map((week) => figures.coverage(project, week) ?? 'none'),
        ruledOut: ruledOutOf(scene, project, part, new Set(could)),
      };
    });
  });
  return open.sort((a, b) => order(a.from, b.from) || order(a.project, b.project));
}

/** How near each goal is to the best: the first that is not proven has a bound, later ones are as good as was found. */
export function levelsOf({ status, vector, bound }: Pick<PlanOutcome, 'status' | 'vector' | 'bound'>): PlanLevel[] {
  let isOpen = false;
  return vector.map((value, at): PlanLevel => {
    const best = status === 'proven' ? value : (bound?.[at] ?? null);
    if (isOpen || best === null) return { status: 'open', bound: null, within: null };
    if (best === value) return { status: 'proven', bound: value, within: 0 };
    isOpen = true;
    return { status: 'bound', bound: best, within: withinOf(at, value, best) };
  });
}

/** As a share of the larger of the two; fit may be negative, so none can be told of it. */
function withinOf(at: number, value: number, best: number): number | null {
  if (at === 2) return null;
  const most = Math.max(Math.abs(value), Math.abs(best));
  return most === 0 ? 0 : Math.abs(best - value) / most;
}

/** What is told of an outcome. Pure, of the figures that the problem was made of. */
export function answerOf(figures: Figures, request: PlanRequest, problem: PlanProblem, outcome: PlanOutcome, today: string): PlanAnswer {
  const scene = sceneOf(figures, request, problem, outcome, today);
  const [o1 = 0, o2 = 0, o3 = 0, o4 = 0] = outcome.vector;
  return {
    head: figures.state.head,
    status: outcome.status,
    plan: outcome.plan.map(({ person, project, weeks }) => ({ person, project, weeks: [...weeks] })),
    vector: [o1, o2, o3, o4],
    bound: outcome.status === 'proven' || !outcome.bound ? null : [...outcome.bound],
    levels: levelsOf(outcome),
    seconds: outcome.seconds,
    slots: problem.slots,
    filled: outcome.plan.reduce((sum, { weeks }) => sum + weeks.length, 0),
    choices: choicesOf(scene, outcome),
    open: openOf(scene, outcome),
  };
}
