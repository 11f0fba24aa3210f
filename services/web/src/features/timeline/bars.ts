import { dayOf, openTo, workdaysIn } from '@sidekick/calendar';
import { addDays, later } from '@sidekick/calendar/iso';
import type { AssignmentView, PersonView, ProjectView, TimelineAnswer, TimeOffView } from '@sidekick/contracts';
import { dayRange, hours, number, shortDay } from '../../staffing/format.ts';
import { grouped } from '../../staffing/lists.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { ruleWords } from '../../staffing/rule-words.ts';
import { type Columns, lanesOf, onGrid, overlaps, type Range, type Span, shared, spanOf } from './geometry.ts';

/** The records that a grid draws, beside the figures of the same head. */
export interface Records {
  readonly people: ReadonlyMap<string, PersonView>;
  readonly projects: ReadonlyMap<string, ProjectView>;
  readonly assignments: readonly AssignmentView[];
  readonly timeOff: readonly TimeOffView[];
}

export interface Notch {
  readonly key: string;
  /** In columns of the grid: a notch stays at its days while the bar is dragged. */
  readonly left: number;
  readonly width: number;
  readonly title: string;
  readonly word: string;
}

type Figure = TimelineAnswer['assignments'][number];

export interface Bar {
  readonly assignment: AssignmentView;
  readonly lane: number;
  readonly span: Span;
  readonly name: string;
  /** `8 h` a week. */
  readonly perWeek: string;
  /** Tentative, as it counts: work on a proposal is, whatever was kept. */
  readonly tentative: boolean;
  /** Saved against a rule: what and why, in one sentence. */
  readonly although: string | null;
  /** What a manager noted on it, for those who may read it. */
  readonly note: string | null;
  /** The part behind the end of the contract: nobody does it. */
  readonly undone: Span | null;
  /** Person or project, role, hours, state, effective and lost hours of the range shown, in one line. */
  readonly title: string;
  readonly notches: readonly Notch[];
  /** Effective hours of each day with any, where figures by day are there. */
  readonly days: readonly { readonly left: number; readonly text: string }[];
}

export const byStart = (a: Range, b: Range) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

/** Bars of some assignments, lanes by role, below so many that are kept free: leads first, then sidekicks, then contributors. */
export function barsOf(
  assignments: readonly AssignmentView[],
  columns: Columns,
  records: Records,
  figures: ReadonlyMap<string, TimelineAnswer['assignments'][number]>,
  nameOf: (assignment: AssignmentView) => string,
  holidays: ReadonlyMap<string, readonly string[]> = new Map(),
  free = 0,
): { bars: Bar[]; lanes: number } {
  const bars: Bar[] = [];
  const shown = onGrid(assignments, columns);
  let base = free;
  for (const role of ['lead', 'sidekick', 'contributor'] as const) {
    const own = shown.filter((assignment) => assignment.role === role);
    own.sort((a, b) => byStart(a, b) || (a.id < b.id ? -1 : 1));
    const laid = lanesOf(own);
    for (const { item, lane } of laid)
      bars.push(barOf(item, base + lane, columns, records, figures.get(item.id), nameOf(item), holidays.get(item.person) ?? []));
    base += Math.max(-1, ...laid.map(({ lane }) => lane)) + 1;
  }
  return { bars, lanes: base };
}

function barOf(
  assignment: AssignmentView,
  lane: number,
  columns: Columns,
  records: Records,
  figure: Figure | undefined,
  name: string,
  holidays: readonly string[],
): Bar {
  const span = spanOf(assignment, columns) ?? { left: 0, width: 0, cutStart: true, cutEnd: true };
  const notches = (approvedBy(records.timeOff).get(assignment.person) ?? []).flatMap((timeOff) =>
    notchOf(timeOff, assignment, columns, records),
  );
  const days = daysOf(figure, columns);
  if (figure?.days) notches.push(...holidays.flatMap((day) => holidayNotch(day, assignment, columns)));
  const tentative = figure?.counts ? figure.counts !== 'confirmed' : assignment.state === 'tentative';
  const although = althoughOf(assignment, figure?.reason ?? assignment.private.reason);
  const person = records.people.get(assignment.person);
  const ends = person?.contract.to ?? null;
  const after = ends === null ? null : { from: later(addDays(ends, 1), assignment.from), to: assignment.to };
  const isUndone = after && workdaysIn({ from: dayOf(after.from), to: openTo(after.to) }, person?.patterns ?? []) > 0;
  const undone = after && isUndone ? spanOf(after, columns) : null;
  const note = assignment.private.note ?? null;
  const bar = { assignment, lane, span, name, perWeek: hours(assignment.hoursPerWeek), tentative, although, note, undone, notches, days };
  let title: string | undefined;
  return {
    ...bar,
    // Put into words where it is drawn, which most bars are not.
    get title() {
      title ??= titleOf(bar, figure, columns, undone ? ends : null);
      return title;
    },
  };
}

