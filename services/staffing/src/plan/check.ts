import { everyRegion, nameKey, type Person, type Project, type TimeOff } from '@sidekick/contracts';
import type { State } from '../state/state.ts';
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

const dayMs = 86_400_000;
const tiny = 1e-9;
const toDay = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / dayMs;
const toIso = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
/** 0 is Monday. */
const weekday = (day: number): number => (new Date(day * dayMs).getUTCDay() + 6) % 7;

/** Monday of an ISO week: week 1 holds 4 January. */
function mondayOf(week: string): number {
  const [year = '', number = ''] = week.split('-W');
  const january = toDay(`${year}-01-04`);
  return january - weekday(january) + (Number(number) - 1) * 7;
}

function labelOf(monday: number): string {
  const year = new Date((monday + 3) * dayMs).getUTCFullYear();
  const number = (monday - mondayOf(`${year}-W01`)) / 7 + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

interface Work {
  readonly person: string;
  readonly project: string;
  readonly role: 'lead' | 'sidekick' | 'contributor';
  readonly from: number;
  readonly to: number;
  readonly hours: number;
  readonly tentative: boolean;
}

/** The days of one person, each worked out when asked for. */
class Days {
  readonly person: Person;
  private readonly leave: readonly TimeOff[];
  private readonly holidays: ReadonlyMap<string, number>;
  private readonly known = new Map<number, { gross: number; open: number; net: number }>();

  constructor(person: Person, leave: readonly TimeOff[], holidays: ReadonlyMap<string, number>) {
    this.person = person;
    this.leave = leave;
    this.holidays = holidays;
  }

  private patternAt(iso: string): Person['patterns'][number] | undefined {
    const sorted = [...this.person.patterns].sort((a, b) => (a.from < b.from ? -1 : 1));
    return sorted.filter(({ from }) => from <= iso).at(-1);
  }
  /** Hours of the pattern, contract ignored, those before the first as the first (A1, A2). */
  pattern(day: number): number {
    const first = [...this.person.patterns].sort((a, b) => (a.from < b.from ? -1 : 1))[0];
    return (this.patternAt(toIso(day)) ?? first)?.hours[weekday(day)] ?? 0;
  }
  patternWeek(monday: number): number {
    return sum(week(monday), (day) => this.pattern(day));
  }
  at(day: number): { gross: number; open: number; net: number } {
    const known = this.known.get(day);
    if (known) return known;
    const iso = toIso(day);
    const { contract } = this.person;
    const inside = (contract.from === null || contract.from <= iso) && (contract.to === null || iso <= contract.to);
    const gross = inside ? (this.patternAt(iso)?.hours[weekday(day)] ?? 0) : 0;
    const region = [...(this.person.moves ?? [])]
      .filter(({ from }) => from <= iso)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1);
    const own = region ? region.region : this.person.region;
    const portion = Math.max(this.holidays.get(`${own} ${iso}`) ?? 0, this.holidays.get(`${everyRegion} ${iso}`) ?? 0);
    const open = gross - gross * portion;
    const away = sum(
      this.leave.filter(({ from, to }) => from <= iso && iso <= to),
      ({ amount }) => ('hours' in amount ? amount.hours : gross * amount.portion),
    );
    const found = { gross, open, net: Math.max(0, open - away) };
    this.known.set(day, found);
    return found;
  }
  net(days: readonly number[]): number {
    return sum(days, (day) => this.at(day).net);
  }
}

const week = (monday: number): number[] => Array.from({ length: 7 }, (_, at) => monday + at);
const sum = <T>(items: Iterable<T>, of: (item: T) => number): number => {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
};

/** The records, ready to be asked by day. */
class Records {
  readonly people = new Map<string, Days>();
  readonly projects: readonly Project[];
  private readonly byPerson = new Map<string, Work[]>();
  private readonly byProject = new Map<string, Work[]>();

  constructor(state: State) {
    const holidays = new Map<string, number>();
    for (const { record } of state.holiday.values()) {
      const key = `${record.region} ${record.date}`;
      holidays.set(key, Math.max(holidays.get(key) ?? 0, record.portion));
    }
    const leave = [...state.timeOff.values()].map(({ record }) => record).filter((one) => one.state === 'approved');
    for (const { record } of state.person.values()) {
      this.people.set(
        record.id,
        new Days(
          record,
          leave.filter(({ person }) => person === record.id),
          holidays,
        ),
      );
    }
    this.projects = [...state.project.values()].map(({ record }) => record);
    for (const { record } of state.assignment.values()) {
      const project = state.project.get(record.project)?.record;
      if (project?.state === 'lost') continue;
      const one = {
        ...{ person: record.person, project: record.project, role: record.role, hours: record.hoursPerWeek },
        from: toDay(record.from),
        to: record.to === null ? Number.POSITIVE_INFINITY : toDay(record.to),
        tentative: project?.state === 'proposal' || record.state === 'tentative',
      };
      this.byPerson.set(one.person, [...this.workOf(one.person), one]);
      this.byProject.set(one.project, [...this.workOn(one.project), one]);
    }
  }

