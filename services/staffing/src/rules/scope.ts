import { type Day, dayOf, openTo, type Span, type Week, weeksIn } from '@sidekick/calendar';
import { type Assignment, type BrokenRule, RecordKind, type Records } from '@sidekick/contracts';
import { countsIn } from '../books/counts.ts';
import type { Figures } from '../figures/index.ts';
import type { Change, ChangeOf } from '../kinds/change.ts';
import { kindOf } from '../log/kinds.ts';
import { currencyOf } from '../state/currency.ts';
import { recordsOf, type State } from '../state/state.ts';

/** What the rules look at: both sides of a change set, and whom and when it touches. */
export interface Scope {
  readonly before: Figures;
  readonly after: Figures;
  readonly changes: readonly Change[];
  /** People whose work, pattern or contract changes, or whose work begins or ceases to count. */
  readonly people: readonly string[];
  /** People whose leave changes. */
  readonly away: readonly string[];
  /** Projects that change or whose assignments do. */
  readonly projects: readonly string[];
  /** Assignments that change, and all of people and projects that change themselves; ids. */
  readonly assignments: readonly string[];
  /** Weeks in which something may differ, at most ten years of them. */
  readonly weeks: readonly Week[];
  /** ISO day. */
  readonly today: string;
  /** The currency of the amounts that are written: for an undo, of the state before what it takes back. */
  readonly keptIn: string;
}

/** Compares the two states of a change set; returns what `after` newly breaks or makes worse. */
export type Rule = (scope: Scope) => BrokenRule[];

const longest = 10 * 366;

/** The weeks of a span that rules look at: ten years of them. */
export const ruledWeeks = ({ from, to }: Span): Week[] => weeksIn({ from, to: Math.min(to, from + longest) });

export function scopeOf(
  before: Figures,
  after: Figures,
  changes: readonly Change[],
  today: string,
  keptIn: string = currencyOf(before.state),
): Scope {
  const people = new Set<string>();
  const away = new Set<string>();
  const projects = new Set<string>();
  const assignments = new Set<string>();
  for (const change of changes) {
    if (change.kind === 'person') people.add(change.id);
    if (change.kind === 'project') projects.add(change.id);
    if (change.kind === 'timeOff') for (const side of sidesOf(change)) away.add(side.person);
    if (change.kind !== 'assignment') continue;
    assignments.add(change.id);
    for (const side of sidesOf(change)) {
      people.add(side.person);
      projects.add(side.project);
    }
  }
  const themselves = new Set(changes.filter(({ kind }) => kind === 'person' || kind === 'project').map(({ id }) => id));
  if (themselves.size > 0) {
    for (const { record } of after.state.assignment.values()) {
      if (!themselves.has(record.person) && !themselves.has(record.project)) continue;
      assignments.add(record.id);
      if (countsIn(before.state, record) !== countsIn(after.state, record)) people.add(record.person);
    }
  }
  const weeks = ruledWeeks(daysOf([before.state, after.state], changes, assignments));
  const touched = { people: [...people], away: [...away], projects: [...projects], assignments: [...assignments], weeks };
  return { before, after, changes, today, keptIn, ...touched };
}

const sidesOf = <K extends RecordKind>({ before, after }: ChangeOf<K>): Records[K][] => [before, after].filter((side) => side !== null);

/** From the first to the last day that may differ; an open end reaches a fortnight past the last day that anything names. */
function daysOf(states: readonly State[], changes: readonly Change[], assignments: ReadonlySet<string>): Span {
  const spans: Span[] = [];
  const add = (one: { from: string; to: string | null } | null | undefined) => {
    if (one) spans.push({ from: dayOf(one.from), to: openTo(one.to) });
  };
  for (const state of states) for (const id of assignments) add(state.assignment.get(id)?.record);
  for (const { kind, before, after } of changes) for (const side of [before, after]) add(side && kindOf(kind).span(side));
  if (spans.length === 0) return { from: 0, to: -1 };
  const from = spans.reduce((least, span) => Math.min(least, span.from), Number.POSITIVE_INFINITY);
  const to = spans.reduce((most, span) => Math.max(most, span.to), Number.NEGATIVE_INFINITY);
  const last = to === Number.POSITIVE_INFINITY ? lastNamedDay(states) + 14 : to;
  return { from, to: last };
}

/** The last day on which anything in the states begins or ends: from there on every week is like the next. */
function lastNamedDay(states: readonly State[]): Day {
  let last = '1970-01-01';
  const see = (iso: string | null) => {
    if (iso !== null && iso > last) last = iso;
  };
  for (const state of states) {
    for (const kind of RecordKind.options) {
      const { days } = kindOf(kind);
      for (const { record } of recordsOf(state, kind).values()) days(record).forEach(see);
    }
  }
  return dayOf(last);
}

/** Days of an assignment. */
export const spanOf = ({ from, to }: Pick<Assignment, 'from' | 'to'>): Span => ({ from: dayOf(from), to: openTo(to) });

/** The one assignment that a break of a person (on a project) comes from, or null when several were changed. */
export function touchedAssignment({ changes }: Scope, person: string, project: string | null = null): string | null {
  const ids = changes.flatMap((change) =>
    change.kind === 'assignment' && change.after?.person === person && (project === null || change.after.project === project)
      ? [change.id]
      : [],
  );
  return ids.length === 1 ? (ids[0] ?? null) : null;
}
