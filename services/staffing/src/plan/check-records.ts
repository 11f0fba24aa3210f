import { everyRegion, nameKey, type Person, type Project, type TimeOff } from '@sidekick/contracts';
import type { State } from '../state/state.ts';

const dayMs = 86_400_000;
export const tiny = 1e-9;
export const toDay = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / dayMs;
const toIso = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
/** 0 is Monday. */
const weekday = (day: number): number => (new Date(day * dayMs).getUTCDay() + 6) % 7;

/** Monday of an ISO week: week 1 holds 4 January. */
export function mondayOf(week: string): number {
  const [year = '', number = ''] = week.split('-W');
  const january = toDay(`${year}-01-04`);
  return january - weekday(january) + (Number(number) - 1) * 7;
}

export function labelOf(monday: number): string {
  const year = new Date((monday + 3) * dayMs).getUTCFullYear();
  const number = (monday - mondayOf(`${year}-W01`)) / 7 + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

export interface Work {
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

export const week = (monday: number): number[] => Array.from({ length: 7 }, (_, at) => monday + at);
export const sum = <T>(items: Iterable<T>, of: (item: T) => number): number => {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
};

/** The records, ready to be asked by day. */
export class Records {
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
