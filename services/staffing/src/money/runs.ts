import type { Day, Span } from '@sidekick/calendar';
import type { Assignment } from '@sidekick/contracts';
import type { ProjectBook, Work } from '../books/books.ts';
import { workIn } from '../capacity/work.ts';
import type { State } from '../state/state.ts';
import { nanoHours } from './amounts.ts';
import { type Step, stepsOn } from './rates.ts';

/** The span in runs of one rate, each with its amount; null before the first. */
export function priced(steps: readonly Step[], { from, to }: Span): { span: Span; amount: number | null }[] {
  const starts = [{ from: Number.NEGATIVE_INFINITY, amount: null }, ...steps];
  return starts.map(({ from: begins, amount }, at) => {
    const ends = (starts[at + 1]?.from ?? Number.POSITIVE_INFINITY) - 1;
    return { span: { from: Math.max(from, begins), to: Math.min(to, ends) }, amount };
  });
}

/** Every day on which the work has hours. */
export function eachDay(work: Work, { from, to }: Span, take: (day: Day, nano: number) => void): void {
  const last = Math.min(to, work.span.to);
  for (let day = Math.max(from, work.span.from); day <= last; day++) {
    const nano = nanoHours(workIn(work, 'effective', { from: day, to: day }));
    if (nano > 0) take(day, nano);
  }
}

export function nanoIn(work: Work, span: Span): number {
  let total = 0;
  eachDay(work, span, (_day, nano) => {
    total += nano;
  });
  return total;
}

/** Confirmed work on days on which one rate is in force, or (null) none. */
export interface CostRun {
  readonly assignment: Assignment;
  readonly span: Span;
  readonly amount: number | null;
  /** Billionths of an hour. */
  readonly nano: number;
}

/** What confirmed work of a project in the days of a span is made of, assignment by assignment and rate by rate. */
export const costRuns = (state: State, { project, work }: ProjectBook, within: Span): CostRun[] =>
  work
    .filter(({ counts }) => counts === 'confirmed')
    .flatMap((one) =>
      priced(stepsOn(state, one.assignment.person, project.id), within).flatMap(({ span, amount }): CostRun[] => {
        const nano = nanoIn(one, span);
        const days = { from: Math.max(span.from, one.span.from), to: Math.min(span.to, one.span.to) };
        return nano > 0 ? [{ assignment: one.assignment, span: days, amount, nano }] : [];
      }),
    );
