import { addWeeks, weekOf } from '@sidekick/calendar/iso';
import type { Question } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useAddress } from '../../staffing/address.ts';
import { figureText } from '../../staffing/figure-question.ts';
import { hours, number } from '../../staffing/format.ts';
import { useToday } from '../../staffing/today.ts';
import { useInView } from './in-view.ts';
import type { LoadUnit } from './load-unit.ts';
import { dashed, free, Opens, placed, shownIn } from './person-row.tsx';
import type { GroupCell } from './person-rows.ts';

/** The questions behind the figures of a row of sums. */
export interface Asked {
  readonly of: { readonly team?: string };
  /** Work ÷ net of a column. */
  readonly load: (column: number) => Question;
}

interface GroupProps {
  name: string;
  cells: readonly GroupCell[];
  unit: LoadUnit;
  free1: number | null;
  free4: number | null;
  /** Whose figures these are, as questions name them; null where a filter leaves those whom none names. */
  asked: Asked | null;
}

/** The sum of all people shown. */
export function GroupRow({ name, cells, unit, free1, free4, asked }: GroupProps) {
  const week = weekOf(useToday().today);
  const left = (weeks: number): Question | null =>
    asked && { what: 'remaining', args: { ...asked.of, weeks: [week, addWeeks(week, weeks - 1)] } };
  return (
    <div className="row tt0" style={{ height: 44 }}>
      <div className="c0 pp">
        <span />
        <div className="who0">
          <div className="n">
            <Link to={`/capacity${asked?.of.team ? `?team=${asked.of.team}` : ''}`} title="Capacity as a heatmap">
              {name}
            </Link>
          </div>
          <div className="m">{unit === 'percent' ? '% of net' : 'Hours'} · net hours</div>
        </div>
        <div className="fr">
          <b>
            <Opens question={free1 === null ? null : left(1)}>{free1 === null ? dashed : number(free1)}</Opens>
          </b>
          <span className="hide-s">
            <Opens question={free4 === null ? null : left(4)}>{free(free4)}</Opens>
          </span>
        </div>
      </div>
      <div className="tr">
        <div className="past" />
        <div className="pl">
          {useInView(cells).map(({ cell, at: column }) => (
            <Total key={cell.key} cell={cell} column={column} unit={unit} question={asked?.load(column) ?? null} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface TotalProps {
  cell: GroupCell;
  column: number;
  unit: LoadUnit;
  question: Question | null;
}

function Total({ cell, column, unit, question }: TotalProps) {
  const [, patch] = useAddress();
  const { confirmed, tentative } = shownIn(unit, cell);
  const spot = { 'data-tip': cell.label, 'data-l': -1, 'data-c': column, 'data-e': column + 1, style: placed(cell), tabIndex: -1 };
  const figures = (
    <>
      <span className="v">
        <span className="b">
          {confirmed}
          {tentative && <span className="tt">+{tentative}</span>}
        </span>
      </span>
      <span className="f2">{hours(Math.round(cell.net))}</span>
    </>
  );
  if (!question)
    return (
      <div className="pc tot" role="img" aria-label={cell.label} {...spot}>
        {figures}
      </div>
    );
  const open = () => patch({ figure: figureText(question) });
  return (
    <button type="button" className="pc pcb tot" aria-label={cell.label} aria-haspopup="dialog" onClick={open} {...spot}>
      {figures}
    </button>
  );
}
