import { type PointerEvent as ReactPointerEvent, useCallback, useRef } from 'react';
import { useGesture } from './use-gesture.ts';

interface Options {
  /** Whether a press on an empty place begins a box. */
  isOn: (event: ReactPointerEvent<HTMLElement>) => boolean;
  /** The assignments whose bars the box touches. */
  onBox: (ids: string[]) => void;
}

interface Live {
  grid: HTMLElement;
  shape: HTMLElement;
  x: number;
  y: number;
  toX: number;
  toY: number;
}

/** Draws a box over the grid by pointer, in its own style, without a render. Escape draws nothing. */
export function useBox(options: Options): { onPointerDown: (event: ReactPointerEvent<HTMLElement>) => boolean } {
  const live = useRef<Live | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const stop = useCallback((drop: boolean) => {
    const box = live.current;
    live.current = null;
    box?.shape.remove();
    const found = box && drop ? under(box) : [];
    if (found.length > 0) latest.current.onBox(found);
  }, []);
  useGesture({
    isLive: () => live.current !== null,
    move(event) {
      if (!live.current) return;
      event.preventDefault();
      live.current.toX = event.clientX;
      live.current.toY = event.clientY;
      show(live.current);
    },
    end: (how) => stop(how === 'drop'),
  });
  const onPointerDown = useCallback((event: ReactPointerEvent<HTMLElement>) => {
    const isEmpty = (event.target as HTMLElement).closest('.tr') && !(event.target as HTMLElement).closest('button, a');
    // A finger scrolls; it selects bar by bar.
    if (!isEmpty || event.button !== 0 || event.pointerType === 'touch' || !latest.current.isOn(event)) return false;
    const shape = document.createElement('i');
    shape.className = 'selbox';
    document.body.append(shape);
    const { clientX: x, clientY: y } = event;
    live.current = { grid: event.currentTarget, shape, x, y, toX: x, toY: y };
    show(live.current);
    return true;
  }, []);
  return { onPointerDown };
}

const sidesOf = ({ x, y, toX, toY }: Live) => ({
  left: Math.min(x, toX),
  top: Math.min(y, toY),
  right: Math.max(x, toX),
  bottom: Math.max(y, toY),
});

function show(box: Live): void {
  const { left, top, right, bottom } = sidesOf(box);
  Object.assign(box.shape.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
}

function under(box: Live): string[] {
  const { left, top, right, bottom } = sidesOf(box);
  return [...box.grid.querySelectorAll<HTMLElement>('[data-bar]')].flatMap((bar) => {
    const at = bar.getBoundingClientRect();
    const isTouched = at.left < right && at.right > left && at.top < bottom && at.bottom > top;
    return isTouched && bar.dataset['bar'] ? [bar.dataset['bar']] : [];
  });
}
