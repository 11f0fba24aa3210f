import {
  type Day,
  dayOf,
  dayWords,
  isoDay,
  isoWeek,
  meet,
  rangeWords,
  type Span,
  type Week,
  weekdayOf,
  weekOfDay,
  weekSpan,
  weeksIn,
} from '@sidekick/calendar';
import type { Assignment, BrokenRule } from '@sidekick/contracts';
import type { State } from '../../state.ts';
import { personName, projectName } from '../../words.ts';
import { type Scope, spanOf } from './scope.ts';

type Window = { readonly from: string | null; readonly to: string | null };

/** Work on days that the person's contract does not hold, more of them than before. */
export function outsideContract(scope: Scope): BrokenRule[] {
  return outside(
    scope,
    'outside-contract',
    (state, { person }) => state.person.get(person)?.record.contract,
    (state, { person }, today) => {
      const { contract } = state.person.get(person)?.record ?? { contract: { from: null, to: null } };
      return `the contract of ${personName(state, person)} ${windowWord(contract, today)}`;
    },
  );
}

/** Work on days outside the project's, more of them than before. */
export function outsideProject(scope: Scope): BrokenRule[] {
  return outside(
    scope,
    'outside-project',
    (state, { project }) => state.project.get(project)?.record,
    (state, { project }, today) => {
      const dates = state.project.get(project)?.record ?? { from: null, to: null };
      return `${projectName(state, project)} ${windowWord(dates, today)}`;
    },
  );
}

function outside(
  { before, after, assignments, today }: Scope,
  code: 'outside-contract' | 'outside-project',
  windowOf: (state: State, one: Assignment) => Window | undefined,
  windowText: (state: State, one: Assignment, today: string) => string,
): BrokenRule[] {
  return assignments.flatMap((id) => {
    const now = after.state.assignment.get(id)?.record;
    if (!now) return [];
    const then = before.state.assignment.get(id)?.record;
    const sameWindow = then && then.person === now.person && then.project === now.project;
    const was = sameWindow ? beyond(before.state, then, windowOf(before.state, then)) : { head: 0, tail: 0 };
    const is = beyond(after.state, now, windowOf(after.state, now));
    if (is.head <= was.head && is.tail <= was.tail) return [];
    const message = `${personName(after.state, now.person)} on ${projectName(after.state, now.project)}, ${rangeWords(now, today)}, but ${windowText(after.state, now, today)}`;
    const weeks = weeksBeyond(after.state, now, windowOf(after.state, now)).map(isoWeek);
    return [{ code, severity: 'rule', message, person: now.person, project: now.project, assignment: id, weeks }];
  });
}

const nothing: Span = { from: 0, to: -1 };

/** The days of an assignment before and after a window; empty spans where there are none. */
function partsOutside(one: Pick<Assignment, 'from' | 'to'>, window: Window | undefined): { head: Span; tail: Span } {
  const { from, to } = spanOf(one);
  return {
    head: window?.from ? { from, to: Math.min(to, dayOf(window.from) - 1) } : nothing,
    tail: window?.to ? { from: Math.max(from, dayOf(window.to) + 1), to } : nothing,
  };
}

/** Workdays before and after the window; infinite where the work has no end and the window has one. */
function beyond(state: State, one: Pick<Assignment, 'person' | 'from' | 'to'>, window: Window | undefined): { head: number; tail: number } {
  const { head, tail } = partsOutside(one, window);
  return { head: workdays(state, one.person, head), tail: workdays(state, one.person, tail) };
}

/** Whether work on these days would lie on some outside of the window: what saving it would refuse. */
export const liesOutside = (state: State, person: string, { from, to }: Span, window: Window): boolean => {
  const days = { person, from: isoDay(from), to: isoDay(to) };
  const { head, tail } = beyond(state, days, window);
  return head > 0 || tail > 0;
};

/** Monday to Friday, and the weekend of those whose pattern ever has hours on it: work until Sunday is not outside a Friday. */
function workdays(state: State, person: string, { from, to }: Span): number {
  if (from > to) return 0;
  if (to === Number.POSITIVE_INFINITY) return to;
  if (worksWeekends(state, person)) return to - from + 1;
  const weekdays = (day: Day) => weekOfDay(day) * 5 + Math.min(5, weekdayOf(day) + 1);
  return weekdays(to) - weekdays(from - 1);
}

const worksWeekends = (state: State, person: string): boolean =>
  state.person.get(person)?.record.patterns.some(({ hours }) => (hours[5] ?? 0) + (hours[6] ?? 0) > 0) ?? false;

/** Days before a window whose weeks are named: ten years. A date of the year 1 has eight thousand years after it. */
const mostBefore = 10 * 366;

/** Weeks with a workday outside the window: the ten years right before it, and the first four after it. */
function weeksBeyond(state: State, one: Assignment, window: Window | undefined): Week[] {
  const { head, tail } = partsOutside(one, window);
  const before = { from: Math.max(head.from, head.to - mostBefore), to: head.to };
  const shown = { from: tail.from, to: Math.min(tail.to, tail.from + 27) };
  const parts = [before, shown].filter(({ from, to }) => from <= to);
  const weeks = [...new Set(parts.flatMap(weeksIn))];
  return weeks.filter((week) => parts.some((part) => workdays(state, one.person, meet(part, weekSpan(week))) > 0));
}

function windowWord({ from, to }: Window, today: string): string {
  if (from === null) return to === null ? 'has no bounds' : `ends on ${dayWords(to, today)}`;
  return to === null ? `begins on ${dayWords(from, today)}` : `runs ${rangeWords({ from, to }, today)}`;
}
