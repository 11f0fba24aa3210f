import { type Day, mondayOf, type Week } from '@sidekick/calendar';
import type { CoverageState } from '@sidekick/contracts';
import type { ProjectBook } from '../books/books.ts';
import { epsilon, hoursBetween, hoursOn, type PersonDays, patternOfWeek } from '../books/days.ts';
import { LEADING, LEADS, type Names, namesBy, type Place, type Roster, rosterOf, SIDEKICK, TENTATIVE } from './roster.ts';

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
const mostCrews = 2000;
const saturday = 5;

/** The active days of a week of a project; `marks` and `hours` of its roster are of them. */
interface Scene {
  readonly roster: Roster;
  readonly week: Week;
  readonly monday: Day;
  readonly from: Day;
  readonly to: Day;
}

const hasHours = (days: PersonDays, from: Day, to: Day): boolean => {
  for (let day = from; day <= to; day++) if (hoursOn(days, 'gross', day) > epsilon) return true;
  return false;
};

/** A13: one of the days is Monday-Friday or has hours for the person. */
const holdsWork = (days: PersonDays, monday: Day, from: Day, to: Day): boolean => from - monday < saturday || hasHours(days, from, to);

/** A12: an active day is Monday-Friday, or a lead or sidekick of either state has hours on one inside the assignment. */
const isActive = ({ roster, monday, from, to }: Scene): boolean =>
  from - monday < saturday ||
  roster.places.some(
    ({ work: { assignment, days }, from: first, to: last }) =>
      assignment.role !== 'contributor' && hasHours(days, Math.max(first, from), Math.min(last, to)),
  );

const effectiveOf = ({ work: { assignment, days } }: Place, from: Day, to: Day): number =>
  assignment.hoursPerWeek === 0 ? 0 : assignment.hoursPerWeek * hoursBetween(days, 'effective', from, to);

/**
 * Marks L, S and T of A14 and sums the confirmed hours of everyone in any role (A15). Answers S by number, in the order of the
 * assignments, which sums go by.
 */
const muster = ({ roster: { people, places, marks, hours }, monday, from, to }: Scene): number[] => {
  marks.fill(0);
  hours.fill(0);
  const sidekicks: number[] = [];
  for (const place of places) {
    const { who, as } = place;
    const first = Math.max(place.from, from);
    const last = Math.min(place.to, to);
    if (first > last) continue;
    if (place.confirmed) hours[who] = (hours[who] ?? 0) + effectiveOf(place, first, last);
    const known = marks[who] ?? 0;
    if ((known & as) !== 0 || as === 0 || !holdsWork(place.work.days, monday, first, last)) continue;
    marks[who] = known | as;
    if (as === SIDEKICK) sidekicks.push(who);
  }
  // Who leads is nothing else there.
  let leads = 0;
  for (let who = 0; who < marks.length; who++) {
    const contract = people[who]?.contract;
    if (!contract || ((marks[who] ?? 0) & LEADS) === 0) continue;
    leads++;
    marks[who] = Math.max(contract.from, from) <= Math.min(contract.to, to) ? LEADS | LEADING : LEADS;
  }
  return leads === 0 ? sidekicks : sidekicks.filter((who) => ((marks[who] ?? 0) & SIDEKICK) !== 0);
};

/** Of sidekicks who do not lead, in any week that their assignment holds a day of. */
const tentativeHoursOf = ({ roster: { places, marks }, from, to }: Scene): number => {
  let total = 0;
  for (const place of places) {
    if (place.as !== TENTATIVE || ((marks[place.who] ?? 0) & LEADS) !== 0) continue;
    total += effectiveOf(place, Math.max(place.from, from), Math.min(place.to, to));
  }
  return total;
};

/** A11: some lead or sidekick has hours on an active day, and holidays leave none of them anything on any. */
const isClosed = ({ roster: { people, marks }, from, to }: Scene): boolean => {
  let some = false;
  for (let who = 0; who < marks.length; who++) {
    const days = people[who];
    if (!days || ((marks[who] ?? 0) & (LEADS | SIDEKICK)) === 0) continue;
    if (hoursBetween(days, 'open', from, to) > epsilon) return false;
    some ||= hoursBetween(days, 'gross', from, to) > epsilon;
  }
  return some;
};

