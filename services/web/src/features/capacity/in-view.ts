import { type RefObject, useCallback, useState } from 'react';
import { scrolledTo, usePrinting, useScrolled } from '../../ui/scrolled.ts';

/** Pixels of a row, those of a phone's list too. */
export const rowHeight = 44;
/** Pixels beyond the view that are drawn as well, so that arrow keys and scrolling find rows there. */
const beyond = 600;

/** Which of so many rows touch the view of what scrolls; all of them while the page is printed. */
export function useRowsInView(scroller: RefObject<HTMLElement | null>, count: number): { start: number; end: number } {
  const [view, setView] = useState({ top: 0, height: innerHeight });
  const printing = usePrinting();
  const read = useCallback((element: HTMLElement) => {
    const [top, height] = [scrolledTo(element), element.clientHeight];
    setView((old) => (old.top === top && old.height === height ? old : { top, height }));
  }, []);
  useScrolled(scroller, read);
  // Nothing is measured where there is no layout.
  if (printing || view.height === 0) return { start: 0, end: count };
  const start = Math.max(0, Math.min(count, Math.floor((view.top - beyond) / rowHeight)));
  return { start, end: Math.max(start, Math.min(count, Math.ceil((view.top + view.height + beyond) / rowHeight))) };
}
