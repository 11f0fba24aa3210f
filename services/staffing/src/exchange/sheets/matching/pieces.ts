import { type Day, type Span, weekdayOf, weekOfDay, weekSpan } from '@sidekick/calendar';

/** A stretch of work or leave; `to` of infinity is open. Days are numbers, both ends included. */
export interface Piece<L = unknown> extends Span {
  /** Hours a week, or the portion of each day. */
  readonly value: number;
  /** What else tells it from others, such as role and state: pieces of one label add up. */
  readonly label: L;
}

/** The parts of a span that lie in none of the windows, which are in order and apart. */
export function outside({ from, to }: Span, windows: readonly Span[]): Span[] {
  const left: Span[] = [];
  let next = from;
  for (const window of windows) {
    if (window.to < next || window.from > to) continue;
    if (window.from > next) left.push({ from: next, to: window.from - 1 });
    next = window.to + 1;
  }
  if (next <= to) left.push({ from: next, to });
  return left;
}

export const meets = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;
export const meetsAny = (span: Span, windows: readonly Span[]): boolean => windows.some((window) => meets(span, window));

/** Pieces of one label that lie over each other, added up; those that follow each other with one value become one. */
export function addedUp<L>(pieces: readonly Piece<L>[]): Piece<L>[] {
  const overlap = pieces.some((one, at) => pieces.some((other, next) => next > at && one.label === other.label && meets(one, other)));
  if (!overlap) return [...pieces];
  const sums: Piece<L>[] = [];
  for (const label of new Set(pieces.map((one) => one.label))) {
    const some = pieces.filter((one) => one.label === label);
    const bounds = boundsOf(some);
    let last: Piece<L> | undefined;
    for (const [at, from] of bounds.entries()) {
      const to = (bounds[at + 1] ?? Number.POSITIVE_INFINITY) - 1;
      const value = some.reduce((sum, one) => sum + (one.from <= from && one.to >= from ? one.value : 0), 0);
      if (last && isSameValue(last.value, value)) last = { ...last, to };
      else {
        if (last && last.value > 0) sums.push(last);
        last = { from, to, value, label };
      }
    }
    if (last && last.value > 0) sums.push(last);
  }
  return sums;
}

/** Days on which something begins, or has just ended. */
const boundsOf = (spans: readonly Span[]): Day[] =>
  [...new Set(spans.flatMap(({ from, to }) => [from, to + 1]))].filter(Number.isFinite).sort((a, b) => a - b);

export const isSameValue = (a: number, b: number): boolean => Math.abs(a - b) < 0.006;

/** How a sheet is held against what stands here. */
export interface Comparison {
  /** `week`: by the sum of each week; `day`: by each day from Monday to Friday; `exact`: by every day. */
  readonly by: 'week' | 'day' | 'exact';
  /** The days that the sheet speaks of, in order and apart. */
  readonly windows: readonly Span[];
  /** The part of its week's work that falls into a span within one week, 0-1. */
  readonly share: (span: Span) => number;
  /** Of the sums of a week, which a sheet has rounded. */
  readonly tolerance: number;
}

/** Whether two lots of pieces come to the same within the windows, label by label. */
export function isSame<L>(a: readonly Piece<L>[], b: readonly Piece<L>[], comparison: Comparison): boolean {
  const labels = new Set([...a, ...b].map(({ label }) => label));
  return [...labels].every((label) => {
    const [left, right] = [a, b].map((some) => some.filter((one) => one.label === label)) as [Piece<L>[], Piece<L>[]];
    return comparison.windows.every((window) => isSameIn(left, right, window, comparison));
  });
}

function isSameIn(a: readonly Piece[], b: readonly Piece[], window: Span, { by, share, tolerance }: Comparison): boolean {
  if (by === 'week') {
    for (let week = weekOfDay(window.from); week <= weekOfDay(window.to); week++) {
      const [left, right] = [a, b].map((some) => some.reduce((sum, one) => sum + inWeek(one, weekSpan(week), share), 0)) as [
        number,
        number,
      ];
      if (Math.abs(left - right) > tolerance) return false;
    }
    return true;
  }
  const bounds = [window.from, ...boundsOf([...a, ...b]).filter((day) => day > window.from && day <= window.to)];
  return bounds.every((day, at) => {
    const to = (bounds[at + 1] ?? window.to + 1) - 1;
    const onDay = (some: readonly Piece[]) => some.reduce((sum, one) => sum + (one.from <= day && one.to >= day ? one.value : 0), 0);
    return isSameValue(onDay(a), onDay(b)) || (by === 'day' && isWeekend(day, to));
  });
}

function isWeekend(from: Day, to: Day): boolean {
  if (to - from > 1) return false;
  for (let day = from; day <= to; day++) if (weekdayOf(day) < 5) return false;
  return true;
}

function inWeek(piece: Piece, week: Span, share: Comparison['share']): number {
  const span = { from: Math.max(piece.from, week.from), to: Math.min(piece.to, week.to) };
  return span.from > span.to ? 0 : piece.value * share(span);
}
