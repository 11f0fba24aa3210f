import { dayOf, dayWords, isoWeek, meet, rangeWords, type Span, type Week, weekSpan, weeksIn, workdaysIn } from '@sidekick/calendar';
import type { Assignment, BrokenRule } from '@sidekick/contracts';
import type { State } from '../state/state.ts';
import { personName, projectName } from '../state/words.ts';
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
      return `the contract of ${personName(state, person)} ${windowWords(contract, today)}`;
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
      return `${projectName(state, project)} ${windowWords(dates, today)}`;
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
    const was = sameWindow ? beyond(before.state, then, windowOf(before.state, then)) : inside;
    const is = beyond(after.state, now, windowOf(after.state, now));
    if (!liesOutside(is, was)) return [];
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

/** How many workdays of a person lie before and after a window; infinite where the days have no end and the window has one. */
export interface Beyond {
  readonly head: number;
  readonly tail: number;
}
const inside: Beyond = { head: 0, tail: 0 };

export function beyond(state: State, one: Pick<Assignment, 'person' | 'from' | 'to'>, window: Window | undefined): Beyond {
  const { head, tail } = partsOutside(one, window);
  return { head: workdays(state, one.person, head), tail: workdays(state, one.person, tail) };
}

/** Whether more days than before lie outside a window: what a save is refused for, and what rules a candidate out. */
export const liesOutside = (is: Beyond, was: Beyond = inside): boolean => is.head > was.head || is.tail > was.tail;

const workdays = (state: State, person: string, span: Span): number => workdaysIn(span, state.person.get(person)?.record.patterns ?? []);

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

/** `ends on 18 Dec`, `begins on 14 Dec` or `runs 14 Dec – 18 Dec`: how a contract or a project bounds its work. */
export function windowWords({ from, to }: Window, today: string): string {
  if (from === null) return to === null ? 'has no bounds' : `ends on ${dayWords(to, today)}`;
  return to === null ? `begins on ${dayWords(from, today)}` : `runs ${rangeWords({ from, to }, today)}`;
}
