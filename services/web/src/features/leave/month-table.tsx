import { type HolidayView, regionOn, type TimeOffView } from '@sidekick/contracts';
import { type CSSProperties, useMemo } from 'react';
import { longDay, shortWeekday } from '../../staffing/format.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { mayOpen, stayWords } from './leave-words.ts';
import { daysOfMonth, isWeekend, type MonthProps, type MonthRow, monthRows, type Stretch } from './month.ts';

/** A month of people down and days across. */
export function MonthTable({ month, people, all, timeOff, holidays, today, own, manager, onOpen }: MonthProps) {
  const days = useMemo(() => daysOfMonth(month), [month]);
  const rows = useMemo(() => monthRows(month, people, timeOff, holidays), [month, people, timeOff, holidays]);
  if (rows.length === 0) return <p className="mid">Nobody of these is here in this month.</p>;
  return (
    <>
      <Legend />
      <div className="scrollx">
        <table className="lct" style={{ '--n': days.length, '--weekends': stripes(days) } as CSSProperties}>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th>
                <div className="lcg">
                  {days.map((day) => (
                    <span key={day} title={longDay(day)} aria-current={day === today ? 'date' : undefined}>
                      <small>{shortWeekday(day).slice(0, 1)}</small>
                      {Number(day.slice(8))}
                    </span>
                  ))}
                </div>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.person.id}>
                <th scope="row">
                  <PersonLink id={row.person.id} people={all} /> <small>{regionOn(row.person, `${month}-01`)}</small>
                </th>
                <td>
                  <Days row={row} own={own} manager={manager} onOpen={onOpen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The weekends of a month behind all of its rows, as one picture. */
function stripes(days: readonly string[]): string {
  const at = (index: number) => `${Math.round((index / days.length) * 1e5) / 1e3}%`;
  const parts = days.flatMap((day, index) =>
    isWeekend(day) ? [`transparent ${at(index)}, var(--sunken) ${at(index)} ${at(index + 1)}, transparent ${at(index + 1)}`] : [],
  );
  return `linear-gradient(to right, ${parts.join(', ')})`;
}

const on = ({ first, last }: Stretch): CSSProperties => ({ gridColumn: `${first} / ${last + 1}` });

function Days({ row, own, manager, onOpen }: { row: MonthRow } & Pick<MonthProps, 'own' | 'manager' | 'onOpen'>) {
  return (
    <ul className="lcg">
      {row.outside.map((part) => (
        <li key={`outside ${part.first}`} className="out" style={on(part)} title="Outside of the contract" />
      ))}
      {row.off.map((at) => (
        <li key={`off ${at}`} className="out" style={on({ first: at, last: at })} title="Works on no such day" />
      ))}
      {row.holidays.map(({ at, one }) => (
        <li key={one.id} className="ho" style={on({ first: at, last: at })}>
          <Ring holiday={one} />
        </li>
      ))}
      {row.leave.map(({ one, ...part }) => (
        <li key={one.id} className="aw" style={on(part)}>
          <Stay leave={one} wide={part.last > part.first} opens={mayOpen(one, manager, own)} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

const Ring = ({ holiday: { name, portion } }: { holiday: HolidayView }) => (
  <span role="img" aria-label={`Holiday: ${name}`} title={portion < 1 ? `${name}, a part of the day` : name}>
    ○
  </span>
);

interface StayProps {
  leave: TimeOffView;
  /** There is room for its words. */
  wide: boolean;
  opens: boolean;
  onOpen: (id: string) => void;
}

/** One leave: approved full, asked for dashed, a part of each day half as high. */
function Stay({ leave, wide, opens, onOpen }: StayProps) {
  const words = stayWords(leave);
  const isPart = 'hours' in leave.amount || leave.amount.portion < 1;
  const className = ['st', leave.state === 'requested' && 'rq', isPart && 'pt'].filter(Boolean).join(' ');
  const label = wide ? (leave.private?.kind ?? 'away') : '';
  if (!opens)
    return (
      <span className={className} role="img" aria-label={words} title={words}>
        {label}
      </span>
    );
  return (
    <button type="button" className={className} aria-label={words} title={words} onClick={() => onOpen(leave.id)}>
      {label}
    </button>
  );
}

const Legend = () => (
  <p className="lcl">
    <span>
      <i className="st" /> Away
    </span>
    <span>
      <i className="st rq" /> Asked for
    </span>
    <span>
      <i className="st pt" /> A part of the day
    </span>
    <span>
      <b aria-hidden="true">○</b> Holiday
    </span>
    <span className="muted">Kind and note are for the person and managers</span>
  </p>
);
