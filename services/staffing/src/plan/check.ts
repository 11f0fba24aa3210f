import type { Project } from '@sidekick/contracts';
import type { State } from '../state/state.ts';
import { labelOf, mondayOf, Records, sum, tiny, toDay, type Work, week } from './check-records.ts';
import type { PlanChoice } from './outcome.ts';
import type { PlanRequest } from './problem.ts';

/**
 * Judges a plan from the records alone, day by day, by the readings A1-A29 and P1-P10. It shares no code with the problem, the model or
 * the figures, and is slow for it: what is right twice by two ways is right.
 */
export interface Judgement {
  /** What the plan breaks, in words for whoever mends the program; empty: nothing. */
  readonly broken: readonly string[];
  readonly vector: readonly [number, number, number, number];
}

const roundedUp = (value: number): number => Math.ceil((value - tiny) * 10_000) / 10_000;

interface Planned {
  readonly person: string;
  readonly project: Project;
  readonly monday: number;
  readonly work: Work;
  readonly hours: number;
}

/** Judges the choices of a plan; `asOf` is the ISO day on which knowledge is weighed. */
export function checkPlan(state: State, request: PlanRequest, asOf: string, plan: readonly PlanChoice[]): Judgement {
  const records = new Records(state);
  const broken: string[] = [];
  const mondays: number[] = [];
  for (let monday = mondayOf(request.weeks[0]); monday <= mondayOf(request.weeks[1]); monday += 7) mondays.push(monday);
  const planned = plan.flatMap((choice) => plannedOf(records, choice, mondays, broken));
  for (const one of planned) broken.push(...brokenBySlot(records, request, one));
  broken.push(...brokenByLoad(records, request, planned));
  broken.push(...brokenByProject(records, request, planned, mondays));
  for (const lock of request.locks) {
    for (let monday = mondayOf(lock.weeks[0]); monday <= mondayOf(lock.weeks[1]); monday += 7) {
      const holds = planned.some((one) => one.person === lock.person && one.project.id === lock.project && one.monday === monday);
      if (!holds) broken.push(`P10 ${lock.person} ${lock.project} ${labelOf(monday)}`);
    }
  }
  return { broken, vector: vectorOf(records, planned, mondays, toDay(asOf), state) };
}

function plannedOf(records: Records, { person, project, weeks }: PlanChoice, mondays: readonly number[], broken: string[]): Planned[] {
  const record = records.projects.find(({ id }) => id === project);
  if (!record || !records.people.has(person)) {
    broken.push(`P4 ${person} ${project} is unknown`);
    return [];
  }
  if (new Set(weeks).size !== weeks.length) broken.push(`P9 ${person} ${project} twice in a week`);
  return weeks.flatMap((label) => {
    const monday = mondayOf(label);
    const active = records.activeDays(record, monday);
    if (!mondays.includes(monday) || labelOf(monday) !== label || active.length === 0) {
      broken.push(`P1 ${project} ${label} is no week of the plan`);
      return [];
    }
    const [from, to] = [active[0] ?? 0, active.at(-1) ?? 0];
    const work: Work = { person, project, role: 'sidekick', from, to, hours: record.wantedHours, tentative: false };
    return [{ person, project: record, monday, work, hours: records.effective(work, active) }];
  });
}

/** P1, P2 and P4. */
function brokenBySlot(records: Records, request: PlanRequest, { person, project, monday, work, hours }: Planned): string[] {
  const broken: string[] = [];
  const where = `${person} ${project.id} ${labelOf(monday)}`;
  const active = records.activeDays(project, monday);
  const before = records.coverage(project, monday);
  if (before === null || before === 'covered') broken.push(`P1 ${where} is ${before}`);
  const leads = records.names(project.id, active, 'lead', false);
  const freelance = (id: string) => records.days(id).person.employment === 'freelance';
  if (request.forbid.some((one) => one.person === person && one.project === project.id)) broken.push(`P2 ${where} is forbidden`);
  if (!records.hasLevels(person, project)) broken.push(`P2 ${where} lacks a level`);
  if (leads.has(person)) broken.push(`P2 ${where} leads`);
  if (records.names(project.id, active, 'sidekick', false).has(person)) broken.push(`P2 ${where} is sidekick already`);
  if (freelance(person) && [...leads].some(freelance)) broken.push(`P2 ${where} is freelance as a lead is`);
  if (hours <= tiny) broken.push(`P4 ${where} has no hours`);
  else if (records.coverage(project, monday, [work]) !== 'covered') broken.push(`P4 ${where} does not cover`);
  return broken;
}

