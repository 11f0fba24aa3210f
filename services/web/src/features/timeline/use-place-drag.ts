import type { OpeningView } from '@sidekick/contracts';
import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback, useRef } from 'react';
import { wordsOf } from '../../staffing/changes.ts';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { useGuardedSave } from '../../staffing/guarded-save.ts';
import { useOpenings } from '../../staffing/queries.ts';
import type { Records } from './bars.ts';
import { closedRange, dragged, type Grip, type Range, snapped, spanOf } from './geometry.ts';
import { capital, placeName } from './place-fill.ts';
import type { Scale } from './scale.ts';
import { tell } from './tell.ts';
import { weekWidth } from './use-bar-drag.ts';
import { useGesture } from './use-gesture.ts';

interface Options {
  enabled: boolean;
  records: Records | undefined;
  scale: Scale;
  scroller: RefObject<HTMLDivElement | null>;
}

interface Live {
  bar: HTMLElement;
  place: OpeningView;
  grip: Grip;
  startX: number;
  startScroll: number;
  started: boolean;
  range: Range;
}

/** Pixels that a press may go before it is a drag. */
const slack = 4;

/** Moves an open place in time by pointer, or one end of it, and saves it where it is let go; Escape puts it back. No rule is about it. */
export function usePlaceDrag({ enabled, records, scale, scroller }: Options) {
  const openings = useOpenings().data;
  const { attempt } = useGuardedSave();
  const live = useRef<Live | null>(null);
  const endedAt = useRef(0);
  const latest = useRef({ enabled, records, scale, scroller, openings });
  latest.current = { enabled, records, scale, scroller, openings };

  const save = async ({ bar, place, range }: Live) => {
    const name = capital(placeName(place, latest.current.records?.projects.get(place.project)?.name));
    const command = { do: 'change' as const, kind: 'opening' as const, id: place.id, version: place.version, patch: { ...range } };
    const outcome = await attempt({ commands: [command], said: `${name}, now ${dayRangeWithYear(range.from, range.to)}` });
    if ('saved' in outcome) return;
    put(bar, place, latest.current.scale);
    if ('stale' in outcome) tell('Not moved', 'Somebody changed this place first. What you see is the newest state.');
    else tell('Not moved', wordsOf(outcome.error));
  };
  const stop = (drop: boolean) => {
    const drag = live.current;
    live.current = null;
    drag?.bar.removeAttribute('data-drag');
    if (!drag?.started) return;
    endedAt.current = performance.now();
    const { from, to } = drag.range;
    if (drop && (from !== drag.place.from || to !== drag.place.to)) void save(drag);
    else put(drag.bar, drag.place, latest.current.scale);
  };
  useGesture({
    isLive: () => live.current !== null,
    move(event) {
      const drag = live.current;
      const grid = latest.current.scroller.current;
      if (!drag || !grid) return;
      if (!drag.started && Math.abs(event.clientX - drag.startX) < slack) return;
      drag.started = true;
      drag.bar.setAttribute('data-drag', '');
      event.preventDefault();
      follow(drag, event, grid, latest.current.scale);
    },
    end: (how) => stop(how === 'drop'),
  });
  const onPointerDown = useCallback((event: ReactPointerEvent<HTMLElement>) => {
    const now = latest.current;
    // A finger scrolls; on touch the form moves a place.
    if (!now.enabled || event.button !== 0 || event.pointerType === 'touch') return;
    const target = event.target as HTMLElement;
    const bar = target.closest<HTMLElement>('[data-place]');
    const place = now.openings?.find(({ id }) => id === bar?.dataset['place']);
    if (!bar || !place) return;
    const grip = (target.closest<HTMLElement>('[data-grip]')?.dataset['grip'] as Grip | undefined) ?? 'move';
    const startScroll = now.scroller.current?.scrollLeft ?? 0;
    live.current = { bar, place, grip, startX: event.clientX, startScroll, started: false, range: { from: place.from, to: place.to } };
  }, []);
  /** The click that ends a drag opens nothing. */
  const justDragged = useCallback(() => performance.now() - endedAt.current < 250, []);
  return { onPointerDown, justDragged };
}

function follow(drag: Live, event: PointerEvent, grid: HTMLElement, scale: Scale): void {
  const way = event.clientX - drag.startX + grid.scrollLeft - drag.startScroll;
  const days = snapped(way, weekWidth(grid, scale), (event.shiftKey ? scale.shift : scale.step) === 1);
  const { from, to } = drag.place;
  const start = drag.grip === 'end' ? closedRange({ from, to }, scale) : { from, to };
  drag.range = days === 0 ? { from, to } : dragged(start, drag.grip, days);
  put(drag.bar, drag.range, scale);
}

/** Writes where an outline stands; a range outside of the grid leaves it where it was. */
function put(bar: HTMLElement, { from, to }: Range, scale: Scale): void {
  const span = spanOf({ from, to }, scale);
  if (!span) return;
  bar.style.setProperty('--l', String(span.left));
  bar.style.setProperty('--w', String(span.width));
}
