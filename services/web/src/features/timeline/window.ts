import type { WeeksInView } from './in-view.ts';
import type { Scale } from './scale.ts';

/** Tops of rows of these heights, and the height of all: `tops[i]` is where row i begins. */
export function topsOf(heights: readonly number[]): { tops: number[]; total: number } {
  let total = 0;
  const tops = heights.map((height) => {
    const top = total;
    total += height;
    return top;
  });
  return { tops, total };
}

/** First and last row (exclusive) that touch the view, with `over` pixels more at both ends. A view of height 0 (no layout) shows all. */
export function visibleRows(heights: readonly number[], scrollTop: number, viewHeight: number, over = 600): { start: number; end: number } {
  if (viewHeight <= 0) return { start: 0, end: heights.length };
  const { tops } = topsOf(heights);
  const from = scrollTop - over;
  const to = scrollTop + viewHeight + over;
  let start = 0;
  while (start < heights.length && (tops[start] ?? 0) + (heights[start] ?? 0) < from) start += 1;
  let end = start;
  while (end < heights.length && (tops[end] ?? 0) < to) end += 1;
  return { start, end };
}

/** The first column in view and the one after the last. */
export interface ColumnsSeen {
  readonly first: number;
  readonly last: number;
}

/** Columns beyond both ends of the view that are drawn ahead, and by how many at a time. */
const ahead = 8;

/** Columns of which all are drawn: leaving some out would save less than drawing them again costs while it scrolls. */
const few = 32;

/** Of so many columns of this width those that touch the view; all of a few, and where nothing is laid out. What stands behind the names at the left counts as in view. */
export function columnsSeen(scrollLeft: number, viewWidth: number, width: number, columns: number): ColumnsSeen {
  if (width <= 0 || columns <= few) return { first: 0, last: Number.POSITIVE_INFINITY };
  const stepOf = (pixels: number) => Math.floor(pixels / width / ahead);
  return { first: Math.max(0, (stepOf(scrollLeft) - 1) * ahead), last: (stepOf(scrollLeft + viewWidth) + 2) * ahead };
}

/** From which week to which cells are drawn. */
export function weeksInView({ first, last }: ColumnsSeen, { columns, weeks }: Pick<Scale, 'columns' | 'weeks'>): WeeksInView {
  const end = last >= columns.length ? undefined : columns[last - 1];
  return { from: columns[first]?.left ?? 0, to: end ? end.left + end.width : weeks };
}
