import type { Span } from '@sidekick/calendar';
import type { PersonBook } from '../books/books.ts';
import { epsilon } from '../books/days.ts';
import { netIn } from '../capacity/capacity.ts';
import { workIn } from '../capacity/work.ts';

/** Jain index (Σx)² ÷ (n Σx²), in (0, 1]; 1 when all are 0 or there is nobody (A24). */
export const fairnessOf = (values: readonly number[]): number => {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares);
};

/** Confirmed effective hours as sidekick ÷ Σ net of the span; people without net hours are left out (A24). */
export const fairnessIn = (people: Iterable<PersonBook>, span: Span): number => {
  const shares: number[] = [];
  for (const book of people) {
    const net = netIn(book, span);
    if (net <= epsilon) continue;
    let hours = 0;
    for (const item of book.work) {
      if (item.assignment.role === 'sidekick' && item.counts === 'confirmed') hours += workIn(item, 'effective', span);
    }
    shares.push(hours / net);
  }
  return fairnessOf(shares);
};
