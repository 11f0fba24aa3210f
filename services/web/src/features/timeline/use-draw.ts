import { addDays } from '@sidekick/calendar/iso';
import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback, useRef } from 'react';
import { dayRange } from '../../staffing/format.ts';
import { spanOf } from './geometry.ts';
import type { Scale } from './scale.ts';
import { weekWidth } from './use-bar-drag.ts';
import { useGesture } from './use-gesture.ts';
import { hintAt } from './use-placing.ts';

/** An empty place of a row that somebody has drawn over: whose row, and whole weeks (by day or with Shift, days), both ends included. */
export interface Drawing {
  readonly project: string | null;
  readonly person: string | null;
  readonly from: string;
  readonly to: string;
}

interface Options {
  enabled: boolean;
  scale: Scale;
  scroller: RefObject<HTMLDivElement | null>;
  /** Called when the days change, not at every pixel; null when the drawing is over. */
  onChange: (drawing: Drawing | null) => void;
  onDraw: (drawing: Drawing) => void;
  /** Where the words of the drawing stand; moved here without a render. */
  hint: RefObject<HTMLDivElement | null>;
}

interface Live {
  row: HTMLElement;
  track: HTMLElement;
  ghost: HTMLElement;
  startX: number;
  x: number;
  y: number;
  fine: boolean;
  frame: number;
  told: string;
}

/** Draws over empty days of a row by pointer, as a drag moves bars: in its own style, one write a frame. Escape draws nothing. */
export function useDraw(options: Options): { onPointerDown: (event: ReactPointerEvent<HTMLElement>) => void } {
  const live = useRef<Live | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const stop = useCallback((drop: boolean) => {
    const drawing = live.current;
    live.current = null;
    if (!drawing) return;
    cancelAnimationFrame(drawing.frame);
    drawing.ghost.remove();
    const { scale, onChange, onDraw } = latest.current;
    onChange(null);
    if (drop) onDraw(drawn(drawing, scale));
  }, []);
  useGesture({
    isLive: () => live.current !== null,
    move(event) {
      const drawing = live.current;
      if (!drawing) return;
      event.preventDefault();
      drawing.x = event.clientX;
      drawing.y = event.clientY;
      drawing.fine = event.shiftKey;
      drawing.frame ||= requestAnimationFrame(() => show(drawing, latest.current));
    },
    end: (how) => stop(how === 'drop'),
  });
  const onPointerDown = useCallback((event: ReactPointerEvent<HTMLElement>) => {
    const { enabled } = latest.current;
    // A finger scrolls; on touch the form does it.
    if (!enabled || event.button !== 0 || event.pointerType === 'touch') return;
    const target = event.target as HTMLElement;
    const track = target.closest<HTMLElement>('.tr');
    const row = track?.closest<HTMLElement>('.row[data-project], .row[data-person]');
    if (!track || !row || target.closest('button, a')) return;
    const ghost = document.createElement('i');
    ghost.className = 'ghost';
    track.append(ghost);
    live.current = {
      row,
      track,
      ghost,
      startX: event.clientX,
      x: event.clientX,
      y: event.clientY,
      fine: event.shiftKey,
      frame: 0,
      told: '',
    };
    show(live.current, latest.current);
  }, []);
  return { onPointerDown };
}

/** The days between where the pointer went down and where it is, in whole steps of the scale. */
function daysUnder({ track, startX, x, fine }: Live, scale: Scale): { from: string; to: string } {
  const grid = track.closest<HTMLElement>('.grid');
  const width = grid ? weekWidth(grid, scale) : 0;
  const step = fine ? Math.min(scale.shift, scale.step) : scale.step;
  const left = track.getBoundingClientRect().left;
  const most = (scale.weeks * 7) / step - 1;
  const at = (pixels: number) => (width > 0 ? Math.min(most, Math.max(0, Math.floor(((pixels - left) / width) * (7 / step) + 1e-6))) : 0);
  const [first, last] = [Math.min(at(startX), at(x)), Math.max(at(startX), at(x))];
  return { from: addDays(scale.first, first * step), to: addDays(scale.first, (last + 1) * step - 1) };
}

function drawn(drawing: Live, scale: Scale): Drawing {
  const { project = null, person = null } = drawing.row.dataset;
  return { project, person, ...daysUnder(drawing, scale) };
}

function show(drawing: Live, { scale, hint, onChange }: Options): void {
  drawing.frame = 0;
  hintAt(hint, drawing.x, drawing.y);
  const next = drawn(drawing, scale);
  const { from, to } = next;
  if (drawing.told !== `${from} ${to}`) onChange(next);
  drawing.told = `${from} ${to}`;
  const span = spanOf({ from, to }, scale);
  if (!span) return;
  drawing.ghost.style.setProperty('--l', String(span.left));
  drawing.ghost.style.setProperty('--w', String(span.width));
  drawing.ghost.textContent = dayRange(from, to);
}
