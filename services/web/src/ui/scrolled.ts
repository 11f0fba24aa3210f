import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** The place of what scrolls in steps of 200 px: scrolling draws rows ahead, not at every pixel. */
export const scrolledTo = (element: HTMLElement, way: 'scrollTop' | 'scrollLeft' = 'scrollTop'): number =>
  Math.floor(element[way] / 200) * 200;

/** Calls `read` before the first paint, and once a frame while the element scrolls or changes its size. */
export function useScrolled<E extends HTMLElement>(scroller: RefObject<E | null>, read: (element: E) => void): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let frame = 0;
    const now = () => {
      frame = 0;
      read(element);
    };
    const later = () => {
      frame ||= requestAnimationFrame(now);
    };
    now();
    element.addEventListener('scroll', later, { passive: true });
    const resized = new ResizeObserver(later);
    resized.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', later);
      resized.disconnect();
    };
  }, [scroller, read]);
}

/** Whether the page is being printed: everything is drawn then. */
export function usePrinting(): boolean {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const [before, after] = [() => setOn(true), () => setOn(false)];
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return on;
}
