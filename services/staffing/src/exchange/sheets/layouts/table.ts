import { type Day, dayOf, isoDay, meet, mondayOf, openFrom, openTo, type Span, weekdayOf, weekOfDay, weekSpan } from '@sidekick/calendar';
import type { Assignment, Person, SheetExportQuery, TimeOff } from '@sidekick/contracts';
import { ofPerson, ofProject } from '../../../kinds/records-of.ts';
import type { State } from '../../../state/state.ts';
import { personInCell, projectInCell } from '../matching/cell-names.ts';
import { portionOf } from '../matching/leave.ts';
import { hoursOf, shareOf } from '../matching/standing.ts';
import { rounded } from '../rows/book.ts';
import { byCodePoints } from '../rows/notes.ts';

export type CellOut = string | number | null;
export type Table = CellOut[][];

type Layout = SheetExportQuery['layout'];
interface Member {
  readonly person: Person;
  readonly name: string;
}
interface Out {
  readonly state: State;
  readonly span: Span;
  readonly members: readonly Member[];
  /** By id, of the projects that a cell can name. */
  readonly projects: ReadonlyMap<string, string>;
}

/**
 * What is planned from one day to another as a capacity sheet in one of the four layouts, such that it is read back as the same. Weeks are
 * whole. Names that no cell can hold stand in a line above the header.
 */
export function tableOf(state: State, layout: Layout, from: string, to: string): Table {
  const span = spanOf(layout, dayOf(from), dayOf(to));
  const leftOut: string[] = [];
  const members = membersOf(state, span, leftOut);
  const projects = projectsOf(state, span, leftOut);
  const out = { state, span, members, projects };
  const rows = { A: byWeek, B: byDay, C: byProject, D: asList }[layout](out);
  if (leftOut.length === 0) return rows;
  return [[`Not in this sheet, since a cell cannot hold these names: ${leftOut.join(' · ')}`], ...rows];
}

/** Whole weeks, two at the least: one column is no header. A list has the days as they are. */
function spanOf(layout: Layout, from: Day, to: Day): Span {
  if (layout === 'D') return { from, to };
  const first = weekOfDay(from);
  return { from: mondayOf(first), to: weekSpan(Math.max(weekOfDay(to), first + 1)).to };
}

function membersOf({ person: all }: State, span: Span, leftOut: string[]): Member[] {
  const members: Member[] = [];
  for (const { record: person } of all.values()) {
    const { name } = person.private;
    const contract = { from: openFrom(person.contract.from), to: openTo(person.contract.to) };
    if (contract.from > span.to || contract.to < span.from) continue;
    const inCell = personInCell(name);
    if (inCell === null) leftOut.push(name);
    else members.push({ person, name: inCell });
  }
  return members.sort((a, b) => byCodePoints(a.name, b.name));
}

function projectsOf({ project: all }: State, span: Span, leftOut: string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { record } of all.values()) {
    if (record.state === 'lost' || openFrom(record.from) > span.to || openTo(record.to) < span.from) continue;
    const inCell = projectInCell(record.name);
    if (inCell === null) leftOut.push(record.name);
    else names.set(record.id, inCell);
  }
  return new Map([...names].sort(([, a], [, b]) => byCodePoints(a, b)));
}

const daysOfWork = ({ from, to }: Assignment): Span => ({ from: openFrom(from), to: openTo(to) });
const daysOfLeave = ({ from, to }: TimeOff): Span => ({ from: dayOf(from), to: dayOf(to) });
const isThere = ({ from, to }: Span): boolean => from <= to;

const weekHours = ({ person }: Member, span: Span): number =>
  rounded(
    hoursOf(person, span.from).reduce((sum, one) => sum + one, 0),
    2,
  );
const marks = { lead: 'L', sidekick: 'SK', contributor: '' } as const;

function marked(text: string, role: Assignment['role'], isTentative: boolean): string {
  const inside = [marks[role], isTentative ? 'tbc' : ''].filter(Boolean).join(', ');
  return inside === '' ? text : `${text} (${inside})`;
}

const leaveOf = (portion: number, isTentative: boolean): string => {
  const amount = portion >= 0.99995 ? '' : ` ${rounded(portion * 100, 2)}%`;
  return `leave${amount}${isTentative ? ' (tbc)' : ''}`;
};

const mondays = ({ from, to }: Span): Day[] => Array.from({ length: Math.floor((to - from + 1) / 7) }, (_, at) => from + at * 7);

/** Leave of a person, declined ones aside. */
const leaveIn = ({ state }: Out, { person }: Member): TimeOff[] =>
  [...ofPerson(state.timeOff, person.id)].filter((one) => one.state !== 'declined');
const workIn = ({ state, projects }: Out, { person }: Member): Assignment[] =>
  [...ofPerson(state.assignment, person.id)]
    .filter(({ project }) => projects.has(project))
    .sort((a, b) => byCodePoints(projects.get(a.project) ?? '', projects.get(b.project) ?? ''));

/** Hours of an assignment in a week that it holds in part. */
const hoursIn = (one: Assignment, person: Person, monday: Day): number => {
  const span = meet(daysOfWork(one), { from: monday, to: monday + 6 });
  return isThere(span) ? rounded(one.hoursPerWeek * shareOf(person, span), 2) : 0;
};

