import { addWeeks, weekOf } from '@sidekick/calendar/iso';
import type { Question } from '@sidekick/contracts';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { hours, number, weekRuns } from '../../staffing/format.ts';
import { useToday } from '../../staffing/today.ts';
import { Icon } from '../../ui/icons.tsx';
import { BarButton } from './bar.tsx';
import { useInView } from './in-view.ts';
import type { LoadUnit } from './load-unit.ts';
import { type LoadAhead, type LoadCell, loadAhead, type PersonRow } from './person-rows.ts';
import type { Scale } from './scale.ts';

export const dashed = '–';
/** Three figures fit: from 100 hours on the decimal goes. */
export const free = (value: number | null) => (value === null ? dashed : number(Math.abs(value) >= 100 ? Math.round(value) : value));

interface Props {
  row: PersonRow;
  index: number;
  open: boolean;
  unit: LoadUnit;
  /** Load as a change that is under way would make it. */
  ahead: LoadAhead | null;
  onToggle: (person: string) => void;
}

/** A person: free hours, and load by column in per cent of net or in hours. */
export const PersonRowView = memo(function PersonRowView({ row, index, open, unit, ahead, onToggle }: Props) {
  const { person } = row;
  const cells = useInView(row.cells);
  return (
    <div className="row pr" style={{ height: 45 }} data-person={person.id}>
      <div className="c0 pp">
        <button
          type="button"
          className="ex"
          aria-expanded={open}
          aria-label={`${open ? 'Hide' : 'Show'} assignments of ${person.private.name}`}
          onClick={() => onToggle(person.id)}
        >
          <Icon name={open ? 'down' : 'right'} />
        </button>
        <div className="who0">
          <div className="n">
            <Link to={`/people/${person.id}`}>
              <bdi>{person.private.name}</bdi>
            </Link>
          </div>
          <div className="m" title={row.meta}>
            {row.meta}
          </div>
        </div>
        <div className="fr">
          <b
            className={row.free !== null && row.free < -0.01 ? 'bad' : undefined}
            title="Free hours this week: net − operations − confirmed"
          >
            <Free value={row.free} person={person.id} weeks={1} />
          </b>
          <span className="hide-s" title="Free hours of four weeks">
            <Free value={row.free4} person={person.id} weeks={4} />
          </span>
        </div>
      </div>
      <div className="tr">
        <div className="past" />
        <div className="pl">
          {cells.map(({ cell, at: column }) => (
            <Load
              key={cell.key}
              cell={loadAhead(cell, ahead)}
              unit={unit}
              before={row.cells[column - 1]}
              line={index * 100}
              column={column}
              operations={person.operationsShare}
            />
          ))}
        </div>
      </div>
    </div>
  );
});

/** Free hours of so many weeks from this one on; they open. */
function Free({ value, person, weeks }: { value: number | null; person: string; weeks: number }) {
  const week = weekOf(useToday().today);
  if (value === null) return <>{dashed}</>;
  return <Opens question={{ what: 'remaining', args: { person, weeks: [week, addWeeks(week, weeks - 1)] } }}>{free(value)}</Opens>;
}

interface LoadProps {
  cell: ReturnType<typeof loadAhead>;
  unit: LoadUnit;
  before: LoadCell | undefined;
  line: number;
  column: number;
  operations: number;
}

const Load = memo(function Load({ cell, unit, before, line, column, operations }: LoadProps) {
  const classes = ['pc', 'pcb', cell.over > 0 && 'ov', (cell.away || !cell.employed) && 'away', cell.ends && 'ends']
    .filter(Boolean)
    .join(' ');
  const spot = { 'data-l': line, 'data-c': column, 'data-e': column + 1, 'data-load': cell.key, style: placed(cell) };
  const { confirmed, tentative } = shownIn(unit, cell);
  if (!cell.employed) {
    return (
      <button type="button" tabIndex={-1} className={classes} data-tip={cell.label} aria-label={cell.label} {...spot}>
        {before?.employed && <span className="v">ended</span>}
      </button>
    );
  }
  return (
    <button type="button" tabIndex={-1} className={classes} data-tip={cell.label} aria-label={cell.label} {...spot}>
      <span className="v">
        <span>
          {cell.away ? 'away' : cell.off ? '' : confirmed}
          {tentative && <span className="tt">+{tentative}</span>}
        </span>
        <span className="hs">
          {cell.holidays.slice(0, 3).map((day) => (
            <i key={day} className="hd" />
          ))}
        </span>
      </span>
      <span className={cell.away ? 'lb off' : cell.off ? 'lb none' : 'lb'}>
        {!cell.away && !cell.off && <LoadBar cell={cell} operations={operations} />}
      </span>
      {cell.changed && <i className="chg" />}
      <span className="fl">{cell.over > 0 ? <span className="o">+{hours(cell.over)}</span> : cell.leave}</span>
    </button>
  );
});

