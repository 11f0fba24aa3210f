import { dayOf, endBeforeStart, type Span } from '@sidekick/calendar';
import { InvalidInput } from '@sidekick/service-kit';

/** The days `from` to `to` of a query. Throws `InvalidInput` at `to` for an end before its start and for more than `most` days. */
export function daysAsked({ from, to }: { readonly from: string; readonly to: string }, most: number, words: string): Span {
  const span = { from: dayOf(from), to: dayOf(to) };
  const refuse = (code: string, message: string) => new InvalidInput(code, message, [{ path: 'to', message }]);
  if (span.to < span.from) throw refuse('end-before-start', endBeforeStart(from, to));
  if (span.to - span.from >= most) throw refuse('range-too-long', words);
  return span;
}
