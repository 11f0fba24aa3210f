import { addDays, mondayOfWeek } from '@sidekick/calendar/iso';
import type { Question, TimelineAnswer } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, hours, percent } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { FilterBar, filterWords, NothingMatches } from './filter-bar.tsx';
import { GridFrame, todayColumn } from './grid-frame.tsx';
import { PersonLegend } from './legend.tsx';
import { Panels } from './panels.tsx';
import { PaperHead } from './paper-head.tsx';
import { barsHeight, GroupRow, PersonBars, PersonRowView } from './person-row.tsx';
import { groupCells, type PersonRow } from './person-rows.ts';
import { GridSkeleton } from './skeleton.tsx';
import { Toolbar } from './toolbar.tsx';
import { type PersonGrid, usePersonActions, usePersonGrid } from './use-person-grid.ts';

const total = (values: readonly (number | null)[]) =>
  values.every((value) => value === null) ? null : sum(values.map((value) => value ?? 0));

/** Staffing by person: load a week, free hours, and the assignments of whoever is opened. */
export function PersonTimeline() {
  useTitle('People and load');
  const grid = usePersonGrid();
  const { canEdit, ranged, records, timeline, today, failed, rows, shown, scroller, patch } = grid;
  const [params] = useAddress();
  const [first, last] = [mondayOfWeek(ranged.from), addDays(mondayOfWeek(ranged.to), 6)];
  return (
    <main className="tlp">
      <PaperHead title="Staffing by person" from={first} to={last} today={today} filter={filterWords(params, 'person')} />
      <Toolbar
        by="person"
        from={ranged.from}
        weeks={ranged.weeks}
        today={today}
        canEdit={canEdit}
        onAdd={() => patch({ add: '' })}
        summary={timeline && <Summary timeline={timeline} rows={shown} all={rows.length} />}
      />
      <FilterBar by="person" shown={shown.length} all={rows.length} />
      <PersonLegend />
      {failed && (
        <div className="filt">
          <ProblemNote error={failed} what="The people did not load" retry={grid.again} />
        </div>
      )}
      {!(timeline && records) && !failed && <GridSkeleton />}
      {timeline && records && rows.length === 0 && <NobodyWorks canEdit={canEdit} />}
      {timeline && records && rows.length > 0 && <Grid grid={grid} timeline={timeline} />}
      {timeline && records && rows.length > 0 && shown.length === 0 && <NothingMatches by="person" all={rows.length} />}
      {records && timeline && (
        <Panels records={records} rows={[]} bars={rows.flatMap(({ bars }) => bars)} today={today} canEdit={canEdit} scroller={scroller} />
      )}
    </main>
  );
}

function NobodyWorks({ canEdit }: { canEdit: boolean }) {
  return (
    <Empty
      icon="people"
      title="Nobody works in these weeks"
      action={
        canEdit && (
          <Link className="btn" to="/people/new">
            Add a person
          </Link>
        )
      }
    >
      Here stands how full everybody is, week by week, and who has hours left.
    </Empty>
  );
}

function Grid({ grid, timeline }: { grid: PersonGrid; timeline: TimelineAnswer }) {
  const { canEdit, today, rows, shown, opened, toggle, scroller } = grid;
  const { onClick, onKeyDown } = usePersonActions(grid);
  const now = todayColumn(timeline.mondays[0] ?? today, today);
  const everybody = shown.length === rows.length;
  return (
    <GridFrame
      scroller={scroller}
      className="people"
      weeks={timeline.weeks}
      mondays={timeline.mondays}
      today={today}
      label={`Load by person, ${count(timeline.weeks.length, 'week')}. Arrow keys move, Enter shows the assignments.`}
      corner={<Corner words={everybody ? count(rows.length, 'person', 'people') : `${shown.length} of ${rows.length} people`} />}
      lead={
        <GroupRow
          name={everybody ? 'Group' : 'All shown'}
          cells={groupCells(timeline, shown)}
          free1={total(shown.map(({ free }) => free))}
          free4={total(shown.map(({ free4 }) => free4))}
        />
      }
      rows={shown.flatMap((row, index) => slots(row, index, opened.has(row.person.id), { now, canEdit, toggle }))}
      onClick={onClick}
      onKeyDown={onKeyDown}
    />
  );
}

function Corner({ words }: { words: string }) {
  return (
    <div className="c0 pp">
      <span />
      <div className="who0">
        <Link className="link" to="/people" title="Everybody as a list, with skills">
          {words}
        </Link>
      </div>
      <div className="fr">
        <span>
          Free h
          <br />
          this wk
        </span>
        <span className="hide-s">
          <br />4 wk
        </span>
      </div>
    </div>
  );
}

function slots(
  row: PersonRow,
  index: number,
  open: boolean,
  { now, canEdit, toggle }: { now: number; canEdit: boolean; toggle: (person: string) => void },
) {
  const main = { key: row.person.id, height: 45, render: () => <PersonRowView row={row} index={index} open={open} onToggle={toggle} /> };
  if (!open) return [main];
  return [
    main,
    {
      key: `${row.person.id} bars`,
      height: barsHeight(row),
      render: () => <PersonBars row={row} index={index} now={now} canEdit={canEdit} />,
    },
  ];
}

/** Load of the people shown; with a filter it says that it counts them alone. */
function Summary({ timeline, rows, all }: { timeline: TimelineAnswer; rows: readonly PersonRow[]; all: number }) {
  const [params] = useAddress();
  const shown = new Set(rows.map(({ person }) => person.id));
  const people = timeline.people.filter(({ id }) => shown.has(id));
  const hoursOf = (pick: (one: TimelineAnswer['people'][number]) => readonly number[]) => sum(people.flatMap(pick));
  const net = hoursOf((one) => one.net);
  const over = rows.filter(({ overWeeks }) => overWeeks.length > 0).length;
  const of = rows.length === all ? '' : `, of the ${count(rows.length, 'person', 'people')} shown`;
  if (net <= 0) return <>No net hours in these weeks{of}</>;
  const weeks: [string, string] = [timeline.weeks[0] ?? '', timeline.weeks.at(-1) ?? ''];
  const team = params.get('team');
  const byTeamAlone = team !== null && !['q', 'gaps', 'mine'].some((key) => params.has(key));
  // Of those whom other filters leave there is no question to ask.
  const args = byTeamAlone ? { team, weeks } : rows.length === all ? { weeks } : null;
  const question: Question | null = args && { what: 'utilisation', args };
  return (
    <>
      {question ? (
        <FigureButton className="b" question={question}>
          {percent(hoursOf((one) => one.confirmed) / net)}
        </FigureButton>
      ) : (
        <b>{percent(hoursOf((one) => one.confirmed) / net)}</b>
      )}{' '}
      confirmed, <b>{percent(hoursOf((one) => one.tentative) / net)}</b> tentative of {hours(Math.round(net))} net ·{' '}
      <b className={over > 0 ? 'bad' : undefined}>{over === 1 ? '1 person over' : `${over} people over`}</b>
      {of}
    </>
  );
}