/** The minimum, lowered by the share of the sidekicks' pattern that falls on active days (A17). */
const minimumIn = ({ roster: { book, people }, week, from, to }: Scene, sidekicks: readonly number[], also?: PersonDays): number => {
  const { minimumHours } = book.project;
  if (to - from === 6) return minimumHours;
  let inside = also ? hoursBetween(also, 'pattern', from, to) : 0;
  let whole = also ? patternOfWeek(also, week) : 0;
  for (const who of sidekicks) {
    const days = people[who];
    if (!days) continue;
    inside += hoursBetween(days, 'pattern', from, to);
    whole += patternOfWeek(days, week);
  }
  return whole > epsilon ? (minimumHours * inside) / whole : minimumHours;
};

/** The first that holds, in the order of A16. */
const stateOf = (scene: Scene, { leads, tentative }: Names, sidekicks: readonly number[], sidekickHours: number): CoverageState => {
  const { marks, hours, isSkilled } = scene.roster;
  const works = (who: number) => (hours[who] ?? 0) > epsilon;
  const someWork = sidekicks.some(works);
  if (leads.length > 0 && !someWork && !marks.some((mark, who) => (mark & LEADS) !== 0 && works(who))) return 'alone';
  if (sidekicks.length === 0) return tentative.length === 0 ? 'none' : 'tentative';
  if (!someWork) return 'off';
  if (sidekickHours < minimumIn(scene, sidekicks) - epsilon) return 'thin';
  return sidekicks.some((who) => works(who) && isSkilled(who)) ? 'covered' : 'below-skill';
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

/** Of one roster, whose lists of names are the same where the people are. */
const isSame = (one: Crew, other: Crew): boolean =>
  one.coverage === other.coverage &&
  one.active === other.active &&
  one.closed === other.closed &&
  one.sidekickHours === other.sidekickHours &&
  one.tentativeHours === other.tentativeHours &&
  one.leads === other.leads;

const sceneOf = (roster: Roster, week: Week): Scene => {
  const { span } = roster.book;
  const monday = mondayOf(week);
  return { roster, week, monday, from: Math.max(span.from, monday), to: Math.min(span.to, monday + 6) };
};

const assemble = (roster: Roster, week: Week): Crew => {
  const { book } = roster;
  const scene = sceneOf(roster, week);
  if (scene.from > scene.to) return idle;
  const sidekicks = muster(scene);
  const names = namesBy(roster);
  let sidekickHours = 0;
  for (const who of sidekicks) sidekickHours += roster.hours[who] ?? 0;
  // A proposal's weeks, and those of what was lost, never count.
  const active = book.project.state === 'agreed' && isActive(scene);
  const closed = isClosed(scene);
  return {
    active,
    closed,
    leads: names.leads,
    leading: names.leading,
    sidekicks: names.sidekicks,
    tentative: names.tentative,
    sidekickHours,
    tentativeHours: tentativeHoursOf(scene),
    coverage: active && !closed && book.project.policy === 'sidekick' ? stateOf(scene, names, sidekicks, sidekickHours) : null,
  };
};

interface VersionedRecord {
  readonly roster: Roster;
  readonly crews: Map<Week, Crew>;
  /** Most weeks are like the one before: thousands then hold a few. */
  last: Crew;
}
const kept = new WeakMap<ProjectBook, VersionedRecord>();

const keptOf = (book: ProjectBook): VersionedRecord => {
  const known = kept.get(book);
  if (known) return known;
  const fresh: VersionedRecord = { roster: rosterOf(book), crews: new Map(), last: idle };
  kept.set(book, fresh);
  return fresh;
};

/** Who is named on the project in the week and whether it is covered; computed once for the same records. */
export const crewOf = (book: ProjectBook, week: Week): Crew => {
  const own = keptOf(book);
  const known = own.crews.get(week);
  if (known) return known;
  const crew = assemble(own.roster, week);
  if (!isSame(crew, own.last)) own.last = crew;
  if (own.crews.size >= mostCrews) own.crews.clear();
  own.crews.set(week, own.last);
  return own.last;
};

/** Hours that the sidekicks of the week, and one more, need together; none where no day of it is active (A17). */
export const minimumOf = (book: ProjectBook, week: Week, also?: PersonDays): number => {
  const scene = sceneOf(keptOf(book).roster, week);
  return scene.from > scene.to ? 0 : minimumIn(scene, muster(scene), also);
};
