import type { AssignmentView, PersonView, ProjectView, TimelineAnswer, TimeOffView } from '@sidekick/contracts';
import { dayRange, hours } from '../staffing/format.ts';
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
  /** In columns, from the bar's left end. */
  readonly left: number;
  readonly width: number;
  readonly title: string;
}

export interface Bar {
  readonly assignment: AssignmentView;
  readonly lane: number;
  readonly span: Span;
  readonly name: string;
  readonly label: string;
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
  const notches = records.timeOff
    .filter((timeOff) => timeOff.person === assignment.person && timeOff.state === 'approved' && overlaps(timeOff, assignment))
    .flatMap((timeOff) => notchOf(timeOff, assignment, span, columns, records));
  return {
    assignment,
    lane,
    span,
    name,
    label: `${name} · ${hours(assignment.hoursPerWeek)}`,
    title: titleOf(assignment, name, figures),
    notches,
  };
}

function notchOf(timeOff: TimeOffView, assignment: AssignmentView, bar: Span, columns: Columns, records: Records): Notch[] {
  const days = shared(timeOff, assignment);
  const span = days && spanOf(days, columns);
  if (!days || !span) return [];
  const who = records.people.get(timeOff.person)?.private.name ?? 'Someone';
  const part = 'portion' in timeOff.amount && timeOff.amount.portion === 1 ? '' : ', part of each day';
  return [
    {
      key: timeOff.id,
      left: span.left - bar.left,
      width: span.width,
      title: `${who} is away ${dayRange(timeOff.from, timeOff.to)}${part}`,
    },
  ];
}

function titleOf(assignment: AssignmentView, name: string, figures: ReadonlyMap<string, TimelineAnswer['assignments'][number]>): string {
  const figure = figures.get(assignment.id);
  const sum = (values: readonly number[] = []) => values.reduce((total, value) => total + value, 0);
  const effective = sum(figure?.effective);
  const lost = sum(figure?.planned) - effective;
  const work = figure
    ? ` · ${hours(effective)} effective${lost > 0.05 ? `, ${hours(lost)} lost to leave and holidays` : ''} in these weeks`
    : '';
  const accepted = assignment.accepted.length > 0 ? ` · saved although: ${assignment.accepted.join(', ')}` : '';
  return `${name} · ${assignment.role} · ${hours(assignment.hoursPerWeek)} a week · ${assignment.state} · ${dayRange(assignment.from, assignment.to)}${work}${accepted}`;
}
