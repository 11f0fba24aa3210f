import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { count, hours, percent } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import type { Records } from './bars.ts';
import { BesideGrid } from './beside-grid.tsx';
import { NothingMatches } from './filter-bar.tsx';
import { overlaps } from './geometry.ts';
import { LoadBar, shownIn } from './person-row.tsx';
import { loadCells, type PersonRow } from './person-rows.ts';
import { GridSkeleton } from './skeleton.tsx';
import type { Drawn } from './slice.ts';
import { type PersonGrid, usePersonGrid } from './use-person-grid.ts';
import { type Done, useDone, WeekBars, WeekPlaces } from './week-bars.tsx';
import { type ShownWeek, useWeek, WeekList } from './week-list.tsx';
import { useNearRows, WeekRows } from './week-rows.tsx';

/** Staffing by person on a phone: a week at a time, everybody with their load and what they work on. */
export function PersonWeeks() {
  useTitle('People and load');
  const grid = usePersonGrid();
  const { canEdit, records, timeline, today, failed, rows, shown, scroller, patch } = grid;
  const at = useWeek(timeline?.weeks, today, grid.goTo);
  const isHere = timeline && records && !grid.held && at.index >= 0;
  const done = useDone(timeline);
  const near = useNearRows(scroller);
  const places = grid.places.bars.filter(({ place }) => overlaps(place, at));
  const figures = new Map(timeline?.people.map((one) => [one.id, one]));
  const employed = shown.filter(({ person }) => figures.get(person.id)?.employed[at.index]);
  const total = (key: 'net' | 'confirmed' | 'tentative') => sum(employed.map(({ person }) => figures.get(person.id)?.[key][at.index] ?? 0));
  const net = total('net');
  const apart = timeline?.confirmedOnly ? ', tentative work hidden' : `, ${percent(net > 0 ? total('tentative') / net : null)} tentative`;
  return (
    <main className="tlp">
      <WeekList
        by="person"
        at={at}
        records={records}
        today={today}
        shown={shown.length}
        all={rows.length}
        canEdit={canEdit}
        scroller={scroller}
        onAdd={() => patch({ add: '', days: `${at.from} ${at.to}` })}
        sum={
          isHere &&
          `${percent(net > 0 ? total('confirmed') / net : null)} confirmed${apart} of ${hours(Math.round(net))} net, ${count(employed.length, 'person', 'people')}`
        }
      >
        {failed && <ProblemNote error={failed} what="The people did not load" retry={grid.again} />}
        {!isHere && !failed && <GridSkeleton />}
        {isHere && shown.length === 0 && rows.length > 0 && <NothingMatches by="person" all={rows.length} records={records} />}
        {isHere && employed.length === 0 && (shown.length > 0 || rows.length === 0) && (
          <Empty icon="people" title="Nobody works in this week">
            Go on a week, or add a person.
          </Empty>
        )}
        {isHere && places.length > 0 && (
          <section className="wkl-i" aria-label="Open places">
            <h3>Open places</h3>
            <WeekPlaces
              places={places}
              at={at}
              name={({ place }) => records.projects.get(place.project)?.name}
              more={({ place }) => place.role}
            />
          </section>
        )}
        {isHere && (
          <WeekRows
            near={near}
            rows={employed.map((row) => ({
              key: row.person.id,
              render: () => <PersonWeek {...{ row, at, done, grid, records }} figure={figures.get(row.person.id)} weeks={timeline.weeks} />,
            }))}
          />
        )}
      </WeekList>
      <BesideGrid grid={grid} />
    </main>
  );
}

interface WeekProps {
  row: PersonRow;
  figure: Drawn['people'][number] | undefined;
  weeks: readonly string[];
  at: ShownWeek;
  done: Done;
  grid: PersonGrid;
  records: Records;
}

/** A person in the week: their load, and what they work on. */
function PersonWeek({ row: { person, bars }, figure, weeks, at, done, grid: { canEdit, selection, unit, patch }, records }: WeekProps) {
  const cell = figure && loadCells(person, records.people, figure, weeks)[at.index];
  const told = cell && shownIn(unit, cell);
  return (
    <section className="wkl-i" data-person={person.id} aria-label={person.private.name}>
      <div className="wkl-h">
        <h3>
          <Link to={`/people/${person.id}`}>
            <bdi>{person.private.name}</bdi>
          </Link>
          <small>
            {[cell?.leave, cell && cell.holidays.length > 0 && count(cell.holidays.length, 'holiday')].filter(Boolean).join(' · ')}
          </small>
        </h3>
        {cell && told && (
          <div className={cell.over > 0 ? 'wkl-l pc ov' : 'wkl-l pc'} role="img" aria-label={cell.label}>
            <span>
              {cell.away ? 'away' : `${told.confirmed} ${unit === 'percent' ? '%' : 'h'}`}
              {told.tentative && <span className="tt"> +{told.tentative}</span>}
              {cell.over > 0 && <b className="bad"> +{hours(cell.over)} over</b>}
            </span>
            <span className={cell.away ? 'lb off' : 'lb'}>{!cell.away && <LoadBar cell={cell} operations={person.operationsShare} />}</span>
          </div>
        )}
      </div>
      <WeekBars
        bars={bars}
        at={at}
        done={done}
        canEdit={canEdit}
        selection={selection}
        name={({ assignment }) => records.projects.get(assignment.project)?.name ?? 'Unknown project'}
      />
      {canEdit && (
        <Button
          look="quiet"
          icon="plus"
          aria-label={`Assign ${person.private.name}`}
          onClick={() => patch({ add: '', who: person.id, days: `${at.from} ${at.to}` })}
        >
          Assign…
        </Button>
      )}
    </section>
  );
}
