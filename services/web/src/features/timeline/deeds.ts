import { addDays, daysBetween, earlier, later, weekdayOf } from '@sidekick/calendar/iso';
import type { Assignment, AssignmentView, Command } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import type { RecordBody } from '../../staffing/form-types.ts';
import { count, dayRangeWithYear, hours, shortDay } from '../../staffing/format.ts';
import type { Newest } from '../../staffing/guarded-save.ts';
import { byId } from '../../staffing/lists.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import type { Records } from './bars.ts';
import { dragged, type Range } from './geometry.ts';
import type { Scale } from './scale.ts';

/** Something done to some assignments from their bars: one change set, told in one sentence. */
export interface Deed {
  /** Names what was meant to be done, so that a reason typed for it is there again. */
  readonly key: string;
  readonly commands: readonly Command[];
  readonly said: string;
  /** The assignments as they stood when it was made: what others save later is held against them, not against what is shown by then. */
  readonly on: readonly AssignmentView[];
}

type Names = Pick<Records, 'people' | 'projects'>;
type Patch = Partial<RecordBody<'assignment'>>;

export const whoIn = ({ person, project, role }: AssignmentView, names: Names): string =>
  `${isolated(nameOf(person, names.people, 'Somebody'))}, ${role} on ${isolated(names.projects.get(project)?.name ?? 'a project')}`;

/** Who is meant: one by name, several by their number. */
export const whoAll = (list: readonly AssignmentView[], names: Names): string =>
  list.length === 1 && list[0] ? whoIn(list[0], names) : count(list.length, 'assignment');

const keyOf = (what: string, list: readonly AssignmentView[]): string =>
  `${what}:${list
    .map(({ id }) => id)
    .sort()
    .join(' ')}`;

const changed = ({ id, version }: AssignmentView, patch: Patch): Command => ({ do: 'change', kind: 'assignment', id, version, patch });

/** What is created beside an assignment on other days: all that it says, its note too. */
export const bodyOf = ({ person, project, role, hoursPerWeek, state, sample, private: { note } }: AssignmentView, { from, to }: Range) =>
  ({
    ...{ person, project, role, from, to, hoursPerWeek, state, sample },
    ...(note ? { private: { note } } : {}),
  }) satisfies RecordBody<'assignment'>;

const created = (assignment: AssignmentView, range: Range): Command => ({
  do: 'create',
  kind: 'assignment',
  id: ulid(),
  record: bodyOf(assignment, range),
});

/** The days on which a second part may begin; null where there is one day alone. */
export function splitDays({ from, to }: Range): Range | null {
  return to !== null && to <= from ? null : { from: addDays(from, 1), to };
}

/** The day of a split that lies inside, nearest to the day given. */
export function insideSplit(day: string, days: Range): string {
  const inside = later(day, days.from);
  return days.to === null ? inside : earlier(inside, days.to);
}

/** Where a split is first offered: the Monday after today while that lies inside, else the one nearest the middle of what is shown. */
export function firstSplit(assignment: AssignmentView, today: string, { first, weeks }: Scale): string | null {
  const days = splitDays(assignment);
  if (days === null) return null;
  const next = addDays(today, 8 - weekdayOf(today));
  if (next >= days.from && (days.to === null || next <= days.to)) return next;
  const start = later(days.from, first);
  const end = earlier(days.to ?? addDays(first, weeks * 7 - 1), addDays(first, weeks * 7 - 1));
  const middle = addDays(start, Math.max(0, Math.floor(daysBetween(start, end) / 2)));
  return insideSplit(addDays(middle, 1 - weekdayOf(middle)), days);
}

/** Two assignments of one: until the day before, and from that day on. */
export const split = (assignment: AssignmentView, day: string, names: Names): Deed => ({
  key: keyOf('split', [assignment]),
  commands: [changed(assignment, { to: addDays(day, -1) }), created(assignment, { from: day, to: assignment.to })],
  said: `${whoIn(assignment, names)}, split at ${dayRangeWithYear(day, day)}`,
  on: [assignment],
});

/** The same again after it, from the same weekday on; null without an end, since there is no after. */
export function duplicate(assignment: AssignmentView, names: Names): Deed | null {
  const { from, to } = assignment;
  if (to === null) return null;
  const range = dragged(assignment, 'move', Math.ceil((daysBetween(from, to) + 1) / 7) * 7);
  return {
    key: keyOf('duplicate', [assignment]),
    commands: [created({ ...assignment, sample: false }, range)],
    said: `${whoIn(assignment, names)}, once more ${dayRangeWithYear(range.from, range.to)}`,
    on: [assignment],
  };
}

