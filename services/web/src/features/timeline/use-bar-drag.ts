import { daysBetween } from '@sidekick/calendar/iso';
import type { AssignmentView } from '@sidekick/contracts';
import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import { type Columns, closedRange, dragged, type Grip, type Range, snapped, spanOf } from './geometry.ts';
import type { Scale } from './scale.ts';
import { useGesture } from './use-gesture.ts';

export interface DragEnd {
  assignment: AssignmentView;
  range: Range;
  /** The project or the person whose row it was dropped on; else its own. */
  project: string;
  person: string;
  /** What else is selected and goes along, by as many days. */
  others: readonly AssignmentView[];
  /** The range shown has gone along, so that the bar is drawn where it is by now. */
  carried: boolean;
}

interface Options {
  enabled: boolean;
  scale: Scale;
  scroller: RefObject<HTMLDivElement | null>;
  assignment: (id: string) => AssignmentView | undefined;
  /** What goes along with a bar that is moved. */
  withIt: (id: string) => readonly AssignmentView[];
  /** Called when the snapped days change, not at every pixel; null when the drag is over without a change. */
  onChange: (drag: DragEnd | null) => void;
  onDrop: (drag: DragEnd) => void;
  /** Moves the range shown on, later or earlier, where a bar is held at its edge. */
  onEdge: (way: 1 | -1) => void;
  /** Where the words of the drag stand; moved here without a render. */
  hint: RefObject<HTMLDivElement | null>;
}

interface Live {
  bar: HTMLElement;
  assignment: AssignmentView;
  others: readonly AssignmentView[];
  grip: Grip;
  startX: number;
  startY: number;
  startScroll: number;
  x: number;
  y: number;
  fine: boolean;
  days: number;
  range: Range;
  /** Whose row is under the pointer; a stretched bar stays in its own. */
  project: string;
  person: string;
  row: HTMLElement | null;
  started: boolean;
  frame: number;
  /** First day that was shown when it began. */
  first: string;
  carried: boolean;
  edge: ReturnType<typeof setInterval> | undefined;
}

/** Pixels that a pointer may tremble before a click becomes a drag. */
const slack = 4;

/**
 * Moves and stretches bars by pointer, also to another row: by project that of another project, by person that of somebody else; what is
 * selected with one moves as it does, in its own row. The bar follows in its own style, one write a frame and only when the snapped days change,
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
    clearInterval(drag.edge);
    for (const bar of [drag.bar, ...barsOf(drag, latest.current)]) bar.removeAttribute('data-drag');
    drag.row?.removeAttribute('data-drop');
    if (!drag.started) return;
    endedAt.current = performance.now();
    if (drop && isChange(drag)) latest.current.onDrop(endOf(drag));
    else {
      putAll(drag, 0, latest.current);
      latest.current.onChange(null);
    }
  }, []);
  const { first } = options.scale;
  useEffect(() => {
    const drag = live.current;
    if (!drag?.started || drag.first === first) return;
    // What was drawn anew in another place of the document is the bar from now on.
    drag.bar = barIn(drag.assignment.id, latest.current) ?? drag.bar;
    for (const bar of [drag.bar, ...barsOf(drag, latest.current)]) bar.setAttribute('data-drag', '');
    drag.carried = true;
    follow(drag, latest.current);
  }, [first]);
  useGesture({
    isLive: () => live.current !== null,
    move(event) {
      const drag = live.current;
      if (!drag) return;
      drag.x = event.clientX;
      drag.y = event.clientY;
      drag.fine = event.shiftKey;
      if (!drag.started && Math.hypot(drag.x - drag.startX, drag.y - drag.startY) < slack) return;
      if (!drag.started) {
        drag.started = true;
        // An attribute: React writes the class anew when the bar is shown as moving.
        for (const bar of [drag.bar, ...barsOf(drag, latest.current)]) bar.setAttribute('data-drag', '');
      }
      event.preventDefault();
      drag.frame ||= requestAnimationFrame(() => {
        follow(drag, latest.current);
        atEdge(drag, () => latest.current);
      });
    },
    end(how) {
      if (how === 'drop') {
        if (held.current) endedAt.current = performance.now();
        held.current = false;
      } else if (how === 'escape') held.current = true;
      stop(how === 'drop');
    },
  });
  const onPointerDown = useCallback((event: ReactPointerEvent<HTMLDivElement>) => {
    const { enabled, assignment, withIt, scroller } = latest.current;
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
      others: grip === 'move' ? withIt(found.id) : [],
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
      person: found.person,
      row: null,
      started: false,
      frame: 0,
      first: latest.current.scale.first,
      carried: false,
      edge: undefined,
    };
  }, []);
  /** The click that ends a drag opens nothing. */
  const justDragged = useCallback(() => performance.now() - endedAt.current < 250, []);
  return { onPointerDown, justDragged };
}

