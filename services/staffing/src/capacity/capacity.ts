import type { Day, Span } from '@sidekick/calendar';
import type { PersonBook } from '../books/books.ts';
import { epsilon, hoursIn, hoursOn } from '../books/days.ts';
import { overBy } from './load.ts';
import { counting, workOf } from './work.ts';

export const netIn = ({ days }: PersonBook, span: Span): number => hoursIn(days, 'net', span);

/** remaining = Σ net × (1 − operations share) − Σ effective, in hours; may be negative (A8). */
export const remainingIn = (book: PersonBook, span: Span, withTentative?: boolean): number =>
  netIn(book, span) * (1 - book.days.person.operationsShare) - workOf(book, 'effective', span, counting(withTentative));

/** The part of net that is kept free of projects (A8). */
export const operationsIn = (book: PersonBook, span: Span): number => netIn(book, span) * book.days.person.operationsShare;

/** Σ effective − Σ net of the bucket where that is more than 0.01 h, else 0 (A10, A27). */
export const overIn = (book: PersonBook, span: Span, withTentative?: boolean): number => {
  const over = workOf(book, 'effective', span, counting(withTentative)) - netIn(book, span);
  return over > overBy + epsilon ? over : 0;
};

/** Null where there is no net to share. */
export const shareOfNet = (hours: number, net: number): number | null => (net > epsilon ? hours / net : null);

/** Σ effective ÷ Σ net over all people of the span, no mean of ratios; null when Σ net is 0 (A9). */
export const utilisationOf = (books: Iterable<PersonBook>, span: Span, withTentative?: boolean): number | null => {
  let net = 0;
  let effective = 0;
  for (const book of books) {
    net += netIn(book, span);
    effective += workOf(book, 'effective', span, counting(withTentative));
  }
  return shareOfNet(effective, net);
};

/** Σ over the span of what approved time off takes of each day, in days: 0.5 for half a day, nothing where a holiday already took it. */
export const leaveDaysIn = ({ days }: PersonBook, { from, to }: Span): number => {
  if (days.timeOff.length === 0) return 0;
  let total = 0;
  for (let day = from; day <= to; day++) {
    const gross = hoursOn(days, 'gross', day);
    if (gross > epsilon) total += (hoursOn(days, 'open', day) - hoursOn(days, 'net', day)) / gross;
  }
  return total;
};

/** Days on which a holiday of the region falls on hours of the pattern. */
export const holidaysIn = ({ days }: PersonBook, { from, to }: Span): Day[] => {
  const found: Day[] = [];
  if (days.holidays.size === 0) return found;
  for (let day = from; day <= to; day++) if (days.holidays.has(day) && hoursOn(days, 'gross', day) > epsilon) found.push(day);
  return found;
};

export const employedIn = ({ days: { contract } }: PersonBook, { from, to }: Span): boolean => contract.from <= to && contract.to >= from;
