import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useRef } from 'react';
import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';
import { useRecords } from '../../staffing/queries.ts';
import type { Records } from './bars.ts';
import { matchesProject } from './filter.ts';
import { useMoveKeys } from './move-keys.ts';
import { columnsOf, projectRows } from './project-rows.ts';
import { useRangedTimeline } from './range.ts';
import { useUndoRedo } from './toolbar.tsx';
import { useBarDrag } from './use-bar-drag.ts';
import { type Move, useMove } from './use-move.ts';

/** Figures and records of the range in the address, and the rows they make. */
function useRows(moved: Move | null, records: Records | undefined, timeline: ReturnType<typeof useRangedTimeline>['timeline']) {
  const [params] = useAddress();
  const { me } = useSession();
  const drawn = useMemo(() => (records && moved ? withMove(records, moved) : records), [records, moved]);
  const rows = useMemo(() => (timeline && drawn ? projectRows(timeline, drawn) : []), [timeline, drawn]);
  const own = me?.person ?? null;
  const shown = useMemo(
    () => (records ? rows.filter((row) => matchesProject(row, params, records, own)) : []),
    [rows, params, records, own],
  );
  return { rows, shown };
}

/** The records with one assignment standing where it is being moved to. */
function withMove(records: Records, { assignment, range, project = assignment.project }: Move): Records {
  return { ...records, assignments: records.assignments.map((one) => (one.id === assignment.id ? { ...one, ...range, project } : one)) };
}

/** The timeline by project with everything that moves its bars: pointer, keys and what waits for an answer. */
export function useProjectGrid() {
  const canEdit = useSession().is('manager');
  const ranged = useRangedTimeline();
  const { records, error, retry } = useRecords();
  const { timeline, today, weeks } = ranged;
  const scroller = useRef<HTMLDivElement>(null);
  const hint = useRef<HTMLDivElement>(null);
  const moving = useMove(records);
  const { move, change, drop } = moving;
  const columns = timeline ? columnsOf(timeline) : { first: today, weeks };
  const assignment = useCallback((id: string) => records?.assignments.find((one) => one.id === id), [records]);
  const keys = useMoveKeys({ canEdit, columns, scroller, assignment, moving });
  // Under the pointer the bar follows by itself and rows keep their heights; let go, or moved by keys, it is drawn where it would be.
  const moved = move && (move.dropped || keys.active) ? move : null;
  const { rows, shown } = useRows(moved, records, timeline);
  const drag = useBarDrag({ enabled: canEdit, columns, scroller, assignment, onChange: change, onDrop: (end) => void drop(end), hint });
  const again = () => {
    ranged.retry();
    retry();
  };
  return {
    canEdit,
    ranged,
    records,
    timeline,
    today,
    failed: ranged.error ?? error,
    again,
    scroller,
    hint,
    moving,
    keys,
    columns,
    rows,
    shown,
    drag,
  };
}
export type ProjectGrid = ReturnType<typeof useProjectGrid>;

/** What a click or a key on the grid opens; the address names it. */
export function useGridActions({ canEdit, drag, keys }: ProjectGrid) {
  const [, patch] = useAddress();
  const { undo } = useUndoRedo(canEdit);
  const add = (start: { project?: string; week?: string }) => patch({ add: start.project ?? '', week: start.week ?? null, cell: null });
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (drag.justDragged()) return;
    const target = (event.target as HTMLElement).closest<HTMLElement>('[data-bar],[data-week],[data-open]');
    const project = target?.closest<HTMLElement>('[data-project]')?.dataset['project'];
    if (!target || !project) return;
    const { bar, week, open } = target.dataset;
    if (bar) patch({ edit: bar });
    else if (week) patch({ cell: `${project} ${week}` });
    else if (open && canEdit) patch({ add: project, role: 'lead', days: open });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (keys.onKeyDown(event) || event.ctrlKey || event.metaKey || event.altKey || !canEdit) return;
    const target = event.target as HTMLElement;
    const project = target.closest<HTMLElement>('[data-project]')?.dataset['project'];
    if (event.key === 'u') undo?.run();
    else if (event.key === 'a')
      add({ ...(project ? { project } : {}), ...(target.dataset['week'] ? { week: target.dataset['week'] } : {}) });
  };

  return { add, onClick, onKeyDown };
}