const isElsewhere = ({ project, person, assignment }: Live): boolean => project !== assignment.project || person !== assignment.person;
const isChange = (drag: Live): boolean => drag.days !== 0 || isElsewhere(drag);
const endOf = ({ assignment, range, project, person, others, carried }: Live): DragEnd => ({
  ...{ assignment, range, project, person },
  ...{ others, carried },
});

/** The row under the pointer, marked while it is another one's: let go there, the assignment goes to that project or person. */
function overRow(drag: Live): boolean {
  const at = drag.grip === 'move' && drag.others.length === 0 ? document.elementFromPoint(drag.x, drag.y) : null;
  const found = at?.closest<HTMLElement>('.row[data-project], .row[data-person]') ?? null;
  const { project = drag.assignment.project, person = drag.assignment.person } = found?.dataset ?? {};
  if (project === drag.project && person === drag.person) return false;
  drag.row?.removeAttribute('data-drop');
  drag.project = project;
  drag.person = person;
  drag.row = isElsewhere(drag) ? found : null;
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
  const gone = drag.x - drag.startX + grid.scrollLeft - drag.startScroll;
  const days = snapped(gone, width, (drag.fine ? scale.shift : scale.step) === 1) + daysBetween(drag.first, scale.first);
  if (hint.current) hint.current.style.transform = `translate(${Math.min(drag.x + 14, innerWidth - 370)}px, ${drag.y + 18}px)`;
  const overAnother = overRow(drag);
  if (days === drag.days && !overAnother) return;
  drag.days = days;
  const start = drag.grip === 'end' ? closedRange(rangeOf(drag.assignment), scale) : rangeOf(drag.assignment);
  drag.range = days === 0 ? rangeOf(drag.assignment) : dragged(start, drag.grip, days);
  putAll(drag, days, { scale, scroller });
  onChange(isChange(drag) ? endOf(drag) : null);
}

type Drawn = Pick<Options, 'scale' | 'scroller'>;

const barIn = (id: string, { scroller }: Drawn): HTMLElement | undefined =>
  [...(scroller.current?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])].find(({ dataset }) => dataset['bar'] === id);

/** The bars of what goes along, as far as they are drawn. */
function barsOf({ others }: Live, { scroller }: Drawn): HTMLElement[] {
  const ids = new Set(others.map(({ id }) => id));
  return ids.size === 0
    ? []
    : [...(scroller.current?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])].filter(({ dataset }) => ids.has(dataset['bar'] ?? ''));
}

function putAll(drag: Live, days: number, drawn: Drawn): void {
  put(drag.bar, days === 0 ? rangeOf(drag.assignment) : drag.range, drawn.scale);
  const others = new Map(drag.others.map((one) => [one.id, one]));
  for (const bar of barsOf(drag, drawn)) {
    const one = others.get(bar.dataset['bar'] ?? '');
    if (one) put(bar, dragged(rangeOf(one), 'move', days), drawn.scale);
  }
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

/** Pixels at either end of a grid in which a bar that is held moves on. */
const edgePixels = { right: 32, left: 272 };
/** Milliseconds after which it does, and does again. */
const edgeRest = 450;

/** Which end of what can be scrolled to a pointer has gone to; 0 where it is at none. */
function endAt(grid: HTMLElement, { x, startX }: Live): 1 | -1 | 0 {
  const box = grid.getBoundingClientRect();
  if (box.width > 0 && x > startX && x > box.right - edgePixels.right && grid.scrollLeft >= grid.scrollWidth - grid.clientWidth - 1)
    return 1;
  return box.width > 0 && x < startX && x < box.left + edgePixels.left && grid.scrollLeft <= 0 ? -1 : 0;
}

/** Takes the range shown along for as long as a bar is held at the end of it. */
function atEdge(drag: Live, options: () => Options): void {
  const way = () => (options().scroller.current ? endAt(options().scroller.current as HTMLElement, drag) : 0);
  if (way() === 0) {
    clearInterval(drag.edge);
    drag.edge = undefined;
    return;
  }
  drag.edge ??= setInterval(() => {
    const now = way();
    if (now !== 0) options().onEdge(now);
  }, edgeRest);
}

function scrollNearEdge(grid: HTMLElement, x: number): void {
  const box = grid.getBoundingClientRect();
  if (x > box.right - edgePixels.right) grid.scrollLeft += 12;
  else if (x < box.left + edgePixels.left) grid.scrollLeft -= 12;
}
