import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { isSideways, neighbour } from './grid-keys.ts';
import type { Scale } from './scale.ts';

/** The fewest pixels of a wheel that move on by a column: months are wide, and nobody turns so far. */
const leastPixels = 40;
const mostPixels = 120;

/** A wheel that turns sideways (or with Shift) moves the grid while it scrolls, and at its edge moves on in time. */
export function useTimeWheel(scroller: RefObject<HTMLDivElement | null>, { columns }: Scale, onStep: (steps: number) => void): void {
  const latest = useRef({ columns: columns.length, onStep });
  latest.current = { columns: columns.length, onStep };
  useEffect(() => {
    const grid = scroller.current;
    if (!grid) return undefined;
    let gone = 0;
    const turn = (event: WheelEvent) => {
      const pixels = sideways(event);
      if (pixels === 0) return;
      const room = pixels > 0 ? grid.scrollWidth - grid.clientWidth - grid.scrollLeft : grid.scrollLeft;
      if (room > 1) {
        gone = 0;
        return;
      }
      event.preventDefault();
      const width = (grid.querySelector('.weeks')?.getBoundingClientRect().width ?? 0) / latest.current.columns;
      const step = Math.min(mostPixels, Math.max(leastPixels, width));
      if (Math.sign(gone) !== Math.sign(pixels)) gone = 0;
      gone += pixels;
      const steps = Math.trunc(gone / step);
      if (steps === 0) return;
      gone -= steps * step;
      latest.current.onStep(steps);
    };
    grid.addEventListener('wheel', turn, { passive: false });
    return () => grid.removeEventListener('wheel', turn);
  }, [scroller]);
}

function sideways({ deltaX, deltaY, deltaMode, shiftKey, ctrlKey }: WheelEvent): number {
  if (ctrlKey) return 0;
  const turned = shiftKey && deltaX === 0 ? deltaY : deltaX;
  if (Math.abs(turned) < Math.abs(deltaY) && !shiftKey) return 0;
  // Lines, as some browsers count.
  return deltaMode === 1 ? turned * 16 : turned;
}

/** An arrow over the last column moves on in time, and the focus goes on along its line when the next column is there. */
export function useTimeKeys(scroller: RefObject<HTMLDivElement | null>, scale: Scale, onStep: (steps: number) => void) {
  const going = useRef<{ line: number; way: 1 | -1 } | null>(null);
  useEffect(() => {
    const [grid, wanted] = [scroller.current, going.current];
    going.current = null;
    if (!grid || !wanted || scale.columns.length === 0) return;
    const at = document.activeElement;
    // Whoever has gone elsewhere meanwhile stays there.
    if (at === document.body || (at && grid.contains(at))) neighbour(grid, wanted.line, wanted.way)?.focus();
  }, [scroller, scale]);
  return (event: KeyboardEvent<HTMLElement>): boolean => {
    if (!isSideways(event)) return false;
    const way = event.key === 'ArrowRight' ? 1 : -1;
    const { c, e } = (event.target as HTMLElement).dataset;
    // Beside what is not the outermost there is nothing, or nothing yet.
    if (way === 1 ? Number(e) < scale.columns.length : Number(c) > 0) return false;
    event.preventDefault();
    going.current = { line: Number((event.target as HTMLElement).dataset['l']), way };
    onStep(way);
    return true;
  };
}
