import { type CSSProperties, memo } from 'react';
import { Link } from 'react-router-dom';
import { hours, number, percent, weekRuns } from '../../staffing/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { BarButton } from './bar.tsx';
import type { GroupCell, LoadCell, PersonRow } from './person-rows.ts';

const dashed = '–';
/** Three figures fit: from 100 hours on the decimal goes. */
const free = (value: number | null) => (value === null ? dashed : number(Math.abs(value) >= 100 ? Math.round(value) : value));

interface Props {
  row: PersonRow;
  index: number;
  open: boolean;
  onToggle: (person: string) => void;
}

/** A person: free hours, load a week in per cent of net, and, opened, the bars of their assignments. */
export const PersonRowView = memo(function PersonRowView({ row, index, open, onToggle }: Props) {
  const { person } = row;
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
            {free(row.free)}
          </b>
          <span className="hide-s" title="Free hours of four weeks">
            {free(row.free4)}
          </span>
        </div>
      </div>
      <div className="tr">
        <div className="past" />
        <div className="pl">
          {row.cells.map((cell, column) => (
            <Load
              key={cell.week}
              cell={cell}
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

interface LoadProps {
  cell: LoadCell;
  before: LoadCell | undefined;
  line: number;
  column: number;
  operations: number;
}

const Load = memo(function Load({ cell, before, line, column, operations }: LoadProps) {
  const classes = ['pc', 'pcb', cell.over > 0 && 'ov', (cell.away || !cell.employed) && 'away'].filter(Boolean).join(' ');
  const spot = { 'data-l': line, 'data-c': column, 'data-e': column + 1, 'data-load': cell.week };
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
          {cell.away ? 'away' : (cell.confirmed ?? dashed)}
          {cell.tentative > 0 && <span className="tt">+{cell.tentative}</span>}
        </span>
        <span className="hs">
          {cell.holidays.slice(0, 3).map((day) => (
            <i key={day} className="hd" />
          ))}
        </span>
      </span>
      <span className={cell.away ? 'lb off' : 'lb'}>{!cell.away && <LoadBar cell={cell} operations={operations} />}</span>
      <span className="fl">{cell.over > 0 ? <span className="o">+{hours(cell.over)}</span> : cell.leave}</span>
    </button>
  );
});

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

/** Bars of an opened person. A click opens the form. */
export const PersonBars = memo(function PersonBars({
  row,
  index,
  now,
  canEdit,
}: {
  row: PersonRow;
  index: number;
  now: number;
  canEdit: boolean;
}) {
  const name = row.person.private.name;
  return (
    <div className="row xp" style={{ height: barsHeight(row) }} data-person={row.person.id}>
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
          <BarButton key={bar.assignment.id} bar={bar} line={index * 100 + 1 + bar.lane} now={now} moving={false} edges={false} />
        ))}
      </div>
    </div>
  );
});

export const barsHeight = (row: PersonRow): number => Math.max(row.overWeeks.length > 0 ? 72 : 48, 14 + row.lanes * 20);

interface GroupProps {
  name: string;
  cells: readonly GroupCell[];
  free1: number | null;
  free4: number | null;
}

/** The sum of all people shown. */
export function GroupRow({ name, cells, free1, free4 }: GroupProps) {
  return (
    <div className="row tt0" style={{ height: 44 }}>
      <div className="c0 pp">
        <span />
        <div className="who0">
          <div className="n">{name}</div>
          <div className="m">% of net · net hours</div>
        </div>
        <div className="fr">
          <b>{free1 === null ? dashed : number(free1)}</b>
          <span className="hide-s">{free(free4)}</span>
        </div>
      </div>
      <div className="tr">
        <div className="past" />
        <div className="pl">
          {cells.map((cell, column) => (
            <div
              key={cell.week}
              className="pc tot"
              role="img"
              tabIndex={-1}
              data-tip={cell.label}
              aria-label={cell.label}
              data-l={-1}
              data-c={column}
              data-e={column + 1}
            >
              <span className="v">
                <span className="b">
                  {cell.confirmed ?? percent(null)}
                  {cell.tentative > 0 && <span className="tt">+{cell.tentative}</span>}
                </span>
              </span>
              <span className="f2">{hours(Math.round(cell.net))}</span>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
