import '../../ui/grid.css';
import '../../ui/form.css';
import './capacity.css';
import './free.css';
import type { FreeAnswer, PersonView } from '@sidekick/contracts';
import { useEffect } from 'react';
import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, dayRange, hours, number, shortDay, weekNumber } from '../../staffing/format.ts';
import { byId } from '../../staffing/lists.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { useFree, usePeople, useTeams, type WantedHours } from '../../staffing/queries.ts';
import { learnToday, useToday } from '../../staffing/today.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { readWanted } from './free-address.ts';
import { FreeForm } from './free-form.tsx';
import { freeQuestion } from './heat-questions.ts';

/** `/capacity/free`: who has a skill and so many hours left between two days, and why the others have not. */
export function FreeScreen() {
  useTitle('Who is free?');
  const [params] = useAddress();
  const { today } = useToday();
  const wanted = readWanted(params, today);
  const free = useFree(wanted);
  const people = usePeople();
  const teams = useTeams();
  const answered = free.data?.today;
  useEffect(() => {
    if (answered) learnToday(answered);
  }, [answered]);
  const error = free.error ?? people.error ?? teams.error;
  const retry = () => [free, people, teams].forEach(({ refetch }) => void refetch());
  const names = people.data && byId(people.data);
  return (
    <main className="wrap">
      <div className="lsth">
        <h1>Who is free?</h1>
        <span className="grow" />
        <Link className="btn" to="/capacity">
          Capacity
        </Link>
      </div>
      <FreeForm key={JSON.stringify(wanted)} wanted={wanted} today={today} teams={teams.data ?? []} />
      {error && <ProblemNote error={error} what="The free hours did not load" retry={retry} />}
      {!(free.data && names) && !error && <Lines count={8} />}
      {free.data && names && <Answer answer={free.data} wanted={wanted} people={names} />}
    </main>
  );
}

interface AnswerProps {
  answer: FreeAnswer;
  wanted: WantedHours;
  people: ReadonlyMap<string, PersonView>;
}

const wantedWords = ({ skill }: FreeAnswer, { hours: least, level, from, to }: WantedHours): string => {
  const what = skill === null ? '' : ` of ${skill}${level > 1 ? ` ${level} or better` : ''}`;
  return `${hours(least)}${what} between ${dayRange(from, to)}`;
};

function Answer({ answer, wanted, people }: AnswerProps) {
  const { people: found, leftOut, order } = answer;
  return (
    <>
      <p className="mid" role="status">
        <b>{count(found.length, 'person', 'people')}</b> with {wantedWords(answer, wanted)}.{' '}
        {found.length > 1 && <span className="muted">Order: {order.join(', then ')}.</span>}
      </p>
      {found.length === 0 && (
        <Empty icon="people" title="Nobody has that">
          {leftOut.length === 0
            ? 'There is nobody to ask here yet.'
            : 'Ask for fewer hours, a lower level or a longer time: below stands what each lacks, the nearest first.'}
        </Empty>
      )}
      {found.length > 0 && <FreeTable rows={found} answer={answer} wanted={wanted} people={people} />}
      {leftOut.length > 0 && (
        <details className="fr-out" open={found.length === 0}>
          <summary>{count(leftOut.length, 'other')} left out</summary>
          <LeftOut answer={answer} wanted={wanted} people={people} />
        </details>
      )}
    </>
  );
}

type Rows = FreeAnswer['people'];

function FreeTable({ rows, answer, wanted, people }: AnswerProps & { rows: Rows }) {
  const { weeks, skill } = answer;
  return (
    <div className="scrollx">
      <table className="lst fr-t">
        <thead>
          <tr>
            <th>Name</th>
            {skill !== null && <th className="num">{skill}</th>}
            <th className="num" title="Net − operations − confirmed work">
              Free
            </th>
            {weeks.map(({ week, from }) => (
              <th key={week} className="num">
                {shortDay(from)} <small>{weekNumber(week)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.person}>
              <td>
                <Who id={row.person} people={people} />
              </td>
              {skill !== null && <td className="num">{row.level}</td>}
              <td className="num b">
                <Free row={row} wanted={wanted} people={people} />
                {row.tentative > 0.05 && <small>{hours(row.tentative)} of it tentatively taken</small>}
              </td>
              {weeks.map(({ week, from, to }, index) => (
                <td key={week} className={(row.weeks[index] ?? 0) < -0.01 ? 'num bad' : 'num'}>
                  <FigureButton
                    question={freeQuestion(row.person, { from, to })}
                    label={`${nameOf(row.person, people)}, ${dayRange(from, to)}, ${hours(row.weeks[index] ?? 0)} free, what it is made of`}
                  >
                    {number(row.weeks[index] ?? 0)}
                  </FigureButton>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Free({ row, wanted: { from, to }, people }: { row: Rows[number]; wanted: WantedHours; people: AnswerProps['people'] }) {
  return (
    <FigureButton
      question={freeQuestion(row.person, { from, to })}
      label={`${nameOf(row.person, people)}, ${hours(row.hours)} free, what it is made of`}
    >
      {hours(row.hours)}
    </FigureButton>
  );
}

function Who({ id, people }: { id: string; people: AnswerProps['people'] }) {
  const name = nameOf(id, people);
  return (
    <span className="who1">
      <Avatar name={people.get(id)?.private.name ?? name} />
      <Link className="b" to={`/people/${id}`}>
        <bdi>{name}</bdi>
      </Link>
    </span>
  );
}

const reasonWords = { hours: 'too few hours', level: 'a lower level', skill: 'no such skill', contract: 'no contract' } as const;

function LeftOut({ answer: { leftOut }, wanted, people }: AnswerProps) {
  return (
    <ul className="pgs">
      {leftOut.map((row) => (
        <li key={row.person}>
          <Who id={row.person} people={people} />
          <span className="muted">
            {reasonWords[row.reason]}: {row.message}
          </span>
          <span className="num">{row.reason === 'contract' ? '' : <Free row={row} wanted={wanted} people={people} />}</span>
        </li>
      ))}
    </ul>
  );
}
