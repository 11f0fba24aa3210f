import { type RefObject, useCallback, useState } from 'react';
import { scrolledTo, usePrinting, useScrolled } from '../../ui/scrolled.ts';

/** Pixels of a cell, the same for all of them. */
export interface CellSize {
  readonly row: number;
  readonly column: number;
}
interface Range {
  readonly start: number;
  readonly end: number;
}
export interface Cells {
  readonly rows: Range;
  readonly columns: Range;
}

/** Pixels beyond the view that are drawn as well, so that arrow keys and scrolling find cells there. */
const beyond = 400;

/** Which rows and columns touch the view of what scrolls; all of them while the page is printed, and where nothing is laid out. */
export function useCellsInView(
  scroller: RefObject<HTMLElement | null>,
  size: CellSize,
  counts: { readonly rows: number; readonly columns: number },
): Cells {
  const [view, setView] = useState({ top: 0, left: 0, height: innerHeight, width: innerWidth });
  const printing = usePrinting();
  const read = useCallback((element: HTMLElement) => {
    const next = {
      top: scrolledTo(element),
      left: scrolledTo(element, 'scrollLeft'),
      height: element.clientHeight,
      width: element.clientWidth,
    };
    setView((old) =>
      old.top === next.top && old.left === next.left && old.height === next.height && old.width === next.width ? old : next,
    );
  }, []);
  useScrolled(scroller, read);
  const whole = printing || view.height === 0 || view.width === 0;
  const range = (count: number, from: number, length: number, unit: number): Range => {
    if (whole) return { start: 0, end: count };
    const start = Math.max(0, Math.min(count, Math.floor((from - beyond) / unit)));
    return { start, end: Math.max(start, Math.min(count, Math.ceil((from + length + beyond) / unit))) };
  };
  return {
    rows: range(counts.rows, view.top, view.height, size.row),
    columns: range(counts.columns, view.left, view.width, size.column),
  };
}
