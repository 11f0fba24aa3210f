import type { Question } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, hours, percent } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { BarMarks } from './bar-marks.ts';
import { BesideGrid } from './beside-grid.tsx';
import { isFiltered } from './filter.ts';
import { FilterBar, NothingMatches } from './filter-bar.tsx';
import { filterWords } from './filter-words.ts';
import { FreeListStrip } from './free-list.tsx';
import { GridFrame } from './grid-frame.tsx';
import { GroupRow } from './group-row.tsx';
import { PersonLegend } from './legend.tsx';
import type { LoadUnit } from './load-unit.ts';
import { PaperHead } from './paper-head.tsx';
import { barsHeight, PersonBars, PersonRowView } from './person-row.tsx';
import { groupCells, type LoadAhead, type PersonRow } from './person-rows.ts';
import { type Places, PlacesRow, placesHeight } from './places-row.tsx';
import { PlacingHint } from './placing-hint.tsx';
import { type Column, daysOf, type Scale, todayAt } from './scale.ts';
import { GridSkeleton } from './skeleton.tsx';
import { type Drawn, rangeOf } from './slice.ts';
import { TimelineViewNotice } from './timeline-views.tsx';
import { Toolbar } from './toolbar.tsx';
import { useLoadAhead } from './use-move.ts';
import { type PersonGrid, usePersonActions, usePersonGrid } from './use-person-grid.ts';
import { viewKeyWords } from './view-keys.ts';

const total = (values: readonly (number | null)[]) =>
  values.every((value) => value === null) ? null : sum(values.map((value) => value ?? 0));

