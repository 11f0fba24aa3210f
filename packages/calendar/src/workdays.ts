import { type Day, type Span, weekdayOf, weekOfDay } from './days.ts';

/** Hours of each day from Monday on; there are several where the pattern of a person changes. */
interface Pattern {
  readonly hours: readonly number[];
}

/**
 * How many days of the span work may lie on: Monday to Friday, and the weekend of those whose pattern ever has hours on it, so that work
 * until Sunday is not outside a contract until Friday. Infinite where the span has no end.
 */
export function workdaysIn({ from, to }: Span, patterns: readonly Pattern[]): number {
  if (from > to) return 0;
  if (to === Number.POSITIVE_INFINITY) return to;
  if (patterns.some(({ hours }) => (hours[5] ?? 0) + (hours[6] ?? 0) > 0)) return to - from + 1;
  const weekdays = (day: Day) => weekOfDay(day) * 5 + Math.min(5, weekdayOf(day) + 1);
  return weekdays(to) - weekdays(from - 1);
}
