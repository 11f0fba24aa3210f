import './week-list.css';
import { addDays, addWeeks, mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { useAddress } from '../../staffing/address.ts';
import { dayRange, weekNumber } from '../../staffing/format.ts';
import { useUndoRedo } from '../../staffing/use-undo-redo.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { Records } from './bars.ts';
import { isFiltered, noFilter, sharedKeys } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { filterWords } from './filter-words.ts';
import { weekIn } from './range.ts';
import { TimelineViewNotice, TimelineViews } from './timeline-views.tsx';

type By = 'project' | 'person';

/** Whether a phone shows the grid all the same: the address says so. */
export const showsGrid = (params: URLSearchParams): boolean => params.get('as') === 'grid';

/** The one week that a list shows: `at` of the address, else this one, or where the range is elsewhere its first. */
export function useWeek(weeks: readonly string[] | undefined, today: string, goTo: (from: string | null) => void) {
  const [params, patch] = useAddress();
  const asked = weekIn(new URLSearchParams({ from: params.get('at') ?? '' }));
  const now = weekOf(today);
  const week = asked ?? (weekIn(params) !== null && weeks?.[0] && !weeks.includes(now) ? weeks[0] : now);
  const index = weeks?.indexOf(week) ?? -1;
  // What the figures here do not hold is gone to; the address follows.
  const isElsewhere = weeks !== undefined && index < 0;
  useEffect(() => {
    if (isElsewhere) goTo(addWeeks(week, -1));
  }, [isElsewhere, week, goTo]);
  return {
    week,
    /** −1 until its figures are here. */
    index,
    from: mondayOfWeek(week),
    to: addDays(mondayOfWeek(week), 6),
    step: (by: number) => patch({ at: addWeeks(week, by) }, { replace: true }),
    toToday: () => patch({ at: null, from: null }, { replace: true }),
    isNow: week === now,
  };
}
export type ShownWeek = ReturnType<typeof useWeek>;

interface Props {
  by: By;
  at: ShownWeek;
  records: Records | undefined;
  today: string;
  shown: number;
  all: number;
  canEdit: boolean;
  /** What the week comes to, in words that say what they count. */
  sum: ReactNode;
  scroller: RefObject<HTMLDivElement | null>;
  onAdd: () => void;
  children: ReactNode;
}

/** On a phone: one week at a time, its rows below each other, with what the wide timeline can do. */
export function WeekList({ by, at, records, today, shown, all, canEdit, sum, scroller, onAdd, children }: Props) {
  const words = `Week of ${dayRange(at.from, at.to)}`;
  return (
    <>
      <WeekTools by={by} records={records} today={today} shown={shown} all={all} canEdit={canEdit} onAdd={onAdd} />
      <TimelineViewNotice records={records} today={today} />
      <section className="wkl" aria-label={`Staffing by ${by}, ${words}`}>
        <div className="wkl-n">
          <Button icon="left" aria-label="The week before" onClick={() => at.step(-1)} />
          <h2 aria-live="polite">
            {dayRange(at.from, at.to)} <small>{weekNumber(at.week)}</small>
          </h2>
          {!at.isNow && (
            <Button look="quiet" onClick={at.toToday}>
              Today
            </Button>
          )}
          <Button icon="right" aria-label="The week after" onClick={() => at.step(1)} />
        </div>
        <p className="wkl-s">{sum}</p>
        <div className="wkl-r" ref={scroller}>
          {children}
        </div>
      </section>
    </>
  );
}

type ToolsProps = Pick<Props, 'by' | 'records' | 'today' | 'shown' | 'all' | 'canEdit' | 'onAdd'>;

function WeekTools({ by, records, today, shown, all, canEdit, onAdd }: ToolsProps) {
  const [params, patch] = useAddress();
  const [filtering, setFiltering] = useState(false);
  const { undo } = useUndoRedo(canEdit);
  const keep = new URLSearchParams(
    [...params].filter(([key]) => ['at', 'view', 'zoom', 'from', 'weeks', 'load', ...sharedKeys].includes(key)),
  );
  const link = (query: URLSearchParams) => `/staffing${query.size > 0 ? `?${query}` : ''}`;
  const byPerson = new URLSearchParams([['by', 'person'], ...keep]);
  const filter = filterWords(params, by, records);
  const close = () => {
    setFiltering(false);
    patch({ filter: null }, { replace: true });
  };
  return (
    <>
      <div className="tools">
        <h1 className="sr">{by === 'project' ? 'Staffing timeline' : 'Staffing by person'}</h1>
        <nav className="seg" aria-label="Rows">
          <Link to={link(keep)} aria-current={by === 'project' ? 'page' : undefined}>
            By project
          </Link>
          <Link to={link(byPerson)} aria-current={by === 'person' ? 'page' : undefined}>
            By person
          </Link>
        </nav>
        <span className="grow" />
        {canEdit && (
          <Button look="primary" icon="plus" onClick={onAdd}>
            Assign
          </Button>
        )}
        <Button
          icon="filter"
          aria-label="Filter"
          aria-pressed={isFiltered(params)}
          onClick={() => {
            setFiltering(true);
            patch({ filter: '1' }, { replace: true });
          }}
        />
        <TimelineViews records={records} today={today} />
        <Button icon="time" aria-label="Show the grid" title="The grid of many weeks" onClick={() => patch({ as: 'grid' })} />
        <span className="grow" />
        {canEdit && <Button look="quiet" icon="undo" aria-label="Undo" disabled={!undo} title={undo?.summary} onClick={undo?.run} />}
        <Button look="quiet" icon="clock" aria-label="History" onClick={() => patch({ history: '1' })} />
      </div>
      {filter && !filtering && (
        <div className="wkl-f">
          <span>{filter}</span>
          <Button look="quiet" onClick={() => patch(noFilter, { replace: true })}>
            Show all
          </Button>
        </div>
      )}
      {filtering && (
        <Sheet title="Filter" onClose={close}>
          <FilterBar by={by} shown={shown} all={all} records={records} />
          <div className="wkl-d">
            <Button look="primary" onClick={close}>
              Show {shown} of {all}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}