/** P5 and P6. */
function brokenByLoad(records: Records, request: PlanRequest, planned: readonly Planned[]): string[] {
  const broken: string[] = [];
  for (const key of new Set(planned.map(({ person, monday }) => `${person} ${monday}`))) {
    const [person = '', number] = key.split(' ');
    const monday = Number(number);
    const own = planned.filter((one) => one.person === person && one.monday === monday);
    const taken = records.workOf(person).filter((one) => request.reserveTentative || !one.tentative);
    const days = records.days(person);
    const remaining =
      days.net(week(monday)) * (1 - days.person.operationsShare) - sum(taken, (one) => records.effective(one, week(monday)));
    if (sum(own, ({ hours }) => hours) > Math.max(0, remaining) + 0.01 + tiny) broken.push(`P5 ${person} ${labelOf(monday)}`);
    const named = new Set(records.workOf(person).map(({ project }) => project));
    const confirmed = records.projects.filter((project) => {
      if (!named.has(project.id)) return false;
      const active = records.activeDays(project, monday);
      return (
        records.names(project.id, active, 'sidekick', false).has(person) && !records.names(project.id, active, 'lead', false).has(person)
      );
    });
    if (confirmed.length + own.length > request.maxSidekickProjects) broken.push(`P6 ${person} ${labelOf(monday)}`);
  }
  return broken;
}

/** P7, P8 and P9. */
function brokenByProject(records: Records, request: PlanRequest, planned: readonly Planned[], mondays: readonly number[]): string[] {
  const broken: string[] = [];
  for (const project of new Set(planned.map((one) => one.project))) {
    const own = planned.filter((one) => one.project === project);
    if (new Set(own.map(({ person }) => person)).size > request.maxSidekicks) broken.push(`P8 ${project.id}`);
    const holder = new Map<number, string>();
    for (const { person, monday } of own) {
      if (holder.has(monday)) broken.push(`P9 ${project.id} ${labelOf(monday)}`);
      holder.set(monday, person);
    }
    const isSlot = (monday: number) => mondays.includes(monday) && ![null, 'covered'].includes(records.coverage(project, monday));
    for (const monday of mondays) {
      if (!isSlot(monday) || isSlot(monday - 7)) continue;
      let end = monday;
      while (isSlot(end + 7)) end += 7;
      const least = Math.min(request.minStay, (end - monday) / 7 + 1);
      for (let at = monday; at <= end; ) {
        let to = at;
        while (to < end && holder.get(to + 7) === holder.get(at)) to += 7;
        if (holder.has(at) && (to - at) / 7 + 1 < least) broken.push(`P7 ${holder.get(at)} ${project.id} ${labelOf(at)}`);
        at = to + 7;
      }
    }
  }
  return broken;
}

/** O1 to O5. */
function vectorOf(
  records: Records,
  planned: readonly Planned[],
  mondays: readonly number[],
  asOf: number,
  state: State,
): Judgement['vector'] {
  const filled = sum(new Set(planned.map(({ project, monday }) => `${project.id} ${monday}`)), (key) => {
    const project = records.projects.find(({ id }) => id === key.split(' ')[0]);
    return 2 ** (5 - (project?.priority ?? 3));
  });
  const confirmedOf = (person: string, days: readonly number[], role?: Work['role']) =>
    sum(
      records.workOf(person).filter((one) => !one.tentative && (role === undefined || one.role === role)),
      (one) => records.effective(one, days),
    );
  let peak = 0;
  for (const { person, monday } of planned) {
    const own = planned.filter((one) => one.person === person && one.monday === monday);
    const load = confirmedOf(person, week(monday)) + sum(own, ({ hours }) => hours);
    peak = Math.max(peak, roundedUp(load / records.days(person).net(week(monday))));
  }
  const pairs = new Map(planned.map((one) => [`${one.person} ${one.project.id}`, one]));
  const fitOf = (person: string, project: Project) => {
    const known = records.knowledge(person, project.id, asOf);
    const volunteers = [...state.volunteer.values()].some(({ record }) => record.person === person && record.project === project.id);
    const wished = [...state.wish.values()]
      .filter(({ record }) => record.person === person)
      .map(({ record }) => records.skill(record.skill));
    const wishes = project.requiredSkills.some(({ skill }) => wished.includes(records.skill(skill)));
    return (known >= 20 - tiny ? 2 : known >= 8 - tiny ? 1 : 0) + (volunteers ? 3 : 0) + (wishes ? 1 : 0);
  };
  const fit = sum(pairs.values(), ({ person, project }) => {
    const weeks = planned.filter((one) => one.person === person && one.project === project).length;
    return weeks * fitOf(person, project) - 3;
  });
  const range = mondays.flatMap(week);
  let share = 0;
  for (const [person, days] of records.people) {
    const net = days.net(range);
    if (net <= tiny) continue;
    const hours =
      confirmedOf(person, range, 'sidekick') +
      sum(
        planned.filter((one) => one.person === person),
        (one) => one.hours,
      );
    share = Math.max(share, roundedUp(hours / net));
  }
  return [filled, peak, fit, share];
}
