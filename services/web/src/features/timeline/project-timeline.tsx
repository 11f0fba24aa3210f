import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useRef } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { useAddress } from '../staffing/address.ts';
import { count, percent } from '../staffing/format.ts';
import { sum } from '../staffing/lists.ts';
import { useRecords } from '../staffing/queries.ts';
import type { Records } from './bars.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DropHint } from './drop-hint.tsx';
import { matchesProject } from './filter.ts';
import { GridFrame, todayColumn } from './grid-frame.tsx';
import { ProjectLegend } from './legend.tsx';
import { useMoveKeys } from './move-keys.ts';
import { Panels } from './panels.tsx';
import { ProjectRowView } from './project-row.tsx';
import { columnsOf, projectRows } from './project-rows.ts';
import { useRangedTimeline } from './range.ts';
import { GridSkeleton } from './skeleton.tsx';
import { FilterBar, Toolbar, useUndoRedo } from './toolbar.tsx';
import { useBarDrag } from './use-bar-drag.ts';
import { type Move, useAhead, useMove } from './use-move.ts';

/** Staffing by project: bars, coverage, gaps; moved by pointer, keys or form. */
export function ProjectTimeline() {
  useTitle('Timeline');
  const { me, is } = useSession();
  const canEdit = is('manager');
  const [params, patch] = useAddress();
  const ranged = useRangedTimeline();
  const { records, error, retry } = useRecords();
  const { timeline, today } = ranged;
  const scroller = useRef<HTMLDivElement>(null);
  const hint = useRef<HTMLDivElement>(null);
  const moving = useMove(records);
  const { move } = moving;
  const columns = timeline ? columnsOf(timeline) : { first: today, weeks: ranged.weeks };
  const assignment = useCallback((id: string) => records?.assignments.find((one) => one.id === id), [records]);
  const keys = useMoveKeys({ canEdit, columns, scroller, assignment, moving });
  // Under the pointer the bar follows by itself and rows keep their heights; let go, or moved by keys, it is drawn where it would be.
  const placed = move && (move.dropped || keys.active) ? move : null;
  const drawn = useMemo(() => (records && placed ? withMove(records, placed) : records), [records, placed]);
  const rows = useMemo(() => (timeline && drawn ? projectRows(timeline, drawn) : []), [timeline, drawn]);
  const shown = useMemo(
    () => (records ? rows.filter((row) => matchesProject(row, params, records, me?.person ?? null)) : []),
    [rows, params, records, me?.person],
  );
  const ahead = useAhead(move?.answer ?? null);
  const drag = useBarDrag({
    enabled: canEdit,
    columns,
    scroller,
    assignment,
    onChange: moving.change,
    onDrop: (end) => void moving.drop(end),
    hint,
  });
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

  const failed = ranged.error ?? error;
  const now = timeline ? todayColumn(columns.first, today) : 0;
  const [cellProject = '', cellWeek = ''] = (params.get('cell') ?? '').split(' ');
  const gaps = sum(rows.map(({ gaps: list }) => list.length));
  return (
    <main className="tlp">
      <Toolbar
        by="project"
        from={ranged.from}
        weeks={ranged.weeks}
        today={today}
        canEdit={canEdit}
        onAdd={() => add({})}
        summary={timeline && <Summary covered={timeline.group.covered} needed={timeline.group.needed} gaps={gaps} />}
      />
      <FilterBar by="project" shown={shown.length} all={rows.length} />
      <ProjectLegend />
      {failed && (
        <div className="filt">
          <ProblemNote
            error={failed}
            what="The timeline did not load"
            retry={() => {
              ranged.retry();
              retry();
            }}
          />
        </div>
      )}
      {!(timeline && records) && !failed && <GridSkeleton />}
      {timeline && records && rows.length === 0 && (
        <Empty
          icon="time"
          title="No projects in these weeks"
          action={
            canEdit && (
              <Link className="btn" to="/projects/new">
                Add a project
              </Link>
            )
          }
        >
          The timeline shows who leads, backs up and helps each project, and which weeks nobody covers.
        </Empty>
      )}
      {timeline && records && rows.length > 0 && (
        <GridFrame
          scroller={scroller}
          weeks={timeline.weeks}
          mondays={timeline.mondays}
          today={today}
          className={canEdit ? 'can' : ''}
          label={`Coverage by project, ${count(timeline.weeks.length, 'week')}. Arrow keys move, Enter opens${canEdit ? ', m moves a bar, a assigns, u undoes' : ''}.`}
          corner={
            <div className="c0">
              <Link className="link" to="/projects" title="All projects as a list">
                {shown.length === rows.length ? count(rows.length, 'project') : `${shown.length} of ${count(rows.length, 'project')}`}
              </Link>
            </div>
          }
          onKeyDown={onKeyDown}
          onPointerDown={drag.onPointerDown}
          onClick={onClick}
          rows={shown.map((row, index) => ({
            key: row.project.id,
            height: row.height,
            render: () => (
              <ProjectRowView
                row={row}
                index={index}
                now={now}
                canEdit={canEdit}
                moving={move && row.project.id === move.assignment.project ? move.assignment.id : null}
                selected={cellProject === row.project.id ? cellWeek : null}
                ahead={ahead.get(row.project.id) ?? null}
              />
            ),
          }))}
        />
      )}
      <DropHint hint={hint} move={move} keyboard={keys.active} said={moving.said} />
      {move?.dropped && moving.refused.length > 0 && (
        <ConflictDialog
          said={moving.said(move)}
          broken={moving.refused}
          busy={moving.busy}
          error={moving.error}
          onSave={(reason) => void moving.drop(move, reason, moving.refused)}
          onPutBack={moving.put}
        />
      )}
      {records && timeline && (
        <Panels records={records} rows={rows} bars={rows.flatMap(({ bars }) => bars)} today={today} canEdit={canEdit} scroller={scroller} />
      )}
    </main>
  );
}

/** The records with one assignment standing where it is being moved to. */
function withMove(records: Records, { assignment, range }: Move): Records {
  return { ...records, assignments: records.assignments.map((one) => (one.id === assignment.id ? { ...one, ...range } : one)) };
}

function Summary({ covered, needed, gaps }: { covered: number; needed: number; gaps: number }) {
  if (needed === 0) return <>No project-week needs cover here</>;
  return (
    <>
      <b>{covered}</b> of <b>{needed}</b> project-weeks covered (<b>{percent(covered / needed)}</b>) · <b>{gaps}</b>{' '}
      {gaps === 1 ? 'gap' : 'gaps'}
    </>
  );
}
