import { addWeeks, mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import type { LoadWeeks, PersonView, Question } from '@sidekick/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { hours, number, shortDay } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { EditLink, Section } from '../../staffing/record-page.tsx';
import { LoadBar, type LoadCell, loadCells } from '../timeline/index.ts';

interface Props {
  person: PersonView;
  people: ReadonlyMap<string, PersonView>;
  load: LoadWeeks;
  weeks: readonly string[];
  today: string;
}

/** Load week by week as on the timeline, and what is left. Each day leads to the timeline, opened at this person; each figure opens. */
export function Weeks({ person, people, load, weeks, today }: Props) {
  const cells = loadCells(person, people, load, weeks);
  const now = weeks.indexOf(weekOf(today));
  const left = (count: number) => {
    const args = { person: person.id, weeks: [weekOf(today), addWeeks(weekOf(today), count - 1)] as [string, string] };
    return (
      <b>
        <FigureButton question={{ what: 'remaining', args }}>{hours(sum(load.remaining.slice(now, now + count)))}</FigureButton>
      </b>
    );
  };
  return (
    <Section
      id="weeks"
      title="Weeks"
      note="confirmed work in % of net hours"
      action={
        <Link className="link" to={`/staffing?by=person&open=${person.id}`}>
          On the timeline
        </Link>
      }
    >
      <ol className="wks" aria-label="Load by week">
        {cells.map((cell, index) => (
          <li key={cell.key} className={index < now ? 'wk-past' : index === now ? 'wk-now' : undefined}>
            <Week cell={cell} free={load.remaining[index] ?? 0} person={person} />
          </li>
        ))}
      </ol>
      <p className="xs">
        Below each bar the free hours. This week {left(1)}, in four weeks {left(4)}, in twelve {left(12)}. Free = net − operations −
        confirmed work.
      </p>
    </Section>
  );
}

function Week({ cell, free, person }: { cell: LoadCell; free: number; person: PersonView }) {
  const away = cell.away || !cell.employed;
  const classes = ['pc', cell.over > 0 && 'ov', away && 'away', cell.ends && 'ends'].filter(Boolean).join(' ');
  const args = { person: person.id, week: cell.key };
  const weekOfDay = shortDay(mondayOfWeek(cell.key));
  const opens = (question: Question, text: ReactNode, what: string) => (
    <FigureButton question={question} label={`${what}, week of ${weekOfDay}: ${text}`}>
      {text}
    </FigureButton>
  );
  const share = cell.confirmed === null ? null : opens({ what: 'utilisation', args }, cell.confirmed, 'Confirmed % of net');
  const tentative = cell.tentative > 0 && (
    <span className="tt">
      {opens({ what: 'utilisation', args: { ...args, withTentative: true } }, `+${cell.tentative}`, 'Tentative % of net')}
    </span>
  );
  return (
    <div className={classes} title={cell.label}>
      <Link to={`/staffing?by=person&open=${person.id}&from=${cell.key}`} aria-label={cell.label}>
        <small>{weekOfDay}</small>
      </Link>
      <span className="v">
        <span>
          {cell.employed && share !== null ? share : cell.away ? 'away' : '–'}
          {tentative}
        </span>
        <span className="hs">
          {cell.holidays.slice(0, 3).map((day) => (
            <i key={day} className="hd" />
          ))}
        </span>
      </span>
      <span className={away ? 'lb off' : 'lb'}>{!away && <LoadBar cell={cell} operations={person.operationsShare} />}</span>
      <span className="fl">
        {!cell.employed && 'none'}
        {cell.employed && cell.over > 0 && (
          <span className="o">{opens({ what: 'overHours', args }, `+${hours(cell.over)}`, 'Hours over')}</span>
        )}
        {cell.employed && cell.over <= 0 && opens({ what: 'remaining', args }, hours(free), 'Free hours')}
      </span>
      {cell.leave && <span className="fl">{opens({ what: 'net', args }, cell.leave, 'Net hours')}</span>}
    </div>
  );
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Hours a week in force on a day, and those before and after. */
export function PatternSection({ person, today, edit }: { person: PersonView; today: string; edit: string | null }) {
  const patterns = [...person.patterns].sort((a, b) => (a.from < b.from ? 1 : -1));
  const inForce = patterns.find(({ from }) => from <= today);
  return (
    <Section id="hours" title="Weekly pattern" action={edit && <EditLink to={edit} at="hours" what="the weekly pattern" />}>
      {patterns.length === 0 && <p className="mid">No hours yet: until there are, this person has no capacity.</p>}
      <ul className="rows">
        {patterns.map((pattern) => (
          <li key={pattern.from} className={pattern === inForce ? undefined : 'muted'}>
            <span>
              {pattern === inForce ? <b>{hours(sum(pattern.hours))} a week</b> : `${hours(sum(pattern.hours))} a week`}
              <small>
                {pattern.hours.flatMap((value, index) => (value > 0 ? [`${days[index] ?? ''} ${number(value)}`] : [])).join(', ') ||
                  'no working day'}
              </small>
            </span>
            <span className="nw">
              {pattern.from > today ? 'from ' : 'since '}
              {shortDayWithYear(pattern.from)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const shortDayWithYear = (day: string): string => `${shortDay(day)} ${day.slice(0, 4)}`;
