import type { TimelineAnswer } from '@sidekick/contracts';
import { type MouseEvent, useCallback, useMemo, useRef } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { useAddress } from '../staffing/address.ts';
import { addDays, mondayOfWeek, weekOf } from '../staffing/days.ts';
import { count, hours, percent } from '../staffing/format.ts';
import { sum } from '../staffing/lists.ts';
import { useRecords } from '../staffing/queries.ts';
import { matchesPerson } from './filter.ts';
import { FilterBar, filterWords, NothingMatches } from './filter-bar.tsx';
import { GridFrame, todayColumn } from './grid-frame.tsx';
import { PersonLegend } from './legend.tsx';
import { Panels } from './panels.tsx';
import { PaperHead } from './paper-head.tsx';
import { barsHeight, GroupRow, PersonBars, PersonRowView } from './person-row.tsx';
import { groupCells, type PersonRow, personRows } from './person-rows.ts';
import { useRangedTimeline } from './range.ts';
import { GridSkeleton } from './skeleton.tsx';
import { Toolbar, useUndoRedo } from './toolbar.tsx';

const total = (values: readonly (number | null)[]) =>
  values.every((value) => value === null) ? null : sum(values.map((value) => value ?? 0));

/** Staffing by person: load a week, free hours, and the assignments of whoever is opened. */
export function PersonTimeline() {
  useTitle('People and load');
  const { me, is } = useSession();
  const canEdit = is('manager');
  const [params, patch] = useAddress();
  const ranged = useRangedTimeline();
  const { records, error, retry } = useRecords();
  const { timeline, today } = ranged;
  const scroller = useRef<HTMLDivElement>(null);
  const { undo } = useUndoRedo(canEdit);
  const rows = useMemo(() => (timeline && records ? personRows(timeline, records, weekOf(today)) : []), [timeline, records, today]);
  const shown = useMemo(
    () => (records ? rows.filter((row) => matchesPerson(row, params, records, me?.person ?? null)) : []),
    [rows, params, records, me?.person],
  );
  const opened = new Set((params.get('open') ?? '').split(',').filter(Boolean));
  const openText = params.get('open') ?? '';
  const toggle = useCallback(
    (person: string) => {
      const next = new Set(openText.split(',').filter(Boolean));
      if (!next.delete(person)) next.add(person);
      patch({ open: [...next].join(',') || null }, { replace: true });
    },
    [openText, patch],
  );
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const target = (event.target as HTMLElement).closest<HTMLElement>('[data-bar],[data-load],[data-assign]');
    const person = target?.closest<HTMLElement>('[data-person]')?.dataset['person'];
    if (!target || !person) return;
    if (target.dataset['bar']) patch({ edit: target.dataset['bar'] });
    else if (target.dataset['assign']) patch({ add: '', who: person });
    else if (target.dataset['load']) toggle(person);
  };
  const failed = ranged.error ?? error;
  const now = timeline ? todayColumn(timeline.mondays[0] ?? today, today) : 0;
  const list = shown.flatMap((row, index) => slots(row, index, opened.has(row.person.id), { now, canEdit, toggle }));
  const cells = timeline ? groupCells(timeline, shown) : [];
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
          <ProblemNote
            error={failed}
            what="The people did not load"
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
      )}
      {timeline && records && rows.length > 0 && (
        <GridFrame
          scroller={scroller}
          className="people"
          weeks={timeline.weeks}
          mondays={timeline.mondays}
          today={today}
          label={`Load by person, ${count(timeline.weeks.length, 'week')}. Arrow keys move, Enter shows the assignments.`}
          corner={
            <div className="c0 pp">
              <span />
              <div className="who0">
                <Link className="link" to="/people" title="Everybody as a list, with skills">
                  {shown.length === rows.length ? count(rows.length, 'person', 'people') : `${shown.length} of ${rows.length} people`}
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
          }
          lead={
            <GroupRow
              name={shown.length === rows.length ? 'Group' : 'All shown'}
              cells={cells}
              free1={total(shown.map(({ free }) => free))}
              free4={total(shown.map(({ free4 }) => free4))}
            />
          }
          rows={list}
          onClick={onClick}
          onKeyDown={(event) => {
            if (event.key === 'u' && !event.ctrlKey && !event.metaKey && canEdit) undo?.run();
            if (event.key === 'a' && !event.ctrlKey && !event.metaKey && canEdit) {
              const who = (event.target as HTMLElement).closest<HTMLElement>('[data-person]')?.dataset['person'];
              patch({ add: '', who: who ?? null });
            }
          }}
        />
      )}
      {timeline && records && rows.length > 0 && shown.length === 0 && <NothingMatches by="person" all={rows.length} />}
      {records && timeline && (
        <Panels records={records} rows={[]} bars={rows.flatMap(({ bars }) => bars)} today={today} canEdit={canEdit} scroller={scroller} />
      )}
    </main>
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
  const shown = new Set(rows.map(({ person }) => person.id));
  const people = timeline.people.filter(({ id }) => shown.has(id));
  const hoursOf = (pick: (one: TimelineAnswer['people'][number]) => readonly number[]) => sum(people.flatMap(pick));
  const net = hoursOf((one) => one.net);
  const over = rows.filter(({ overWeeks }) => overWeeks.length > 0).length;
  const of = rows.length === all ? '' : `, of the ${count(rows.length, 'person', 'people')} shown`;
  if (net <= 0) return <>No net hours in these weeks{of}</>;
  return (
    <>
      <b>{percent(hoursOf((one) => one.confirmed) / net)}</b> confirmed, <b>{percent(hoursOf((one) => one.tentative) / net)}</b> tentative
      of {hours(Math.round(net))} net ·{' '}
      <b className={over > 0 ? 'bad' : undefined}>{over === 1 ? '1 person over' : `${over} people over`}</b>
      {of}
    </>
  );
}
