import '../../staffing/record-page.css';
import { weekOf } from '@sidekick/calendar/iso';
import { useMemo } from 'react';
import { regionWords } from '../../staffing/days-off.ts';
import { dayRange, weekdayAndDay, weekNumber } from '../../staffing/format.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { amountText, mayOpen } from './leave-words.ts';
import { type MonthProps, monthWeeks } from './month.ts';

/** A month as a list by week. */
export function MonthList({ month, people, all, timeOff, holidays, own, manager, onOpen }: MonthProps) {
  const weeks = useMemo(() => monthWeeks(month, people, timeOff, holidays), [month, people, timeOff, holidays]);
  return weeks.map((week) => (
    <section key={week.from} className="lcw">
      <h3>
        {dayRange(week.from, week.to)} <small>{weekNumber(weekOf(week.from))}</small>
      </h3>
      <ul className="rows">
        {week.holidays.map((one) => (
          <li key={one.id}>
            <span>
              ○ {weekdayAndDay(one.date)} {one.name}
            </span>
            <small>{regionWords(one.region)}</small>
          </li>
        ))}
        {week.away.map(({ person, one, from, to }) => (
          <li key={one.id}>
            <span>
              <PersonLink id={person.id} people={all} />
              <small>
                {[one.private?.kind ?? 'away', amountText(one), one.state === 'requested' && 'asked for'].filter(Boolean).join(', ')}
              </small>
            </span>
            {mayOpen(one, manager, own) ? (
              <button type="button" className="lnk" onClick={() => onOpen(one.id)}>
                {spanWords(from, to)}
              </button>
            ) : (
              <span className="nw">{spanWords(from, to)}</span>
            )}
          </li>
        ))}
      </ul>
      {week.away.length === 0 && <p className="mid">Nobody is away.</p>}
    </section>
  ));
}

const spanWords = (from: string, to: string): string =>
  from === to ? weekdayAndDay(from) : `${weekdayAndDay(from)} – ${weekdayAndDay(to)}`;