/** Staffing by person: load by column, free hours, and everybody's assignments; moved by pointer, keys or form. */
export function PersonTimeline() {
  useTitle('People and load');
  const grid = usePersonGrid();
  const { canEdit, view, records, timeline, today, failed, rows, shown, unit, patch, held } = grid;
  const [params] = useAddress();
  const isHere = timeline && records && !held;
  return (
    <main className="tlp">
      <PaperHead title="Staffing by person" {...daysOf(view)} today={today} filter={filterWords(params, 'person', records)} />
      <Toolbar
        by="person"
        view={view}
        records={records}
        today={today}
        onStep={grid.step}
        onToday={grid.onToday}
        canEdit={canEdit}
        selection={grid.selection}
        onAdd={() => patch({ add: '' })}
        counted={
          timeline &&
          `${rangeOf(timeline)}: confirmed${timeline.confirmedOnly ? '' : ' and tentative'} work of the people shown, in per cent of their net hours`
        }
        summary={timeline && <Summary timeline={timeline} rows={shown} all={rows.length} />}
      />
      <TimelineViewNotice records={records} today={today} />
      <FilterBar by="person" shown={shown.length} all={rows.length} records={records} />
      {records && timeline && <FreeListStrip by="person" list={grid.free} timeline={timeline} records={records} />}
      <PersonLegend unit={unit} tellIn={grid.tellIn} />
      {failed && (
        <div className="filt">
          <ProblemNote error={failed} what="The people did not load" retry={grid.again} />
        </div>
      )}
      {!isHere && !failed && <GridSkeleton />}
      {/* Also without a row: who has gone far back in time goes on from there. */}
      {isHere && records.people.size > 0 && <Grid grid={grid} timeline={timeline} />}
      {isHere && rows.length === 0 && <NobodyWorks canEdit={canEdit} />}
      {isHere && rows.length > 0 && shown.length === 0 && <NothingMatches by="person" all={rows.length} records={records} />}
      <BesideGrid grid={grid} />
      <PlacingHint placing={grid.placing} />
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

function Grid({ grid, timeline }: { grid: PersonGrid; timeline: Drawn }) {
  const { canEdit, today, scale, rows, shown, hidden, toggle, unit, moving, scroller } = grid;
  const { onClick, onContextMenu, onKeyDown, onPointerDown } = usePersonActions(grid);
  const now = todayAt(today, scale);
  const { move } = moving;
  const holder = move?.person ?? move?.assignment.person;
  const [params] = useAddress();
  const ahead = useLoadAhead(move?.answer ?? grid.placing.answer);
  const everybody = shown.length === rows.length;
  const of = whose(params, everybody);
  return (
    <BarMarks value={grid.marks}>
      <GridFrame
        scroller={scroller}
        className={canEdit ? 'people can' : 'people'}
        scale={scale}
        today={today}
        waiting={grid.waiting}
        onStep={grid.step}
        label={`Load by person, ${count(timeline.weeks.length, 'week')}. Arrow keys move, Enter opens a bar and shows or hides those below a load${canEdit ? ', m moves a bar, s splits it, h types its hours by week, d duplicates it, e ends it today, Delete removes it, x selects it, a assigns, u undoes' : ''}, ${viewKeyWords}, % tells hours.`}
        corner={<Corner words={everybody ? count(rows.length, 'person', 'people') : `${shown.length} of ${rows.length} people`} />}
        reveal={params.get('open')}
        lead={
          <GroupRow
            name={everybody ? 'Group' : 'All shown'}
            cells={groupCells(timeline, shown, scale)}
            unit={unit}
            free1={total(shown.map(({ free }) => free))}
            free4={total(shown.map(({ free4 }) => free4))}
            asked={of && { of, load: (column) => loadQuestion(of, scale.columns[column]) }}
          />
        }
        rows={[
          ...placesSlot(grid.places, now, scale, canEdit),
          ...shown.flatMap((row, index) => {
            const moved = move && holder === row.person.id ? move.assignment.id : null;
            return slots(row, index, !hidden.has(row.person.id), {
              now,
              scale,
              unit,
              canEdit,
              toggle,
              moving: moved,
              ahead: ahead.get(row.person.id) ?? null,
            });
          }),
        ]}
        onClick={onClick}
        onContextMenu={onContextMenu}
        onKeyDown={onKeyDown}
        onBlur={grid.onBlur}
        onPointerDown={onPointerDown}
      />
    </BarMarks>
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

interface SlotOptions {
  now: number;
  scale: Scale;
  unit: LoadUnit;
  canEdit: boolean;
  toggle: (person: string) => void;
  moving: string | null;
  ahead: LoadAhead | null;
}

/** Above everybody, where there are any. */
const placesSlot = (places: Places, now: number, scale: Scale, canEdit: boolean) =>
  places.bars.length === 0
    ? []
    : [{ key: 'places', height: placesHeight(places, scale), render: () => <PlacesRow {...{ places, now, scale, canEdit }} /> }];

/** A person's load, and below it the bars unless they are hidden. */
function slots(row: PersonRow, index: number, open: boolean, { now, scale, unit, canEdit, toggle, moving, ahead }: SlotOptions) {
  const main = {
    key: row.person.id,
    height: 45,
    render: () => <PersonRowView row={row} index={index} open={open} unit={unit} ahead={ahead} onToggle={toggle} />,
  };
  if (!open) return [main];
  return [
    main,
    {
      key: `${row.person.id} bars`,
      height: barsHeight(row, scale),
      render: () => <PersonBars row={row} index={index} now={now} scale={scale} canEdit={canEdit} moving={moving} />,
    },
  ];
}

/** Everybody, or a team alone, as questions name them; of those whom other filters leave there is no question to ask. */
function whose(params: URLSearchParams, everybody: boolean): { team?: string } | null {
  const team = params.get('team');
  const others = new URLSearchParams(params);
  others.delete('team');
  // Hidden work takes nobody away, and is in no question.
  others.delete('tentative');
  if (team !== null && !isFiltered(others)) return { team };
  return everybody ? {} : null;
}

const loadQuestion = (of: { team?: string }, column: Column | undefined): Question => ({
  what: 'utilisation',
  args: { ...of, days: [column?.from ?? '', column?.to ?? ''] },
});

/** Load of the people shown; with a filter it says that it counts them alone. */
function Summary({ timeline, rows, all }: { timeline: Drawn; rows: readonly PersonRow[]; all: number }) {
  const [params, patch] = useAddress();
  const shown = new Set(rows.map(({ person }) => person.id));
  const people = timeline.people.filter(({ id }) => shown.has(id));
  const hoursOf = (pick: (one: Drawn['people'][number]) => readonly number[]) => sum(people.flatMap(pick));
  const net = hoursOf((one) => one.net);
  const over = rows.filter(({ overWeeks }) => overWeeks.length > 0).length;
  const overWords = `${count(over, 'person', 'people')} over`;
  const of = rows.length === all ? '' : `, of the ${count(rows.length, 'person', 'people')} shown`;
  if (net <= 0) return <>No net hours in these weeks{of}</>;
  const weeks: [string, string] = [timeline.weeks[0] ?? '', timeline.weeks.at(-1) ?? ''];
  const named = whose(params, rows.length === all);
  const question: Question | null = named && { what: 'utilisation', args: { ...named, weeks } };
  return (
    <>
      {question ? (
        <FigureButton className="b" question={question}>
          {percent(hoursOf((one) => one.confirmed) / net)}
        </FigureButton>
      ) : (
        <b>{percent(hoursOf((one) => one.confirmed) / net)}</b>
      )}{' '}
      confirmed
      {timeline.confirmedOnly ? (
        ' '
      ) : (
        <>
          , <b>{percent(hoursOf((one) => one.tentative) / net)}</b> tentative{' '}
        </>
      )}
      of {hours(Math.round(net))} net{timeline.confirmedOnly && ', tentative work hidden'} ·{' '}
      {over > 0 && !params.has('gaps') ? (
        <button
          type="button"
          className="lnk nl b bad"
          title="Show them alone"
          onClick={() => patch({ filter: '1', gaps: '1' }, { replace: true })}
        >
          {overWords}
        </button>
      ) : (
        <b className={over > 0 ? 'bad' : undefined}>{overWords}</b>
      )}
      {of}
    </>
  );
}