const approved = new WeakMap<readonly TimeOffView[], ReadonlyMap<string, readonly TimeOffView[]>>();

/** Approved time off by person: of each list once, however many bars are drawn over it. */
function approvedBy(timeOff: readonly TimeOffView[]): ReadonlyMap<string, readonly TimeOffView[]> {
  const found =
    approved.get(timeOff) ??
    grouped(
      timeOff.filter(({ state }) => state === 'approved'),
      ({ person }) => person,
    );
  approved.set(timeOff, found);
  return found;
}

const althoughOf = ({ accepted }: AssignmentView, reason: string | null): string | null =>
  accepted.length === 0 ? null : `Saved although ${ruleWords(accepted)}${reason ? `: ${reason}` : ''}`;

function notchOf(timeOff: TimeOffView, assignment: AssignmentView, columns: Columns, records: Records): Notch[] {
  const days = shared(timeOff, assignment);
  const span = days && spanOf(days, columns);
  if (!days || !span) return [];
  const who = isolated(nameOf(timeOff.person, records.people, 'Someone'));
  const part = 'portion' in timeOff.amount && timeOff.amount.portion === 1 ? '' : ', part of each day';
  return [
    {
      key: timeOff.id,
      left: span.left,
      width: span.width,
      title: `${who} is away ${dayRange(timeOff.from, timeOff.to)}${part}`,
      word: 'leave',
    },
  ];
}

function holidayNotch(day: string, assignment: Range, columns: Columns): Notch[] {
  const span = overlaps(assignment, { from: day, to: day }) ? spanOf({ from: day, to: day }, columns) : null;
  return span ? [{ key: day, left: span.left, width: span.width, title: `${shortDay(day)} is a holiday`, word: 'holiday' }] : [];
}

/** Hours that are shown as none. */
const least = 0.005;

const daysOf = (figure: Figure | undefined, { weeks }: Columns): Bar['days'] =>
  (figure?.days?.effective ?? []).flatMap((value, at) => (value > least && at < weeks * 7 ? [{ left: at / 7, text: number(value) }] : []));

/** Runs of days of equal hours: `4.8 h a day 30 Nov – 11 Dec, 2.4 h 14 Dec`. Days off the pattern part no run, days lost do. */
function hoursByDay({ planned, effective }: NonNullable<Figure['days']>, { first }: Columns): string {
  const runs: { text: string; from: string; to: string }[] = [];
  let isOpen = false;
  effective.forEach((value, at) => {
    if (value <= least) {
      isOpen &&= (planned[at] ?? 0) <= least;
      return;
    }
    const [text, day] = [hours(value), addDays(first, at)];
    const last = runs.at(-1);
    if (isOpen && last?.text === text) last.to = day;
    else runs.push({ text, from: day, to: day });
    isOpen = true;
  });
  return runs.map(({ text, from, to }) => `${text}${from === to ? '' : ' a day'} ${dayRange(from, to)}`).join(', ');
}

function titleOf(bar: Omit<Bar, 'title'>, figure: Figure | undefined, columns: Columns, ends: string | null): string {
  const { assignment, name, tentative, although } = bar;
  const sum = (values: readonly number[] = []) => values.reduce((total, value) => total + value, 0);
  const effective = sum(figure?.effective);
  const lost = sum(figure?.planned) - effective;
  const parts = [
    isolated(name),
    // By person the name has it.
    ...(name.endsWith(` · ${assignment.role}`) ? [] : [assignment.role]),
    `${bar.perWeek} a week`,
    tentative ? 'tentative' : 'confirmed',
    dayRange(assignment.from, assignment.to),
  ];
  if (figure) parts.push(`${hours(effective)} effective${lost > 0.05 ? `, ${hours(lost)} lost to leave and holidays` : ''} in these weeks`);
  if (figure?.days && bar.days.length > 0) parts.push(`by day ${hoursByDay(figure.days, columns)}`);
  if (ends) parts.push(`not done after ${shortDay(ends)}: the contract ends`);
  if (although) parts.push(although);
  return parts.join(' · ');
}
