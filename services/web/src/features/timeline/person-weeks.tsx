import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { count, hours, percent } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { NothingMatches } from './filter-bar.tsx';
import { MoveWords } from './move-words.tsx';
import { Panels } from './panels.tsx';
import { LoadBar, shownIn } from './person-row.tsx';
import { loadCells } from './person-rows.ts';
import { GridSkeleton } from './skeleton.tsx';
import { usePersonGrid } from './use-person-grid.ts';
import { WeekBars } from './week-bars.tsx';
import { useWeek, WeekList } from './week-list.tsx';

/** Staffing by person on a phone: a week at a time, everybody with their load and what they work on. */
export function PersonWeeks() {
  useTitle('People and load');
  const grid = usePersonGrid();
  const { canEdit, records, timeline, today, failed, rows, shown, scroller, unit, patch } = grid;
  const at = useWeek(timeline?.weeks, today, grid.goTo);
  const isHere = timeline && records && at.index >= 0;
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
        {isHere &&
          employed.map(({ person, bars }) => {
            const figure = figures.get(person.id);
            const cell = figure && loadCells(person, records.people, figure, timeline.weeks)[at.index];
            const told = cell && shownIn(unit, cell);
            return (
              <section key={person.id} className="wkl-i" data-person={person.id} aria-label={person.private.name}>
                <div className="wkl-h">
                  <h3>
                    <Link to={`/people/${person.id}`}>
                      <bdi>{person.private.name}</bdi>
                    </Link>
                    <small>
                      {[cell?.leave, cell && cell.holidays.length > 0 && count(cell.holidays.length, 'holiday')]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </h3>
                  {cell && told && (
                    <div className={cell.over > 0 ? 'wkl-l pc ov' : 'wkl-l pc'} role="img" aria-label={cell.label}>
                      <span>
                        {cell.away ? 'away' : `${told.confirmed} ${unit === 'percent' ? '%' : 'h'}`}
                        {told.tentative && <span className="tt"> +{told.tentative}</span>}
                        {cell.over > 0 && <b className="bad"> +{hours(cell.over)} over</b>}
                      </span>
                      <span className={cell.away ? 'lb off' : 'lb'}>
                        {!cell.away && <LoadBar cell={cell} operations={person.operationsShare} />}
                      </span>
                    </div>
                  )}
                </div>
                <WeekBars
                  bars={bars}
                  at={at}
                  timeline={timeline}
                  canEdit={canEdit}
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
          })}
      </WeekList>
      <MoveWords grid={grid} />
      {records && timeline && (
        <Panels
          records={records}
          rows={[]}
          bars={rows.flatMap(({ bars }) => bars)}
          today={today}
          canEdit={canEdit}
          scroller={scroller}
          menu={grid}
        />
      )}
    </main>
  );
}
