import type { Assignment, BrokenRule } from '@sidekick/contracts';
import { dayOf, isoWeek, openFrom, openTo, type Span, weeksIn } from '../../calendar/days.ts';
import type { State } from '../../state.ts';
import { dayWord, personName, projectName, spanWord } from '../words.ts';
import { type Scope, spanOf } from './scope.ts';

type Window = { readonly from: string | null; readonly to: string | null };

/** Work on days that the person's contract does not hold, more of them than before. */
export function outsideContract(scope: Scope): BrokenRule[] {
  return outside(
    scope,
    'outside-contract',
    (state, { person }) => state.person.get(person)?.record.contract,
    (state, { person }) => {
      const { contract } = state.person.get(person)?.record ?? { contract: { from: null, to: null } };
      return `the contract of ${personName(state, person)} ${windowWord(contract)}`;
    },
  );
}

/** Work on days outside the project's, more of them than before. */
export function outsideProject(scope: Scope): BrokenRule[] {
  return outside(
    scope,
    'outside-project',
    (state, { project }) => state.project.get(project)?.record,
    (state, { project }) => {
      const dates = state.project.get(project)?.record ?? { from: null, to: null };
      return `${projectName(state, project)} ${windowWord(dates)}`;
    },
  );
}

function outside(
  { before, after, assignments }: Scope,
  code: 'outside-contract' | 'outside-project',
  windowOf: (state: State, one: Assignment) => Window | undefined,
  windowText: (state: State, one: Assignment) => string,
): BrokenRule[] {
  return assignments.flatMap((id) => {
    const now = after.state.assignment.get(id)?.record;
    if (!now) return [];
    const then = before.state.assignment.get(id)?.record;
    const sameWindow = then && then.person === now.person && then.project === now.project;
    const was = sameWindow ? beyond(then, windowOf(before.state, then)) : { head: 0, tail: 0 };
    const is = beyond(now, windowOf(after.state, now));
    if (is.head <= was.head && is.tail <= was.tail) return [];
    const message = `${personName(after.state, now.person)} on ${projectName(after.state, now.project)}, ${spanWord(now.from, now.to, now.from)}, but ${windowText(after.state, now)}`;
    const weeks = weeksBeyond(now, windowOf(after.state, now)).map(isoWeek);
    return [{ code, severity: 'rule', message, person: now.person, project: now.project, assignment: id, weeks }];
  });
}

/** Days of an assignment before and after a window; infinite where it has no end and the window has one. */
function beyond(one: Assignment, window: Window | undefined): { head: number; tail: number } {
  const { from, to } = spanOf(one);
  const last = openTo(window?.to ?? null);
  const first = openFrom(window?.from ?? null);
  const head = Math.max(0, Math.min(first, to + 1) - from);
  const tail = to <= last ? 0 : to - Math.max(last, from - 1);
  return { head, tail };
}

/** Weeks outside the window; of an end that is open only the first four. */
function weeksBeyond(one: Assignment, window: Window | undefined): number[] {
  const { from, to } = spanOf(one);
  const parts: Span[] = [];
  if (window?.from) parts.push({ from, to: Math.min(to, dayOf(window.from) - 1) });
  if (window?.to) {
    const first = Math.max(from, dayOf(window.to) + 1);
    parts.push({ from: first, to: Math.min(to, first + 27) });
  }
  return [...new Set(parts.flatMap((part) => weeksIn(part)))];
}

function windowWord({ from, to }: Window): string {
  if (from !== null && to !== null) return `runs ${spanWord(from, to, from)}`;
  return from !== null ? `begins on ${dayWord(from, '')}` : `ends on ${dayWord(to ?? '', '')}`;
}
