import { meet, type Span } from '@sidekick/calendar';
import type { PersonBook, ProjectBook, Work } from '../books/books.ts';
import { hoursIn } from '../books/days.ts';

/** Hours of the assignment in the span: hoursPerWeek × gross (planned) or net (effective) ÷ the pattern's week (A1, A3, A5). */
export const workIn = ({ assignment, span, days }: Work, what: 'planned' | 'effective', within: Span): number =>
  assignment.hoursPerWeek === 0 ? 0 : assignment.hoursPerWeek * hoursIn(days, what, meet(span, within));

/** Σ over the assignments of a state; never looks at a project's dates (A6). */
export const workOf = (
  { work }: PersonBook | ProjectBook,
  what: 'planned' | 'effective',
  span: Span,
  states: 'confirmed' | 'tentative' | 'both' = 'confirmed',
): number => {
  let total = 0;
  for (const item of work) if (states === 'both' || item.counts === states) total += workIn(item, what, span);
  return total;
};

/** Which assignments a figure counts (A7). */
export const counting = (withTentative: boolean | undefined) => (withTentative ? 'both' : 'confirmed');