/** Whole per cents of net, or hours; the tentative part is told where there is one. */
export function shownIn(unit: LoadUnit, cell: Pick<LoadCell, 'confirmed' | 'tentative' | 'hours'>) {
  const rounded = (value: number) => number(Math.abs(value) >= 100 ? Math.round(value) : value);
  if (unit === 'percent')
    return {
      confirmed: cell.confirmed === null ? dashed : String(cell.confirmed),
      tentative: cell.tentative > 0 ? String(cell.tentative) : null,
    };
  const { confirmed, tentative } = cell.hours;
  return { confirmed: rounded(confirmed), tentative: tentative > 0 ? rounded(tentative) : null };
}

/** Its place among the columns of its row: those of weeks, in which a month takes several, or those of days. */
export const placed = ({ left, width }: Pick<LoadCell, 'left' | 'width'>): CSSProperties => {
  const unit = width < 1 ? 7 : 1;
  return { gridColumn: `${Math.round(left * unit) + 1} / span ${Math.round(width * unit)}` };
};

/** 100 % of net is the whole length, or the mark inside it where the load is over. */
export function LoadBar({ cell, operations }: { cell: LoadCell; operations: number }) {
  const confirmed = cell.confirmed ?? 0;
  const scale = 100 / Math.max(100, confirmed);
  const width = (value: number): CSSProperties => ({ width: `${value * scale}%` });
  return (
    <>
      <i className="c" style={{ left: 0, ...width(confirmed) }} />
      {cell.tentative > 0 && (
        <i
          className="t"
          style={{ left: `${confirmed * scale}%`, width: `${Math.min(cell.tentative, 100 / scale - confirmed) * scale}%` }}
        />
      )}
      {cell.over > 0 ? (
        <i className="cap" style={{ left: `calc(${100 * scale}% - 2px)` }} />
      ) : (
        <i className="op" style={{ width: `${operations * 100}%` }} />
      )}
    </>
  );
}

/** Bars of a person, below the load. */
export const PersonBars = memo(function PersonBars({
  row,
  index,
  now,
  scale,
  canEdit,
  moving,
}: {
  row: PersonRow;
  index: number;
  now: number;
  scale: Scale;
  canEdit: boolean;
  /** Bar that the keyboard has picked up. */
  moving: string | null;
}) {
  const name = row.person.private.name;
  return (
    <div className="row xp" style={{ height: barsHeight(row, scale) }} data-person={row.person.id}>
      <div className="c0">
        {row.overWeeks.length > 0 && (
          <p className="bad">
            {hours(row.overHours)} over, {weekRuns(row.overWeeks)}.
          </p>
        )}
        {row.bars.length === 0 && <p className="muted">No assignment in these weeks</p>}
        {canEdit && (
          <button type="button" className="link lnk" data-assign={row.person.id} aria-label={`Assign ${name}`}>
            Assign {name.split(' ')[0]}…
          </button>
        )}
      </div>
      <div className="tr">
        <div className="past" />
        {row.bars.map((bar) => (
          <BarButton
            key={bar.assignment.id}
            bar={bar}
            line={index * 100 + 1 + bar.lane}
            now={now}
            scale={scale}
            moving={moving === bar.assignment.id}
            edges={canEdit}
          />
        ))}
      </div>
    </div>
  );
});

export const barsHeight = (row: PersonRow, { lane }: Scale): number => Math.max(row.overWeeks.length > 0 ? 72 : 34, 14 + row.lanes * lane);

/** A figure that opens where a question names those whose it is. */
export function Opens({ question, children }: { question: Question | null; children: ReactNode }) {
  return question ? <FigureButton question={question}>{children}</FigureButton> : children;
}
