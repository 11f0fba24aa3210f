import { addDays } from '@sidekick/calendar/iso';
import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback, useRef } from 'react';
import { spanOf } from './geometry.ts';
import { type Placing, placeAt } from './placing.ts';
import type { Scale } from './scale.ts';
import type { Drawn } from './slice.ts';
import { weekWidth } from './use-bar-drag.ts';
import { useGesture } from './use-gesture.ts';
import { hintAt, type PlacingState } from './use-placing.ts';

interface Options {
  /** What rows are: a person is dragged onto a project and a project onto a person. */
  by: 'project' | 'person';
  scale: Scale;
  timeline: Drawn | undefined;
  scroller: RefObject<HTMLDivElement | null>;
  placing: Pick<PlacingState, 'hint' | 'place'>;
  onDrop: (placing: Placing) => void;
}

interface Live {
  id: string;
  entry: HTMLElement;
  startX: number;
  startY: number;
  x: number;
  y: number;
  started: boolean;
  frame: number;
  ghost: HTMLElement;
  at: Placing | null;
}

/** Pixels that a pointer may tremble before a click becomes a drag. */
const slack = 4;

/** The day of a row's track that lies at a place; null beside it. */
export function dayUnder(track: HTMLElement, x: number, grid: HTMLElement, scale: Scale): string | null {
  const width = weekWidth(grid, scale);
  const days = width > 0 ? Math.floor(((x - track.getBoundingClientRect().left) / width) * 7 + 1e-6) : -1;
  return days < 0 || days >= scale.weeks * 7 ? null : addDays(scale.first, days);
}

/** Drags an entry of a list by pointer onto a row at a day, drawing in the row's own style what it would be. Escape lets it go. */
export function useDragIn(options: Options): {
  onPointerDown: (event: ReactPointerEvent<HTMLElement>, id: string) => void;
  justDragged: () => boolean;
} {
  const live = useRef<Live | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const endedAt = useRef(0);
  const stop = useCallback((drop: boolean) => {
    const drag = live.current;
    live.current = null;
    if (!drag) return;
    cancelAnimationFrame(drag.frame);
    drag.ghost.remove();
    drag.entry.removeAttribute('data-drag');
    if (!drag.started) return;
    endedAt.current = performance.now();
    latest.current.placing.place(null);
    if (drop && drag.at) latest.current.onDrop(drag.at);
  }, []);
  useGesture({
    isLive: () => live.current !== null,
    move(event) {
      const drag = live.current;
      if (!drag) return;
      drag.x = event.clientX;
      drag.y = event.clientY;
      if (!drag.started && Math.hypot(drag.x - drag.startX, drag.y - drag.startY) < slack) return;
      drag.started = true;
      drag.entry.setAttribute('data-drag', '');
      event.preventDefault();
      drag.frame ||= requestAnimationFrame(() => follow(drag, latest.current));
    },
    end: (how) => stop(how === 'drop'),
  });
  const onPointerDown = useCallback((event: ReactPointerEvent<HTMLElement>, id: string) => {
    // A finger scrolls the list; a tap holds the entry.
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const ghost = document.createElement('i');
    ghost.className = 'ghost';
    const { clientX: x, clientY: y } = event;
    live.current = { id, entry: event.currentTarget, startX: x, startY: y, x, y, started: false, frame: 0, ghost, at: null };
  }, []);
  /** The click that ends a drag holds nothing. */
  const justDragged = useCallback(() => performance.now() - endedAt.current < 250, []);
  return { onPointerDown, justDragged };
}

function follow(drag: Live, { by, scale, timeline, scroller, placing }: Options): void {
  drag.frame = 0;
  const grid = scroller.current;
  if (!grid || !timeline) return;
  hintAt(placing.hint, drag.x, drag.y);
  const row = document.elementFromPoint(drag.x, drag.y)?.closest<HTMLElement>(`.row[data-${by}]`);
  const track = row?.querySelector<HTMLElement>('.tr') ?? null;
  const day = track && dayUnder(track, drag.x, grid, scale);
  const over = row?.dataset[by];
  const next = over && day ? placed(by, over, drag.id, day, scale, timeline) : null;
  if (JSON.stringify(next) === JSON.stringify(drag.at)) return;
  drag.at = next;
  placing.place(next);
  const span = next && spanOf(next, scale);
  if (!track || !span) {
    drag.ghost.remove();
    return;
  }
  track.append(drag.ghost);
  drag.ghost.style.setProperty('--l', String(span.left));
  drag.ghost.style.setProperty('--w', String(span.width));
}

/** An entry on a row at a day. */
export function placed(by: 'project' | 'person', row: string, entry: string, day: string, scale: Scale, timeline: Drawn): Placing {
  const [project, person] = by === 'project' ? [row, entry] : [entry, row];
  return { project, person, ...placeAt(project, day, scale, timeline) };
}
