import { type Day, meet, type Span, type Week, weekdayOf, weekSpan } from '@sidekick/calendar';
import type { CoverageState } from '@sidekick/contracts';
import type { ProjectBook, Work } from '../books/books.ts';
import { hoursIn, hoursOn, type PersonDays, patternOfWeek, TINY } from '../books/days.ts';
import { workIn } from '../capacity/work.ts';
import { missingIn } from '../skills/levels.ts';

/** Who is named on a project in a week (readings A13, A14) and what they do there (A15). Ids are sorted. */
export interface Crew {
  /** A12; false for proposals and lost projects. */
  readonly active: boolean;
  /** A11: holidays leave nobody of the leads and sidekicks any hours. */
  readonly closed: boolean;
  readonly leads: readonly string[];
  /** Those of `leads` whose contract holds an active day: work after its end is not done. */
  readonly leading: readonly string[];
  readonly sidekicks: readonly string[];
  /** Tentative sidekicks who do not lead the project in the week. */
  readonly tentative: readonly string[];
  /** Confirmed effective hours of `sidekicks` on the active days, in any role. */
  readonly sidekickHours: number;
  /** Tentative effective hours of `sidekicks` and `tentative` as sidekick on the active days. */
  readonly tentativeHours: number;
  /** null: the week does not count (A11). */
  readonly coverage: CoverageState | null;
}

/** Crews kept a project; a question over more weeks than this starts afresh. */
const MOST_CREWS = 2000;
const SATURDAY = 5;

const someDay = ({ from, to }: Span, holds: (day: Day) => boolean): boolean => {
  for (let day = from; day <= to; day++) if (holds(day)) return true;
  return false;
};
const isWeekday = (day: Day) => weekdayOf(day) < SATURDAY;

/** The assignment holds an active day that is Monday-Friday or has hours for its person (A13). */
const assignedOn = ({ span, days }: Work, active: Span): boolean =>
  someDay(meet(span, active), (day) => isWeekday(day) || hoursOn(days, 'gross', day) > TINY);

/** A12: an active day is Monday-Friday, or a lead or sidekick of either state has hours on one inside the assignment. */
const isActive = (work: readonly Work[], active: Span): boolean =>
  someDay(active, isWeekday) ||
  work.some(
    ({ assignment, span, days }) =>
      assignment.role !== 'contributor' && someDay(meet(span, active), (day) => hoursOn(days, 'gross', day) > TINY),
  );

/** A11: some lead or sidekick has hours on an active day, and holidays leave none of them anything on any. */
const isClosed = (people: readonly PersonDays[], active: Span): boolean =>
  people.some((days) => hoursIn(days, 'gross', active) > TINY) && !people.some((days) => hoursIn(days, 'open', active) > TINY);

/** The minimum, lowered by the share of the sidekicks' pattern that falls on active days (A17). */
const minimumIn = (minimum: number, sidekicks: readonly PersonDays[], active: Span, week: Week): number => {
  if (active.to - active.from === 6) return minimum;
  let inside = 0;
  let whole = 0;
  for (const days of sidekicks) {
    inside += hoursIn(days, 'pattern', active);
    whole += patternOfWeek(days, week);
  }
  return whole > TINY ? (minimum * inside) / whole : minimum;
};

interface Named {
  readonly leads: Map<string, PersonDays>;
  readonly sidekicks: Map<string, PersonDays>;
  readonly tentative: Map<string, PersonDays>;
}

/** L, S and T of A14, from work in the order of ids. */
const namedIn = (work: readonly Work[], active: Span): Named => {
  const named: Named = { leads: new Map(), sidekicks: new Map(), tentative: new Map() };
  for (const item of work) {
    const { role, person } = item.assignment;
    if (role === 'contributor' || (role === 'lead' && item.counts === 'tentative') || !assignedOn(item, active)) continue;
    const group = role === 'lead' ? named.leads : item.counts === 'confirmed' ? named.sidekicks : named.tentative;
    group.set(person, item.days);
  }
  for (const lead of named.leads.keys()) {
    named.sidekicks.delete(lead);
    named.tentative.delete(lead);
  }
  return named;
};

/** The first that holds, in the order of A16. */
const stateOf = (book: ProjectBook, named: Named, hours: ReadonlyMap<string, number>, active: Span, week: Week): CoverageState => {
  const { leads, sidekicks, tentative } = named;
  const works = (person: string) => (hours.get(person) ?? 0) > TINY;
  const working = [...sidekicks].filter(([person]) => works(person));
  if (leads.size > 0 && working.length === 0 && ![...leads.keys()].some(works)) return 'alone';
  if (sidekicks.size === 0) return tentative.size === 0 ? 'none' : 'tentative';
  if (working.length === 0) return 'off';
  const total = [...sidekicks.keys()].reduce((sum, person) => sum + (hours.get(person) ?? 0), 0);
  if (total < minimumIn(book.project.minimumHours, [...sidekicks.values()], active, week) - TINY) return 'thin';
  return working.some(([, days]) => !missingIn(days.person.skills, book.project.requiredSkills)) ? 'covered' : 'below-skill';
};

const idle: Crew = {
  active: false,
  closed: false,
  leads: [],
  leading: [],
  sidekicks: [],
  tentative: [],
  sidekickHours: 0,
  tentativeHours: 0,
  coverage: null,
};

const holdsDay = (contract: Span | undefined, active: Span): boolean => {
  const { from, to } = contract ? meet(contract, active) : { from: 0, to: -1 };
  return from <= to;
};

const names = (people: ReadonlyMap<string, PersonDays>) => [...people.keys()].sort();

const assemble = (book: ProjectBook, week: Week): Crew => {
  const active = meet(book.span, weekSpan(week));
  if (active.from > active.to) return idle;
  const named = namedIn(book.work, active);
  // A15: hours of everyone in any role, on active days.
  const hours = new Map<string, number>();
  let tentativeHours = 0;
  for (const item of book.work) {
    const { person, role } = item.assignment;
    if (item.counts === 'confirmed') hours.set(person, (hours.get(person) ?? 0) + workIn(item, 'effective', active));
    else if (role === 'sidekick' && !named.leads.has(person)) tentativeHours += workIn(item, 'effective', active);
  }
  // A proposal's weeks, and those of what was lost, never count (DESIGN §3).
  const isOn = book.project.state === 'agreed' && isActive(book.work, active);
  const closed = isClosed([...named.leads.values(), ...named.sidekicks.values()], active);
  return {
    active: isOn,
    closed,
    leads: names(named.leads),
    leading: names(named.leads).filter((person) => holdsDay(named.leads.get(person)?.contract, active)),
    sidekicks: names(named.sidekicks),
    tentative: names(named.tentative),
    sidekickHours: [...named.sidekicks.keys()].reduce((sum, person) => sum + (hours.get(person) ?? 0), 0),
    tentativeHours,
    coverage: isOn && !closed && book.project.policy === 'sidekick' ? stateOf(book, named, hours, active, week) : null,
  };
};

const crewsOf = new WeakMap<ProjectBook, Map<Week, Crew>>();

/** Who is named on the project in the week and whether it is covered; computed once for the same records. */
export const crewOf = (book: ProjectBook, week: Week): Crew => {
  const crews = crewsOf.get(book) ?? new Map<Week, Crew>();
  const known = crews.get(week);
  if (known) return known;
  const crew = assemble(book, week);
  if (crews.size >= MOST_CREWS) crews.clear();
  crewsOf.set(book, crews.set(week, crew));
  return crew;
};
