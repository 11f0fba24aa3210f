import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, percent } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { BarMarks } from './bar-marks.ts';
import { BesideGrid } from './beside-grid.tsx';
import { FilterBar, NothingMatches } from './filter-bar.tsx';
import { filterWords } from './filter-words.ts';
import { FreeListStrip } from './free-list.tsx';
import { GridFrame } from './grid-frame.tsx';
import { ProjectLegend } from './legend.tsx';
import { PaperHead } from './paper-head.tsx';
import { PlacingHint } from './placing-hint.tsx';
import { PlanStrip } from './plan-strip.tsx';
import { coverageWith } from './planned-bars.ts';
import { ProjectRowView } from './project-row.tsx';
import type { ProjectRow } from './project-rows.ts';
import { daysOf, todayAt } from './scale.ts';
import { GridSkeleton } from './skeleton.tsx';
import { type Drawn, rangeOf } from './slice.ts';
import { TimelineViewNotice } from './timeline-views.tsx';
import { Toolbar } from './toolbar.tsx';
import { useAhead } from './use-move.ts';
import { type ProjectGrid, useGridActions, useProjectGrid } from './use-project-grid.ts';
import { viewKeyWords } from './view-keys.ts';

/** Staffing by project: bars, coverage, gaps; moved by pointer, keys or form. */
export function ProjectTimeline() {
  useTitle('Timeline');
  const grid = useProjectGrid();
  const actions = useGridActions(grid);
  const { canEdit, view, records, timeline, today, failed, rows, shown, held } = grid;
  const { add } = actions;
  const [params] = useAddress();
  const isHere = timeline && records && !held;
  return (
    <main className="tlp">
      <PaperHead title="Staffing by project" {...daysOf(view)} today={today} filter={filterWords(params, 'project', records)} />
      <Toolbar
        by="project"
        view={view}
        records={records}
        today={today}
        onStep={grid.step}
        onToday={grid.onToday}
        canEdit={canEdit}
        selection={grid.selection}
        onAdd={() => add({})}
        counted={timeline && `${rangeOf(timeline)}: weeks of the projects shown that need cover, and those with confirmed cover`}
        summary={timeline && <Summary rows={shown} all={rows.length} timeline={timeline} />}
      />
      <TimelineViewNotice records={records} today={today} />
      <FilterBar by="project" shown={shown.length} all={rows.length} records={records} />
      {records && timeline && <FreeListStrip by="project" list={grid.free} timeline={timeline} records={records} />}
      <PlanStrip planned={grid.planned} />
      <ProjectLegend />
      {failed && (
        <div className="filt">
          <ProblemNote error={failed} what="The timeline did not load" retry={grid.again} />
        </div>
      )}
      {!isHere && !failed && <GridSkeleton />}
      {/* Also without a row: who has gone far back in time goes on from there. */}
      {isHere && records.projects.size > 0 && <Grid grid={grid} actions={actions} />}
      {isHere && rows.length === 0 && (
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
      {isHere && rows.length > 0 && shown.length === 0 && <NothingMatches by="project" all={rows.length} records={records} />}
      <BesideGrid grid={grid} projects={rows} />
      <PlacingHint placing={grid.placing} />
    </main>
  );
}

type Actions = ReturnType<typeof useGridActions>;

function Grid({ grid, actions }: { grid: ProjectGrid; actions: Actions }) {
  const { canEdit, timeline, today, scale, rows, shown, scroller, moving } = grid;
  const { move } = moving;
  const { onClick, onContextMenu, onKeyDown, onPointerDown } = actions;
  const [params] = useAddress();
  const moved = useAhead(move?.answer ?? grid.placing.answer);
  const { outlines } = grid;
  const withPlan = useMemo(() => outlines && coverageWith(outlines), [outlines]);
  // What is under way in the hand comes before what is only planned.
  const ahead = move || grid.placing.answer || !withPlan ? moved : withPlan;
  if (!timeline) return null;
  const now = todayAt(today, scale);
  const [cellProject = '', cellWeek = ''] = (params.get('cell') ?? '').split(' ');
  return (
    <BarMarks value={grid.marks}>
      <GridFrame
        scroller={scroller}
        scale={scale}
        today={today}
        waiting={grid.waiting}
        onStep={grid.step}
        className={canEdit ? 'can' : ''}
        label={`Coverage by project, ${count(timeline.weeks.length, 'week')}. Arrow keys move, Enter opens${canEdit ? ', m moves a bar, s splits it, h types its hours by week, d duplicates it, e ends it today, Delete removes it, x selects it, a assigns, n notes on a week, u undoes' : ''}, ${viewKeyWords}.`}
        corner={
          <div className="c0">
            <Link className="link" to="/projects" title="All projects as a list">
              {shown.length === rows.length ? count(rows.length, 'project') : `${shown.length} of ${count(rows.length, 'project')}`}
            </Link>
          </div>
        }
        onKeyDown={onKeyDown}
        onBlur={grid.onBlur}
        onPointerDown={onPointerDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
        rows={shown.map((row, index) => ({
          key: row.project.id,
          height: row.height,
          render: () => (
            <ProjectRowView
              row={row}
              index={index}
              now={now}
              scale={scale}
              canEdit={canEdit}
              moving={move && row.project.id === move.assignment.project ? move.assignment.id : null}
              selected={cellProject === row.project.id ? cellWeek : null}
              ahead={ahead.get(row.project.id) ?? null}
            />
          ),
        }))}
      />
    </BarMarks>
  );
}

/** Coverage of the rows shown; with a filter it says that it counts them alone. */
function Summary({ rows, all, timeline }: { rows: readonly ProjectRow[]; all: number; timeline: Drawn }) {
  const { weeks, confirmedOnly } = timeline;
  const counted = rows.flatMap(({ cells }) => cells).filter(({ state }) => state !== null);
  const covered = counted.filter(({ state }) => state === 'covered').length;
  const tentative = counted.filter(({ state }) => state === 'tentative').length;
  const gaps = sum(rows.map(({ gaps: list }) => list.length));
  const of = rows.length === all ? '' : ` in the ${count(rows.length, 'project')} shown`;
  if (counted.length === 0) return <>No project-week needs cover{of || ' here'}</>;
  const ratio = percent(covered / counted.length);
  const range: [string, string] = [weeks[0] ?? '', weeks.at(-1) ?? ''];
  return (
    <>
      <b>{covered}</b> of <b>{counted.length}</b> project-weeks covered{' '}
      <span className="nw">
        (
        {rows.length === all ? (
          <FigureButton className="b" question={{ what: 'coverageRatio', args: { weeks: range } }}>
            {ratio}
          </FigureButton>
        ) : (
          <b>{ratio}</b>
        )}
        )
      </span>{' '}
      · <b>{gaps}</b> {gaps === 1 ? 'gap' : 'gaps'}
      {of}
      {confirmedOnly && ' · proposals and tentative work hidden'}
      {!confirmedOnly && tentative > 0 && (
        <>
          {' '}
          · <b>{tentative}</b> with a tentative sidekick alone
        </>
      )}
    </>
  );
}
