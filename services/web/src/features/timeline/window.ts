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