function portionIn(one: TimeOff, person: Person, state: State, monday: Day): number {
  const span = meet(daysOfLeave(one), { from: monday, to: monday + 6 });
  return isThere(span) ? rounded(portionOf(one, state) * shareOf(person, span), 4) : 0;
}

const isTentative = ({ state }: Assignment | TimeOff): boolean => state === 'tentative' || state === 'requested';

function byWeek(out: Out): Table {
  const weeks = mondays(out.span);
  const rows = out.members.map((member): CellOut[] => {
    const [work, leave] = [workIn(out, member), leaveIn(out, member)];
    const cells = weeks.map((monday) => {
      const entries = work.flatMap((one) => {
        const hours = hoursIn(one, member.person, monday);
        return hours > 0 ? [marked(`${out.projects.get(one.project)} ${hours}h`, one.role, isTentative(one))] : [];
      });
      const away = leave.flatMap((one) => {
        const portion = portionIn(one, member.person, out.state, monday);
        return portion > 0 ? [leaveOf(portion, isTentative(one))] : [];
      });
      return [...entries, ...away].join('; ') || null;
    });
    return [member.name, weekHours(member, out.span), ...cells];
  });
  return [['Name', 'Hours/week', ...weeks.map(isoDay)], ...rows];
}

const workingDays = 5;

function byDay(out: Out): Table {
  const days: Day[] = [];
  for (let day = out.span.from; day <= out.span.to; day++) if (weekdayOf(day) < workingDays) days.push(day);
  const rows = out.members.map((member): CellOut[] => {
    const [work, leave] = [workIn(out, member), leaveIn(out, member)];
    const cells = days.map((day) => {
      const holds = ({ from, to }: Span) => from <= day && day <= to;
      const entries = work.flatMap((one) => {
        const hours = rounded(one.hoursPerWeek / workingDays, 4);
        return holds(daysOfWork(one)) && hours > 0
          ? [marked(`${out.projects.get(one.project)} ${hours}h`, one.role, isTentative(one))]
          : [];
      });
      const away = leave.flatMap((one) =>
        holds(daysOfLeave(one)) ? [leaveOf(rounded(portionOf(one, out.state), 4), isTentative(one))] : [],
      );
      return [...entries, ...away].join('; ') || null;
    });
    return [member.name, weekHours(member, out.span), workingDays, ...cells];
  });
  return [['Name', 'Hours/week', 'Days/week', ...days.map(isoDay)], ...rows];
}

const roles = { lead: 'Lead', sidekick: 'Sidekick', contributor: 'Contributor' } as const;

function byProject(out: Out): Table {
  const { state, span, members, projects } = out;
  const weeks = mondays(span);
  const byId = new Map(members.map((member) => [member.person.id, member]));
  const rows: Table = [];
  for (const [id, name] of projects) {
    const work = [...ofProject(state.assignment, id)].filter((one) => byId.has(one.person) && isThere(meet(daysOfWork(one), span)));
    if (work.length === 0) rows.push([name]);
    for (const key of new Set(work.map(({ person, role }) => `${person} ${role}`))) {
      const some = work.filter(({ person, role }) => `${person} ${role}` === key);
      const [first] = some as [Assignment];
      const member = byId.get(first.person) as Member;
      const cells = weeks.map((monday) => {
        const parts = some.flatMap((one) => {
          const hours = hoursIn(one, member.person, monday);
          return hours > 0 ? [`${hours}h${isTentative(one) ? ' (tbc)' : ''}`] : [];
        });
        return parts.join('; ') || null;
      });
      rows.push([name, member.name, roles[first.role], weekHours(member, span), ...cells]);
    }
  }
  for (const member of members) {
    const leave = leaveIn(out, member);
    const cells = weeks.map((monday) => {
      const parts = leave.flatMap((one) => {
        const portion = portionIn(one, member.person, state, monday);
        return portion > 0 ? [`${rounded(portion * 100, 2)}%${isTentative(one) ? ' (tbc)' : ''}`] : [];
      });
      return parts.join('; ') || null;
    });
    if (cells.some(Boolean) || !rows.some(([, name]) => name === member.name))
      rows.push(['Leave', member.name, null, weekHours(member, span), ...cells]);
  }
  return [['Project', 'Name', 'Role', 'Hours/week', ...weeks.map(isoDay)], ...rows];
}

function asList(out: Out): Table {
  const { state, span, projects } = out;
  const rows = out.members.flatMap((member): Table => {
    const capacity = weekHours(member, span);
    const work = workIn(out, member).flatMap((one): Table => {
      const { from, to } = meet(daysOfWork(one), span);
      if (from > to) return [];
      const name = projects.get(one.project) ?? '';
      return [[member.name, name, roles[one.role], isoDay(from), isoDay(to), one.hoursPerWeek, one.state, capacity]];
    });
    const leave = leaveIn(out, member).flatMap((one): Table => {
      const { from, to } = meet(daysOfLeave(one), span);
      if (from > to) return [];
      const portion = portionOf(one, state);
      const amount = portion >= 0.99995 ? null : `${rounded(portion * 100, 2)}%`;
      return [[member.name, 'Leave', null, isoDay(from), isoDay(to), amount, isTentative(one) ? 'tentative' : 'confirmed', capacity]];
    });
    return [...work, ...leave];
  });
  return [['Name', 'Project', 'Role', 'From', 'To', 'Hours', 'Status', 'Capacity'], ...rows];
}
