import { addDays, mondayOfWeek } from '@sidekick/calendar/iso';
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useMemo, useRef } from 'react';
import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';
import { useOpenings, useWeekNotes } from '../../staffing/queries.ts';
import { useShownRecords } from '../../staffing/shown-records.ts';
import { useUndoRedo } from '../../staffing/use-undo-redo.ts';
import { usePlanned } from '../plan/index.ts';
import { matchesProject } from './filter.ts';
import { isOpen, openMenu } from './panels.tsx';
import { projectRows } from './project-rows.ts';
import { useBarFocus } from './use-bar-focus.ts';
import { useBarMoves } from './use-bar-moves.ts';
import { useDraw } from './use-draw.ts';
import { useFreeList } from './use-free-list.ts';
import { usePeopleAsked } from './use-people-asked.ts';
import { usePlaceDrag } from './use-place-drag.ts';
import { usePlacing } from './use-placing.ts';
import { useScale } from './use-scale.ts';
import { useDrawnRecords, useShown } from './use-shown.ts';
import { useViewKeys } from './view-keys.ts';

/** The timeline by project with everything that moves its bars: pointer, keys and what waits for an answer. */
export function useProjectGrid() {
  const { me, is } = useSession();
  const canEdit = is('manager');
  const own = me?.person ?? null;
  const [params] = useAddress();
  const sliding = useShown();
  const { timeline, zoom, view, days, today, step, goTo } = sliding;
  const { records, waiting, error, retry } = useShownRecords(days, timeline !== undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const scale = useScale(timeline, view, zoom);
  const moves = useBarMoves({ canEdit, records, scale, today, scroller, onStep: (steps) => sliding.waiting || step(steps) });
  const drawn = useDrawnRecords(moves.drawn, timeline);
  // As they are, not as they are being moved.
  const seen = useDrawnRecords(records, timeline);
  const asked = usePeopleAsked(records, timeline?.mondays);
  const { fits } = asked;
  const openings = useOpenings().data;
  const notes = useWeekNotes(canEdit).data;
  const planned = usePlanned(canEdit ? params.get('plan') : null);
  const { plan, choices } = planned;
  const outlines = useMemo(() => (plan !== null && choices ? { plan, choices } : null), [plan, choices]);
  const rows = useMemo(
    () => (timeline && drawn ? projectRows(timeline, drawn, scale, openings, notes, outlines) : []),
    [timeline, drawn, scale, openings, notes, outlines],
  );
  const shown = useMemo(
    () => (records ? rows.filter((row) => matchesProject(row, params, records, own, fits)) : []),
    [rows, params, records, own, fits],
  );
  const shownIds = useMemo(() => new Set(shown.map(({ project }) => project.id)), [shown]);
  const focus = useBarFocus({ canEdit, records: seen, by: 'project', rows: shownIds, ...moves });
  const placing = usePlacing({ records, timeline, today });
  const free = useFreeList({ canEdit, by: 'project', records, timeline, scale, scroller, placing });
  const onToday = () => goTo(null);
  useViewKeys({ view, onStep: step, onToday });
  const again = () => {
    sliding.retry();
    retry();
    if (asked.error) asked.retry();
  };
  const failed = sliding.error ?? error ?? asked.error;
  return {
    ...sliding,
    ...moves,
    ...focus,
    waiting: sliding.waiting || waiting,
    canEdit,
    placing,
    free,
    planned,
    outlines,
    records,
    /** The rows are not known yet; what asks for them is there. */
    held: asked.waiting,
    today,
    failed,
    again,
    onToday,
    scroller,
    scale,
    rows,
    shown,
  };
}
export type ProjectGrid = ReturnType<typeof useProjectGrid>;

/** What a click or a key on the grid opens; the address names it. */
export function useGridActions(grid: ProjectGrid) {
  const { canEdit, drag, deedKeys, selection, onBarKey, records, scale, scroller, placing, free } = grid;
  const [params, patch] = useAddress();
  const { undo } = useUndoRedo(canEdit);
  const add = ({ project = '', week = null, days = null }: { project?: string; week?: string | null; days?: string | null }) =>
    patch({ add: project, week, days, cell: null });
  const placeDrag = usePlaceDrag({ enabled: canEdit, records, scale, scroller });
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (drag.justDragged() || placeDrag.justDragged()) return;
    if (free.onClick(event) || selection.onClick(event) || deedKeys.onClick(event)) return;
    const target = (event.target as HTMLElement).closest<HTMLElement>('[data-bar],[data-week],[data-open],[data-place]');
    const project = target?.closest<HTMLElement>('[data-project]')?.dataset['project'];
    if (!target || !project) return;
    const { bar, week, open, place } = target.dataset;
    if (bar) patch({ edit: bar });
    else if (place) patch({ opening: place });
    else if (week) patch({ cell: `${project} ${week}` });
    else if (open && canEdit) patch({ add: project, wanted: 'lead', days: open });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (free.onKeyDown(event) || onBarKey(event) || event.ctrlKey || event.metaKey || event.altKey || !canEdit) return;
    const target = event.target as HTMLElement;
    const project = target.closest<HTMLElement>('[data-project]')?.dataset['project'];
    const noted = target.dataset['week'];
    if (event.key === 'u') undo?.run();
    else if (event.key === 'n' && project && noted) patch({ noted: `${project} ${noted}`, cell: null });
    else if (event.key === 'a') {
      const { week = null, weeks } = target.dataset;
      const all = weeks?.split(' ') ?? [];
      // A month's cell stands for all of its weeks.
      const days = all.length > 0 ? `${mondayOfWeek(all[0] ?? '')} ${addDays(mondayOfWeek(all.at(-1) ?? ''), 6)}` : null;
      add({ ...(project ? { project } : {}), week: days === null ? week : null, days });
    }
  };

  const onContextMenu = (event: MouseEvent<HTMLElement>) => openMenu(event, canEdit, patch);
  const draw = useDraw({
    enabled: canEdit && !isOpen(params),
    scale,
    scroller,
    hint: placing.hint,
    onChange: (drawing) => placing.place(drawing && { ...drawing, person: free.held }),
    onDraw: ({ project, from, to }) => patch({ add: project, who: free.release(), days: `${from} ${to}` }),
  });
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (selection.box.onPointerDown(event)) return;
    drag.onPointerDown(event);
    placeDrag.onPointerDown(event);
    draw.onPointerDown(event);
  };
  return { add, onClick, onContextMenu, onKeyDown, onPointerDown };
}
