import { type Day, dayOf, isoDay, openTo, type Span, type Week, weekOfDay, weekSpan } from '@sidekick/calendar';
import type { AssignmentRole, CalendarEntry, RecordKind, Records } from '@sidekick/contracts';
import { NotFound } from '@sidekick/service-kit';
import { countsIn } from '../../books/counts.ts';
import { ofPerson, ofProject } from '../../kinds/records-of.ts';
import type { State, VersionedRecord } from '../../state/state.ts';

/** As entries are told when it is known at what time a change set was made. */
export type TellEntry = CalendarEntry extends infer E ? (E extends unknown ? Omit<E, 'changedAt'> : never) : never;
export interface Told {
  readonly name: string;
  readonly entries: readonly TellEntry[];
}

/** Calendars show a year of what was; of who was away a quarter, since there the whole group is in one list. */
const weeksBack = { own: 52, absences: 13 } as const;
/** How far work without an end, and the weeks of a crew, are told. */
const weeksAhead = 104;

/** By whole weeks, so that what is told stays the same from Monday to Sunday. */
function shownFrom(today: string, back: number): Span {
  const week = weekOfDay(dayOf(today));
  return { from: weekSpan(week - back).from, to: weekSpan(week + weeksAhead).to };
}

function recordOf<K extends RecordKind>(state: State, kind: K, id: string): VersionedRecord<Records[K]> {
  const found = state[kind].get(id) as VersionedRecord<Records[K]> | undefined;
  if (!found) throw new NotFound('no-record', 'There is no record of this id');
  return found;
}

const versionOf = (state: State, kind: RecordKind, id: string): number => state[kind].get(id)?.version ?? 0;

/** How somebody is called, and since which change set. */
function calledIn(state: State, person: string): { name: string; since: number } {
  const found = state.person.get(person);
  return { name: found?.record.private.name ?? '', since: found?.version ?? 0 };
}

const byDay = (a: TellEntry, b: TellEntry) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1);

/** Work and leave of one person: what is declined or lost is not there, what is not agreed is tentative. Throws NotFound. */
export function ownEntries(state: State, id: string, today: string): Told {
  const { record } = recordOf(state, 'person', id);
  const shown = shownFrom(today, weeksBack.own);
  const [first, last] = [isoDay(shown.from), isoDay(shown.to)];
  const entries: TellEntry[] = [];
  for (const work of ofPerson(state.assignment, id)) {
    if ((work.to ?? last) < first || (work.to === null && work.from > last)) continue;
    const counts = countsIn(state, work);
    if (counts === 'nowhere') continue;
    const project = state.project.get(work.project);
    entries.push({
      ...{ kind: 'work', id: work.id, from: work.from, to: work.to ?? last, open: work.to === null },
      ...{ role: work.role, hoursPerWeek: work.hoursPerWeek, project: project?.record.name ?? '', tentative: counts === 'tentative' },
      version: Math.max(versionOf(state, 'assignment', work.id), project?.version ?? 0),
    });
  }
  for (const leave of ofPerson(state.timeOff, id)) {
    if (leave.state === 'declined' || leave.to < first) continue;
    const { from, to, amount, state: standing } = leave;
    entries.push({
      kind: 'leave',
      id: leave.id,
      from,
      to,
      amount,
      tentative: standing === 'requested',
      version: versionOf(state, 'timeOff', leave.id),
    });
  }
  return { name: record.private.name, entries: entries.sort(byDay) };
}

/** Approved leave of everybody, as "away". */
export function awayEntries(state: State, today: string): Told {
  const first = isoDay(shownFrom(today, weeksBack.absences).from);
  const entries: TellEntry[] = [];
  for (const { record, version } of state.timeOff.values()) {
    if (record.state !== 'approved' || record.to < first) continue;
    const { id, person, from, to, amount } = record;
    const { name, since } = calledIn(state, person);
    entries.push({ kind: 'away', id, from, to, amount, person: name, version: Math.max(version, since) });
  }
  return { name: 'Away', entries: entries.sort(byDay) };
}

interface Member {
  readonly name: string;
  readonly role: AssignmentRole;
  readonly hoursPerWeek: number;
  readonly tentative: boolean;
}
interface Working extends Member {
  readonly first: Week;
  readonly last: Week;
  readonly days: Span;
  readonly version: number;
}

const roles: readonly AssignmentRole[] = ['lead', 'sidekick', 'contributor'];
const byRole = (a: Member, b: Member) =>
  roles.indexOf(a.role) - roles.indexOf(b.role) || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.hoursPerWeek - b.hoursPerWeek);

/** The crew of a project: an entry for each run of weeks in which it is the same, from the first day that one of them works to the last. Throws NotFound. */
export function crewEntries(state: State, id: string, today: string): Told {
  const { record: project, version } = recordOf(state, 'project', id);
  const shown = shownFrom(today, weeksBack.own);
  const working: Working[] = [];
  for (const work of ofProject(state.assignment, id)) {
    const counts = countsIn(state, work);
    if (counts === 'nowhere') continue;
    const days = { from: Math.max(dayOf(work.from), shown.from), to: Math.min(openTo(work.to), shown.to) };
    if (days.to < days.from) continue;
    const { role, hoursPerWeek } = work;
    const { name, since: named } = calledIn(state, work.person);
    const member = { name, role, hoursPerWeek, tentative: counts === 'tentative' };
    working.push({
      ...member,
      days,
      version: Math.max(versionOf(state, 'assignment', work.id), named),
      first: weekOfDay(days.from),
      last: weekOfDay(days.to),
    });
  }
  const entries = runsOf(working.sort(byRole)).map(({ days, crew }): TellEntry => {
    const people = crew.map(({ name, role, hoursPerWeek, tentative }) => ({ name, role, hoursPerWeek, tentative }));
    return {
      ...{ kind: 'crew', id, from: isoDay(days.from), to: isoDay(days.to), project: project.name, people },
      tentative: people.every(({ tentative }) => tentative),
      version: Math.max(version, ...crew.map((one) => one.version)),
    };
  });
  return { name: project.name, entries };
}

/** Runs of weeks between those in which somebody begins or the week after somebody ends. */
function runsOf(working: readonly Working[]): { days: Span; crew: readonly Working[] }[] {
  const turns = [...new Set(working.flatMap(({ first, last }) => [first, last + 1]))].sort((a, b) => a - b);
  return turns.flatMap((week, at) => {
    const next = turns[at + 1];
    const crew = next === undefined ? [] : working.filter(({ first, last }) => first <= week && last >= week);
    if (next === undefined || crew.length === 0) return [];
    const day = (pick: (...days: Day[]) => Day, end: 'from' | 'to') => pick(...crew.map(({ days }) => days[end]));
    const days = {
      from: Math.max(weekSpan(week).from, day(Math.min, 'from')),
      to: Math.min(weekSpan(next - 1).to, day(Math.max, 'to')),
    };
    return [{ days, crew }];
  });
}
