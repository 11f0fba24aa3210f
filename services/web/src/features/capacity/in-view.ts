import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** Pixels of a row, those of a phone's list too. */
export const rowHeight = 44;
/** Pixels beyond the view that are drawn as well, so that arrow keys and scrolling find rows there. */
const beyond = 600;

/** Which of so many rows touch the view of what scrolls; all of them while the page is printed. */
export function useRowsInView(scroller: RefObject<HTMLElement | null>, count: number): { start: number; end: number } {
  const [view, setView] = useState({ top: 0, height: innerHeight, all: false });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let frame = 0;
    const read = () => {
      frame = 0;
      // Steps of 200 px: scrolling draws rows ahead, not at every pixel.
      const [top, height] = [Math.floor(element.scrollTop / 200) * 200, element.clientHeight];
      setView((old) => (old.top === top && old.height === height ? old : { ...old, top, height }));
    };
    const later = () => {
      frame ||= requestAnimationFrame(read);
    };
    read();
    element.addEventListener('scroll', later, { passive: true });
    const resized = new ResizeObserver(later);
    resized.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', later);
      resized.disconnect();
    };
  }, [scroller]);
  useEffect(() => {
    const all = (on: boolean) => () => setView((old) => ({ ...old, all: on }));
    const [before, after] = [all(true), all(false)];
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  // Nothing is measured where there is no layout.
  if (view.all || view.height === 0) return { start: 0, end: count };
  const start = Math.max(0, Math.min(count, Math.floor((view.top - beyond) / rowHeight)));
  return { start, end: Math.max(start, Math.min(count, Math.ceil((view.top + view.height + beyond) / rowHeight))) };
}
