import { addDays, addWeeks, mondayOfWeek, weekOf, weeksBetween } from '@sidekick/calendar/iso';
import type { TimelineAnswer } from '@sidekick/contracts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { useTimeline, useTimelineGoingOn } from '../../staffing/queries.ts';
import { learnToday, useToday } from '../../staffing/today.ts';
import { stepped, type View, viewAt, type Zoom } from './scale.ts';
import { type Drawn, sliceOf } from './slice.ts';

/** Weeks that a view shows where the address says nothing, the fewest and the most that it may say. */
const lengths = { day: [4, 1, 8], week: [16, 4, 104], month: [26, 26, 26], year: [52, 52, 52] } as const;
/** Weeks of one answer: by day it is seven times as long. */
const mostWeeks = (zoom: Zoom): number => (zoom === 'day' ? 8 : 104);

const isWeek = (text: string | null): text is string =>
  text !== null && /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/.test(text) && addWeeks(text, 0) === text;

/** The first week that the address names, if it is one. */
export function weekIn(params: URLSearchParams): string | null {
  const from = params.get('from');
  return isWeek(from) ? from : null;
}

const zoomOf = (params: URLSearchParams): Zoom => {
  const zoom = params.get('zoom');
  return zoom === 'day' || zoom === 'month' || zoom === 'year' ? zoom : 'week';
};

/** What the address shows: without a week of its own, from today's week, month or day on, and by week one before it: past is context, the rest is to be decided. */
function readView(params: URLSearchParams, today: string, zoom: Zoom): View & { named: boolean } {
  const [usual, least, most] = lengths[zoom];
  const asked = Number(params.get('weeks'));
  const weeks = Number.isInteger(asked) && asked >= least && asked <= most ? asked : usual;
  const from = params.get('from');
  const start = isWeek(from) ? from : addWeeks(weekOf(today), zoom === 'week' ? -1 : 0);
  return { ...viewAt(zoom, start, weeks), named: isWeek(from) };
}

/** Whether the figures are those of the day that the view was made for. While today is only guessed, an answer that names another day is not shown. */
function useFits(answered: string | undefined, { named }: { named: boolean }): boolean {
  const { today, sure } = useToday();
  useEffect(() => {
    if (answered) learnToday(answered);
  }, [answered]);
  return named || sure || (answered !== undefined && weekOf(answered) === weekOf(today));
}

/** The figures of the weeks in the address. */
export function useRangedTimeline() {
  const [params] = useAddress();
  const { today } = useToday();
  const view = readView(params, today, 'week');
  const { from, weeks } = view;
  const to = addWeeks(from, weeks - 1);
  const query = useTimeline(from, to);
  const answered = query.data?.today;
  const timeline = useFits(answered, view) ? query.data : undefined;
  return useMemo(
    () => ({ timeline, today: answered ?? today, from, to, weeks, error: query.error, retry: () => void query.refetch() }),
    [timeline, answered, today, from, to, weeks, query.error, query.refetch],
  );
}

/** The weeks that one answer holds: those shown, and once somebody moves on in time more on both sides. */
interface Held {
  readonly from: string;
  readonly weeks: number;
  readonly by: 'day' | 'week';
}

const byOf = (zoom: Zoom) => (zoom === 'day' ? 'day' : 'week');
const exactly = ({ zoom, from, weeks }: View): Held => ({ from, weeks, by: byOf(zoom) });

/**
 * What to hold for a view, after what is held: the same while it lies well inside, half as much again on both sides where it comes near
 * an end, so that the next is there before it is needed; itself where it has nothing to do with what is held.
 */
export function heldFor(view: View, held: Held): Held {
  const before = weeksBetween(held.from, view.from);
  const after = held.weeks - before - view.weeks;
  const isElsewhere = held.by !== byOf(view.zoom) || before + view.weeks <= 0 || after + view.weeks <= 0;
  if (isElsewhere || view.weeks > held.weeks) return exactly(view);
  const side = Math.max(0, Math.min(Math.ceil(view.weeks / 2), Math.floor((mostWeeks(view.zoom) - view.weeks) / 2)));
  const near = held.weeks === view.weeks ? 0 : Math.ceil(side / 4);
  if (before >= near && after >= near) return held;
  return { from: addWeeks(view.from, -side), weeks: view.weeks + 2 * side, by: held.by };
}

interface Picture {
  readonly timeline: Drawn;
  readonly zoom: Zoom;
}

/** The figures of a view; while those of the next are under way, the last that were there. */
function useDrawn(data: TimelineAnswer | undefined, { zoom, from, weeks }: View): Picture | undefined {
  const last = useRef<Picture | undefined>(undefined);
  const drawn = useMemo(() => {
    const byDay = data?.people.every(({ days }) => days) ?? false;
    const timeline = data && (zoom !== 'day' || byDay) ? sliceOf(data, from, weeks) : null;
    return timeline ? { timeline, zoom } : undefined;
  }, [data, zoom, from, weeks]);
  useEffect(() => {
    if (drawn) last.current = drawn;
  }, [drawn]);
  return drawn ?? (data && last.current);
}

/** Milliseconds without a further step after which the address follows: a browser takes few changes of it a second. */
const restMs = 250;

/**
 * The view of a grid: figures of what is shown, and the way on in time without a page. What is shown moves at once where its figures are
 * here, else when they come; the address follows.
 */
export function useSlidingTimeline() {
  const [params, patch] = useAddress();
  const { today: guessed } = useToday();
  const [ahead, setAhead] = useState<string | null>(null);
  const zoom = zoomOf(params);
  const address = readView(params, guessed, zoom);
  const view: View = ahead === null ? address : viewAt(zoom, ahead, address.weeks);
  const [held, setHeld] = useState(() => exactly(view));
  const wanted = heldFor(view, held);
  if (wanted !== held && JSON.stringify(wanted) !== JSON.stringify(held)) setHeld(wanted);
  const last = addWeeks(held.from, held.weeks - 1);
  const query = useTimelineGoingOn(held.from, last, held.by);
  const days = useMemo(() => ({ from: mondayOfWeek(held.from), to: addDays(mondayOfWeek(last), 6) }), [held.from, last]);
  const answered = query.data?.today;
  const picture = useDrawn(useFits(answered, { named: address.named || ahead !== null }) ? query.data : undefined, view);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(view);
  latest.current = view;
  const goTo = useCallback(
    (from: string | null) => {
      clearTimeout(timer.current);
      setAhead(from);
      patch({ from }, { replace: true });
    },
    [patch],
  );
  useEffect(() => {
    if (ahead === null) return undefined;
    if (ahead === address.from) {
      // A step that was made meanwhile is not lost.
      setAhead((now) => (now === address.from ? null : now));
      return undefined;
    }
    timer.current = setTimeout(() => patch({ from: ahead }, { replace: true }), restMs);
    return () => clearTimeout(timer.current);
  }, [ahead, address.from, patch]);
  const step = useCallback((steps: number) => {
    const next = stepped(latest.current, steps);
    latest.current = next;
    setAhead(next.from);
  }, []);
  return {
    timeline: picture?.timeline,
    /** The zoom of what is drawn, which is the last one's until figures of this one are here. */
    zoom: picture?.zoom ?? zoom,
    view,
    /** First and last day of what is held of figures. */
    days,
    today: answered ?? guessed,
    error: query.error,
    retry: () => void query.refetch(),
    /** What is drawn is not yet what is asked for. */
    waiting: picture !== undefined && (picture.zoom !== zoom || picture.timeline.weeks[0] !== view.from),
    step,
    goTo,
  };
}
