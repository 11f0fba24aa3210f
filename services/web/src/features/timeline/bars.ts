import { dayOf, openTo, workdaysIn } from '@sidekick/calendar';
import { addDays, later } from '@sidekick/calendar/iso';
import type { AssignmentView, PersonView, ProjectView, TimelineAnswer, TimeOffView } from '@sidekick/contracts';
import { dayRange, hours, shortDay } from '../../staffing/format.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { ruleWords } from '../../staffing/rule-words.ts';
import { type Columns, lanesOf, overlaps, type Range, type Span, shared, spanOf } from './geometry.ts';

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
}

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
  /** The part behind the end of the contract: nobody does it. */
  readonly undone: Span | null;
  /** Person or project, role, hours, state, effective and lost hours of the range shown, in one line. */
  readonly title: string;
  readonly notches: readonly Notch[];
}

export const byStart = (a: Range, b: Range) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

/** Bars of some assignments, lanes by role: leads first, then sidekicks, then contributors. */
export function barsOf(
  assignments: readonly AssignmentView[],
  columns: Columns,
  records: Records,
  figures: ReadonlyMap<string, TimelineAnswer['assignments'][number]>,
  nameOf: (assignment: AssignmentView) => string,
): { bars: Bar[]; lanes: number } {
  const bars: Bar[] = [];
  let base = 0;
  for (const role of ['lead', 'sidekick', 'contributor'] as const) {
    const own = assignments.filter((assignment) => assignment.role === role && spanOf(assignment, columns) !== null);
    own.sort((a, b) => byStart(a, b) || (a.id < b.id ? -1 : 1));
    const laid = lanesOf(own);
    for (const { item, lane } of laid) bars.push(barOf(item, base + lane, columns, records, figures, nameOf(item)));
    base += Math.max(-1, ...laid.map(({ lane }) => lane)) + 1;
  }
  return { bars, lanes: base };
}

function barOf(
  assignment: AssignmentView,
  lane: number,
  columns: Columns,
  records: Records,
  figures: ReadonlyMap<string, TimelineAnswer['assignments'][number]>,
  name: string,
): Bar {
  const span = spanOf(assignment, columns) ?? { left: 0, width: 0, cutStart: true, cutEnd: true };
  const figure = figures.get(assignment.id);
  const notches = records.timeOff
    .filter((timeOff) => timeOff.person === assignment.person && timeOff.state === 'approved' && overlaps(timeOff, assignment))
    .flatMap((timeOff) => notchOf(timeOff, assignment, columns, records));
  const tentative = figure?.counts ? figure.counts !== 'confirmed' : assignment.state === 'tentative';
  const although = althoughOf(assignment, figure?.reason ?? assignment.private.reason);
  const person = records.people.get(assignment.person);
  const ends = person?.contract.to ?? null;
  const after = ends === null ? null : { from: later(addDays(ends, 1), assignment.from), to: assignment.to };
  const isUndone = after && workdaysIn({ from: dayOf(after.from), to: openTo(after.to) }, person?.patterns ?? []) > 0;
  const undone = after && isUndone ? spanOf(after, columns) : null;
  const bar = { assignment, lane, span, name, perWeek: hours(assignment.hoursPerWeek), tentative, although, undone, notches };
  return { ...bar, title: titleOf(bar, figure, undone ? ends : null) };
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
    },
  ];
}

function titleOf(bar: Omit<Bar, 'title'>, figure: TimelineAnswer['assignments'][number] | undefined, ends: string | null): string {
  const { assignment, name, tentative, although } = bar;
  const sum = (values: readonly number[] = []) => values.reduce((total, value) => total + value, 0);
  const effective = sum(figure?.effective);
  const lost = sum(figure?.planned) - effective;
  const parts = [
    isolated(name),
    assignment.role,
    `${bar.perWeek} a week`,
    tentative ? 'tentative' : 'confirmed',
    dayRange(assignment.from, assignment.to),
  ];
  if (figure) parts.push(`${hours(effective)} effective${lost > 0.05 ? `, ${hours(lost)} lost to leave and holidays` : ''} in these weeks`);
  if (ends) parts.push(`not done after ${shortDay(ends)}: the contract ends`);
  if (although) parts.push(although);
  return parts.join(' · ');
}
