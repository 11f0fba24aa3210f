import { dayOf, endBeforeStart, type Span } from '@sidekick/calendar';
import { InvalidInput } from '@sidekick/service-kit';

type Days = { readonly from: string; readonly to: string };

const refuse = (code: string, message: string) => new InvalidInput(code, message, [{ path: 'to', message }]);

/** The days `from` to `to` of a query, however many. Throws `InvalidInput` at `to` for an end before its start. */
export function inOrder({ from, to }: Days): Span {
  const span = { from: dayOf(from), to: dayOf(to) };
  if (span.to < span.from) throw refuse('end-before-start', endBeforeStart(from, to));
  return span;
}

/** The same, and for more than `most` days. */
export function daysAsked(days: Days, most: number, words: string): Span {
  const span = inOrder(days);
  if (span.to - span.from >= most) throw refuse('range-too-long', words);
  return span;
}
