import { dayOf, meet, openTo, type Span } from './days.ts';
import { workdaysIn } from './workdays.ts';

interface Place {
  readonly from: string;
  readonly to: string | null;
  readonly hoursPerWeek: number;
}

/**
 * Hours that an open place wants on the days of a span: a fifth of its week on each Monday to Friday, since there is no person yet whose
 * pattern says otherwise.
 */
export const wantedIn = ({ from, to, hoursPerWeek }: Place, span: Span): number =>
  (workdaysIn(meet({ from: dayOf(from), to: openTo(to) }, span), []) * hoursPerWeek) / 5;
