import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { count, dayRange, hours } from '../../staffing/format.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { CoverageCell, coverageWords } from '../../ui/coverage-cell.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import type { Records } from './bars.ts';
import { BesideGrid } from './beside-grid.tsx';
import { NothingMatches } from './filter-bar.tsx';
import { overlaps } from './geometry.ts';
import { capital } from './place-fill.ts';
import { gapDays, type ProjectRow } from './project-rows.ts';
import { GridSkeleton } from './skeleton.tsx';
import { type ProjectGrid, useProjectGrid } from './use-project-grid.ts';
import { type Done, useDone, WeekBars, WeekPlaces } from './week-bars.tsx';
import { type ShownWeek, useWeek, WeekList } from './week-list.tsx';
import { WeekNoteLine } from './week-note.tsx';
import { useNearRows, WeekRows } from './week-rows.tsx';

/** Staffing by project on a phone: a week at a time, each project with its cover and who works on it. */
export function ProjectWeeks() {
  useTitle('Timeline');
  const grid = useProjectGrid();
  const { canEdit, records, timeline, today, failed, rows, shown, scroller } = grid;
  const [, patch] = useAddress();
  const at = useWeek(timeline?.weeks, today, grid.goTo);
  const done = useDone(timeline);
  const near = useNearRows(scroller);
  const inWeek = shown.filter((row) => isIn(row, at));
  const states = inWeek.flatMap(({ cells }) => cells[at.index]?.state ?? []);
  const covered = states.filter((state) => state === 'covered').length;
  const isHere = timeline && records && !grid.held && at.index >= 0;
  const hidden = timeline?.confirmedOnly ? ', proposals and tentative work hidden' : '';
  return (
    <main className="tlp">
      <WeekList
        by="project"
        at={at}
        records={records}
        today={today}
        shown={shown.length}
        all={rows.length}
        canEdit={canEdit}
        scroller={scroller}
        onAdd={() => patch({ add: '', days: `${at.from} ${at.to}` })}
        sum={isHere && `${covered} of ${count(states.length, 'project')} to cover covered by confirmed work${hidden}`}
      >
        {failed && <ProblemNote error={failed} what="The timeline did not load" retry={grid.again} />}
        {!isHere && !failed && <GridSkeleton />}
        {isHere && shown.length === 0 && rows.length > 0 && <NothingMatches by="project" all={rows.length} records={records} />}
        {isHere && inWeek.length === 0 && (shown.length > 0 || rows.length === 0) && (
          <Empty icon="time" title="No projects in this week">
            Go on a week, or add a project.
          </Empty>
        )}
        {isHere && (
          <WeekRows
            near={near}
            rows={inWeek.map((row) => ({
              key: row.project.id,
              render: () => <ProjectWeek {...{ row, at, done, grid }} people={records.people} />,
            }))}
          />
        )}
      </WeekList>
      <BesideGrid grid={grid} projects={rows} />
    </main>
  );
}

interface WeekProps {
  row: ProjectRow;
  at: ShownWeek;
  done: Done;
  grid: ProjectGrid;
  people: Records['people'];
}

/** A project in the week: its cover, who works on it, and who is wanted. */
function ProjectWeek({ row, at, done, grid: { canEdit, selection }, people }: WeekProps) {
  const [, patch] = useAddress();
  const cell = row.cells[at.index];
  const gap = cell?.gap == null ? undefined : row.gaps[cell.gap];
  const open = row.openLead.find((run) => overlaps(run, at));
  const days = gap && gapDays(row.project, gap);
  const note = cell && <WeekNoteLine {...{ row, cell, canEdit }} onNote={(noted) => patch({ noted })} />;
  return (
    <section className="wkl-i" data-project={row.project.id} aria-label={row.project.name}>
      <div className="wkl-h">
        <h3>
          <Link to={`/projects/${row.project.id}`}>
            <bdi>{row.project.name}</bdi>
          </Link>
          <small>{[row.project.state === 'proposal' && 'Proposal', row.project.client].filter(Boolean).join(' · ')}</small>
        </h3>
        {cell && (
          <button
            type="button"
            className="wkl-c"
            data-week={cell.week}
            aria-haspopup="dialog"
            aria-label={cell.label}
            onClick={() => patch({ cell: `${row.project.id} ${cell.week}` })}
          >
            {cell.state === null ? (
              <span className="muted">needs none</span>
            ) : (
              <>
                <CoverageCell state={cell.state} plain title="" />
                <span>{coverageWords[cell.state]}</span>
              </>
            )}
          </button>
        )}
      </div>
      {gap && days && (
        <p className="wkl-g">
          Open {dayRange(days.from, days.to)}: {count(gap.weeks, 'week')}, {hours(gap.hours)} of a sidekick
        </p>
      )}
      {cell && cell.note !== null && note}
      <WeekBars
        bars={row.bars}
        at={at}
        done={done}
        canEdit={canEdit}
        selection={selection}
        name={(bar) => nameOf(bar.assignment.person, people)}
      />
      <WeekPlaces places={row.places} at={at} name={({ place }) => `${capital(place.role)} wanted`} />
      {open && (
        <p className="wkl-g">
          No lead {dayRange(open.from, open.to)}
          {canEdit && (
            <Button
              look="quiet"
              aria-label={`Assign a lead to ${row.project.name}`}
              onClick={() => patch({ add: row.project.id, wanted: 'lead', days: `${open.from} ${open.to ?? ''}` })}
            >
              Assign a lead…
            </Button>
          )}
        </p>
      )}
      {canEdit && (
        <div className="acts">
          <Button
            look="quiet"
            icon="plus"
            aria-label={`Assign somebody to ${row.project.name}`}
            onClick={() => patch({ add: row.project.id, days: `${at.from} ${at.to}` })}
          >
            Assign…
          </Button>
          {cell?.note === null && note}
        </div>
      )}
    </section>
  );
}

/** Whether the project runs in the week, or somebody works on it or is wanted. */
const isIn = ({ project, bars, places }: ProjectRow, week: { from: string; to: string }): boolean =>
  overlaps(project, week) || bars.some(({ assignment }) => overlaps(assignment, week)) || places.some(({ place }) => overlaps(place, week));