  workOf(person: string): readonly Work[] {
    return this.byPerson.get(person) ?? [];
  }
  workOn(project: string): readonly Work[] {
    return this.byProject.get(project) ?? [];
  }

  days(person: string): Days {
    const found = this.people.get(person);
    if (!found) throw new Error(`There is no person ${person}`);
    return found;
  }
  /** Effective hours of work on days (A1-A5). */
  effective({ person, from, to, hours }: Work, days: readonly number[]): number {
    const own = this.days(person);
    return sum(days, (day) => {
      if (day < from || day > to) return 0;
      const whole = own.patternWeek(day - weekday(day));
      return whole > tiny ? (hours * own.at(day).net) / whole : 0;
    });
  }
  activeDays({ from, to }: Project, monday: number): number[] {
    return week(monday).filter((day) => (from === null || day >= toDay(from)) && (to === null || day <= toDay(to)));
  }
  /** A13: the work holds an active day that is a workday of the person. */
  isAssigned(one: Work, active: readonly number[]): boolean {
    return active.some((day) => day >= one.from && day <= one.to && (weekday(day) < 5 || this.days(one.person).at(day).gross > tiny));
  }
  names(project: string, active: readonly number[], role: Work['role'], tentative: boolean, work = this.workOn(project)): Set<string> {
    const own = work.filter((one) => one.role === role && one.tentative === tentative);
    return new Set(own.filter((one) => this.isAssigned(one, active)).map(({ person }) => person));
  }
  hasLevels(person: string, { requiredSkills }: Project): boolean {
    const own = this.days(person).person.skills;
    const levelOf = (skill: string) =>
      Math.max(0, ...own.filter((one) => this.skill(one.skill) === this.skill(skill)).map(({ level }) => level));
    return requiredSkills.every(({ skill, level }) => levelOf(skill) >= level);
  }
  /** A skill by the name that its spellings share. */
  skill(word: string): string {
    return nameKey(word);
  }

  /** Coverage of a project-week (A11-A18), with more work than is recorded if given. */
  coverage(project: Project, monday: number, more: readonly Work[] = []): string | null {
    const active = this.activeDays(project, monday);
    const work = [...this.workOn(project.id), ...more];
    if (project.policy !== 'sidekick' || project.state !== 'agreed' || active.length === 0) return null;
    const worked = (one: Work) => active.some((day) => day >= one.from && day <= one.to && this.days(one.person).at(day).gross > tiny);
    if (active.every((day) => weekday(day) >= 5) && !work.some((one) => one.role !== 'contributor' && worked(one))) return null;
    const leads = this.names(project.id, active, 'lead', false, work);
    const sidekicks = new Set([...this.names(project.id, active, 'sidekick', false, work)].filter((person) => !leads.has(person)));
    const tentative = [...this.names(project.id, active, 'sidekick', true, work)].filter((person) => !leads.has(person));
    const all = [...leads, ...sidekicks];
    const has = (what: 'gross' | 'open') => all.some((person) => active.some((day) => this.days(person).at(day)[what] > tiny));
    if (has('gross') && !has('open')) return null;
    const hoursOf = (person: string) =>
      sum(
        work.filter((one) => one.person === person && !one.tentative),
        (one) => this.effective(one, active),
      );
    const works = (person: string) => hoursOf(person) > tiny;
    const some = [...sidekicks].some(works);
    if (leads.size > 0 && ![...leads].some(works) && !some) return 'alone';
    if (sidekicks.size === 0) return tentative.length === 0 ? 'none' : 'tentative';
    if (!some) return 'off';
    const inside = sum(sidekicks, (person) => sum(active, (day) => this.days(person).pattern(day)));
    const whole = sum(sidekicks, (person) => this.days(person).patternWeek(monday));
    const minimum = whole > tiny ? (project.minimumHours * inside) / whole : project.minimumHours;
    if (sum(sidekicks, hoursOf) < minimum - tiny) return 'thin';
    return [...sidekicks].some((person) => works(person) && this.hasLevels(person, project)) ? 'covered' : 'below-skill';
  }
  /** A21. */
  knowledge(person: string, project: string, on: number): number {
    const own = this.workOf(person).filter((one) => one.project === project && !one.tentative);
    return sum(own, (one) => {
      let total = 0;
      for (let day = Math.min(on, one.to); day >= Math.max(one.from, on - 90 * 40); day--) {
        total += this.effective(one, [day]) * 2 ** (-(on - day) / 90);
      }
      return total;
    });
  }
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