/** Today is its last day; null where it has not begun or ends no later. */
export function endToday(assignment: AssignmentView, today: string, names: Names): Deed | null {
  const { from, to } = assignment;
  if (from > today || (to !== null && to <= today)) return null;
  return {
    key: keyOf('end', [assignment]),
    commands: [changed(assignment, { to: today })],
    said: `${whoIn(assignment, names)}, ends today, ${shortDay(today)}`,
    on: [assignment],
  };
}

export const removal = (list: readonly AssignmentView[], names: Names): Deed => ({
  key: keyOf('delete', list),
  commands: list.map(({ id, version }) => ({ do: 'delete', kind: 'assignment', id, version })),
  said: `${whoAll(list, names)}, deleted`,
  on: list,
});

/** A deed on those that it changes; null where it changes none. */
function patched(what: string, list: readonly AssignmentView[], patch: Patch, said: (who: string) => string, names: Names): Deed | null {
  const entries = Object.entries(patch);
  const touched = list.filter((one) => entries.some(([key, value]) => one[key as keyof AssignmentView] !== value));
  if (touched.length === 0) return null;
  return {
    key: keyOf(what, touched),
    commands: touched.map((one) => changed(one, patch)),
    said: said(whoAll(touched, names)),
    on: touched,
  };
}

export const inRole = (list: readonly AssignmentView[], role: Assignment['role'], names: Names) =>
  patched('role', list, { role }, (who) => `${who}, now ${role}`, names);

export const withHours = (list: readonly AssignmentView[], perWeek: number, names: Names) =>
  patched('hours', list, { hoursPerWeek: perWeek }, (who) => `${who}, now ${hours(perWeek)} a week`, names);

export const inState = (list: readonly AssignmentView[], state: Assignment['state'], names: Names) =>
  patched('state', list, { state }, (who) => `${who}, now ${state}`, names);

export const handed = (list: readonly AssignmentView[], person: string, names: Names) =>
  patched('person', list, { person }, (who) => `${who}, now with ${isolated(nameOf(person, names.people, 'Somebody'))}`, names);

/** With this note, none where it is empty; null where it says so already. */
export const noted = (assignment: AssignmentView, text: string, names: Names): Deed | null => {
  const note = text.trim() || null;
  return note === (assignment.private.note ?? null)
    ? null
    : {
        key: keyOf('note', [assignment]),
        commands: [changed(assignment, { private: { note } })],
        said: `${whoIn(assignment, names)}, ${note === null ? 'without a note' : 'noted'}`,
        on: [assignment],
      };
};

/** So many weeks later, or earlier where they are below none. */
export function shifted(list: readonly AssignmentView[], weeks: number, names: Names): Deed | null {
  if (weeks === 0 || list.length === 0) return null;
  const way = `${count(Math.abs(weeks), 'week')} ${weeks > 0 ? 'later' : 'earlier'}`;
  return {
    key: keyOf('shift', list),
    commands: list.map((one) => {
      const { from, to } = dragged(one, 'move', weeks * 7);
      return changed(one, { from, to });
    }),
    said: `${whoAll(list, names)}, ${way}`,
    on: list,
  };
}

/**
 * The same on a record that somebody else has changed meanwhile; null where they changed what this changes, removed it, or where it
 * is deleted or copied as it was.
 */
export function renewed(deed: Deed, { version, record }: Newest): Deed | null {
  if (!record || version === null || deed.commands.some((one) => one.do === 'create')) return null;
  const was = deed.on.find(({ id }) => id === record['id']);
  const command = deed.commands.find(({ id }) => id === record['id']);
  if (!was || command?.do !== 'change') return null;
  const same = (key: string) => JSON.stringify(record[key]) === JSON.stringify(was[key as keyof AssignmentView]);
  if (!Object.keys(command.patch).every(same)) return null;
  return { ...deed, commands: deed.commands.map((one) => (one === command ? { ...command, version } : one)) };
}

/** A deed over the assignments as they are by now; null where it would overwrite what somebody else has saved since it was made. */
export function overNewest(deed: Deed, list: readonly AssignmentView[]): Deed | null {
  const newest = byId(list);
  return deed.on.reduce<Deed | null>((over, { id, version }) => {
    const now = newest.get(id);
    return now?.version === version ? over : over && renewed(over, { version: now?.version ?? null, record: now ? { ...now } : null });
  }, deed);
}
