import { addDays, daysBetween, earlier, later } from '@sidekick/calendar/iso';

/** The columns of a grid: one a week, from the Monday `first`. */
export interface Columns {
  readonly first: string;
  readonly weeks: number;
}

/** A range of days; `to` null is open. */
export interface Range {
  readonly from: string;
  readonly to: string | null;
}

/** Where a range lies, in columns (a day is 1/7); an end that lies outside the grid is cut and says so. */
export interface Span {
  readonly left: number;
  readonly width: number;
  readonly cutStart: boolean;
  readonly cutEnd: boolean;
}

/** The span of a range, both ends included; null when no day of it is on the grid. */
export function spanOf({ from, to }: Range, { first, weeks }: Columns): Span | null {
  const start = daysBetween(first, from);
  const end = to === null ? Number.POSITIVE_INFINITY : daysBetween(first, to) + 1;
  const left = Math.max(0, start);
  const right = Math.min(weeks * 7, end);
  if (right <= left) return null;
  return { left: left / 7, width: (right - left) / 7, cutStart: start < 0, cutEnd: end > weeks * 7 };
}

/** Those of some ranges that hold a day of the grid, told by the days' own text: only what is drawn is worth a place. */
export function onGrid<T extends Range>(ranges: readonly T[], { first, weeks }: Columns): T[] {
  const grid = { from: first, to: addDays(first, weeks * 7 - 1) };
  return ranges.filter((range) => overlaps(range, grid));
}

/** Whole weeks (or days, with `fine`) that a pointer has gone, from its way in pixels and the width of a column. */
export function snapped(pixels: number, columnWidth: number, fine: boolean): number {
  if (columnWidth <= 0) return 0;
  const days = fine ? Math.round((pixels / columnWidth) * 7) : Math.round(pixels / columnWidth) * 7;
  return Object.is(days, -0) ? 0 : days;
}

export type Grip = 'move' | 'start' | 'end';

/** The range after a drag by so many days. An edge never passes the other: the shortest range is one day. An open end stays open on a move. */
export function dragged(range: Range, grip: Grip, days: number): Range {
  const { from, to } = range;
  if (grip === 'move') return { from: addDays(from, days), to: to === null ? null : addDays(to, days) };
  if (grip === 'start') {
    const moved = addDays(from, days);
    return { from: to !== null && moved > to ? to : moved, to };
  }
  if (to === null) return range;
  const moved = addDays(to, days);
  return { from, to: later(moved, from) };
}

/** The end that a stretch of an open range starts from: the last day on the grid. */
export const closedRange = (range: Range, { first, weeks }: Columns): Range =>
  range.to === null ? { from: range.from, to: addDays(first, weeks * 7 - 1) } : range;

export const overlaps = (a: Range, b: Range): boolean => a.from <= (b.to ?? '9999-12-31') && b.from <= (a.to ?? '9999-12-31');

/** The days that two ranges share; null when none. */
export function shared(a: Range, b: Range): Range | null {
  if (!overlaps(a, b)) return null;
  const to = a.to === null ? b.to : b.to === null ? a.to : earlier(a.to, b.to);
  return { from: later(a.from, b.from), to };
}

/** Puts ranges on as few lanes as their order allows: each on the first lane that is free over all its days. */
export function lanesOf<T extends Range>(ranges: readonly T[]): { item: T; lane: number }[] {
  const lanes: T[][] = [];
  return ranges.map((item) => {
    const lane = lanes.findIndex((taken) => !taken.some((other) => overlaps(other, item)));
    if (lane >= 0) {
      lanes[lane]?.push(item);
      return { item, lane };
    }
    lanes.push([item]);
    return { item, lane: lanes.length - 1 };
  });
}

/** Column of a day as a whole number; outside the grid it is below 0 or at least `weeks`. */
export const columnOf = (day: string, { first }: Columns): number => Math.floor(daysBetween(first, day) / 7);
