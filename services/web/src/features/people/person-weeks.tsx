import { mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import type { LoadWeeks, PersonView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
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

/** Load week by week as on the timeline, and what is left. Each week leads to the timeline, opened at this person. */
export function Weeks({ person, people, load, weeks, today }: Props) {
  const cells = loadCells(person, people, load, weeks);
  const now = weeks.indexOf(weekOf(today));
  const left = (count: number) => hours(sum(load.remaining.slice(now, now + count)));
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
        Below each bar the free hours. This week <b>{left(1)}</b>, in four weeks <b>{left(4)}</b>, in twelve <b>{left(12)}</b>. Free = net −
        operations − confirmed work.
      </p>
    </Section>
  );
}

function Week({ cell, free, person }: { cell: LoadCell; free: number; person: PersonView }) {
  const away = cell.away || !cell.employed;
  const classes = ['pc', cell.over > 0 && 'ov', away && 'away', cell.ends && 'ends'].filter(Boolean).join(' ');
  return (
    <Link className={classes} to={`/staffing?by=person&open=${person.id}&from=${cell.key}`} title={cell.label} aria-label={cell.label}>
      <small>{shortDay(mondayOfWeek(cell.key))}</small>
      <span className="v">
        <span>
          {!cell.employed || cell.confirmed === null ? (cell.away ? 'away' : '–') : cell.confirmed}
          {cell.tentative > 0 && <span className="tt">+{cell.tentative}</span>}
        </span>
        <span className="hs">
          {cell.holidays.slice(0, 3).map((day) => (
            <i key={day} className="hd" />
          ))}
        </span>
      </span>
      <span className={away ? 'lb off' : 'lb'}>{!away && <LoadBar cell={cell} operations={person.operationsShare} />}</span>
      <span className="fl">{!cell.employed ? 'none' : cell.over > 0 ? <span className="o">+{hours(cell.over)}</span> : hours(free)}</span>
      {cell.leave && <span className="fl">{cell.leave}</span>}
    </Link>
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
