import type { AssignmentView } from '@sidekick/contracts';
import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import { type Columns, closedRange, dragged, type Grip, type Range, snapped, spanOf } from './geometry.ts';
import type { Scale } from './scale.ts';

export interface DragEnd {
  assignment: AssignmentView;
  range: Range;
  /** The project whose row it was dropped on. */
  project: string;
}

interface Options {
  enabled: boolean;
  scale: Scale;
  scroller: RefObject<HTMLDivElement | null>;
  assignment: (id: string) => AssignmentView | undefined;
  /** Called when the snapped days change, not at every pixel; null when the drag is over without a change. */
  onChange: (drag: DragEnd | null) => void;
  onDrop: (drag: DragEnd) => void;
  /** Where the words of the drag stand; moved here without a render. */
  hint: RefObject<HTMLDivElement | null>;
}

interface Live {
  bar: HTMLElement;
  assignment: AssignmentView;
  grip: Grip;
  startX: number;
  startY: number;
  startScroll: number;
  x: number;
  y: number;
  fine: boolean;
  days: number;
  range: Range;
  /** The row under the pointer; a stretched bar stays in its own. */
  project: string;
  row: HTMLElement | null;
  started: boolean;
  frame: number;
}

/** Pixels that a pointer may tremble before a click becomes a drag. */
const slack = 4;

/**
 * Moves and stretches bars by pointer, also to another project's row. The bar follows in its own style, one write a frame and only when the snapped days change,
 * so that a drag costs the same with 11 projects and with 300. Snaps as the scale does: to weeks and with Shift to days, by day the other way round. Escape puts the bar back.
 */
export function useBarDrag(options: Options): {
  onPointerDown: (event: ReactPointerEvent<HTMLDivElement>) => void;
  justDragged: () => boolean;
} {
  const live = useRef<Live | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const endedAt = useRef(0);
  /** Put back by Escape with the button still down: letting go is no click. */
  const held = useRef(false);
  const stop = useCallback((drop: boolean) => {
    const drag = live.current;
    live.current = null;
    if (!drag) return;
    cancelAnimationFrame(drag.frame);
    drag.bar.removeAttribute('data-drag');
    drag.row?.removeAttribute('data-drop');
    if (!drag.started) return;
    endedAt.current = performance.now();
    if (drop && isChange(drag)) latest.current.onDrop(endOf(drag));
    else {
      put(drag.bar, rangeOf(drag.assignment), latest.current.scale);
      latest.current.onChange(null);
    }
  }, []);
  useEffect(() => {
    const move = (event: PointerEvent) => {
      const drag = live.current;
      if (!drag) return;
      drag.x = event.clientX;
      drag.y = event.clientY;
      drag.fine = event.shiftKey;
      if (!drag.started && Math.hypot(drag.x - drag.startX, drag.y - drag.startY) < slack) return;
      if (!drag.started) {
        drag.started = true;
        // An attribute: React writes the class anew when the bar is shown as moving.
        drag.bar.setAttribute('data-drag', '');
      }
      event.preventDefault();
      drag.frame ||= requestAnimationFrame(() => follow(drag, latest.current));
    };
    const up = () => {
      if (held.current) endedAt.current = performance.now();
      held.current = false;
      stop(true);
    };
    const cancel = () => stop(false);
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !live.current) return;
      event.preventDefault();
      event.stopPropagation();
      held.current = true;
      stop(false);
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', up);
    document.addEventListener('pointercancel', cancel);
    document.addEventListener('keydown', key, true);
    return () => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', up);
      document.removeEventListener('pointercancel', cancel);
      document.removeEventListener('keydown', key, true);
      stop(false);
    };
  }, [stop]);
  const onPointerDown = useCallback((event: ReactPointerEvent<HTMLDivElement>) => {
    const { enabled, assignment, scroller } = latest.current;
    held.current = false;
    // A finger scrolls; on touch the form moves bars.
    if (!enabled || event.button !== 0 || event.pointerType === 'touch') return;
    const target = event.target as HTMLElement;
    const bar = target.closest<HTMLElement>('.bar[data-bar]');
    const found = bar && assignment(bar.dataset['bar'] ?? '');
    if (!bar || !found) return;
    const grip = (target.closest<HTMLElement>('[data-grip]')?.dataset['grip'] as Grip | undefined) ?? 'move';
    live.current = {
      bar,
      assignment: found,
      grip,
      startX: event.clientX,
      startY: event.clientY,
      startScroll: scroller.current?.scrollLeft ?? 0,
      x: event.clientX,
      y: event.clientY,
      fine: event.shiftKey,
      days: 0,
      range: rangeOf(found),
      project: found.project,
      row: null,
      started: false,
      frame: 0,
    };
  }, []);
  /** The click that ends a drag opens nothing. */
  const justDragged = useCallback(() => performance.now() - endedAt.current < 250, []);
  return { onPointerDown, justDragged };
}

const isChange = ({ days, project, assignment }: Live): boolean => days !== 0 || project !== assignment.project;
const endOf = ({ assignment, range, project }: Live): DragEnd => ({ assignment, range, project });

/** The row under the pointer, marked while it is another project's: let go there, the assignment goes to that project. */
function overRow(drag: Live): boolean {
  const at = drag.grip === 'move' ? document.elementFromPoint(drag.x, drag.y) : null;
  const found = at?.closest<HTMLElement>('.row[data-project]') ?? null;
  const project = found?.dataset['project'] ?? drag.assignment.project;
  if (project === drag.project) return false;
  drag.row?.removeAttribute('data-drop');
  drag.project = project;
  drag.row = project === drag.assignment.project ? null : found;
  drag.row?.setAttribute('data-drop', '');
  return true;
}

const rangeOf = ({ from, to }: AssignmentView): Range => ({ from, to });

function follow(drag: Live, { scale, scroller, onChange, hint }: Options): void {
  drag.frame = 0;
  const grid = scroller.current;
  if (!grid || !drag.started) return;
  scrollNearEdge(grid, drag.x);
  const width = weekWidth(grid, scale);
  const days = snapped(drag.x - drag.startX + grid.scrollLeft - drag.startScroll, width, (drag.fine ? scale.shift : scale.step) === 1);
  if (hint.current) hint.current.style.transform = `translate(${Math.min(drag.x + 14, innerWidth - 370)}px, ${drag.y + 18}px)`;
  const overAnother = overRow(drag);
  if (days === drag.days && !overAnother) return;
  drag.days = days;
  const start = drag.grip === 'end' ? closedRange(rangeOf(drag.assignment), scale) : rangeOf(drag.assignment);
  drag.range = days === 0 ? rangeOf(drag.assignment) : dragged(start, drag.grip, days);
  put(drag.bar, drag.range, scale);
  onChange(isChange(drag) ? endOf(drag) : null);
}

/** Writes a bar's place; a range outside the grid leaves the bar where it was. */
function put(bar: HTMLElement, range: Range, columns: Columns): void {
  const span = spanOf(range, columns);
  if (!span) return;
  bar.style.setProperty('--l', String(span.left));
  bar.style.setProperty('--w', String(span.width));
}

/** Pixels of a week. */
export function weekWidth(grid: HTMLElement, { weeks }: Columns): number {
  const track = grid.querySelector<HTMLElement>('.weeks');
  return track ? track.getBoundingClientRect().width / weeks : 0;
}

function scrollNearEdge(grid: HTMLElement, x: number): void {
  const box = grid.getBoundingClientRect();
  if (x > box.right - 32) grid.scrollLeft += 12;
  else if (x < box.left + 272) grid.scrollLeft -= 12;
}
