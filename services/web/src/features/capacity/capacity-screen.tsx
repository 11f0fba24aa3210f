import '../../ui/grid.css';
import '../../staffing/staffing.css';
import './capacity.css';
import type { CapacityAnswer, PersonView, Question, TeamView } from '@sidekick/contracts';
import { useCallback, useEffect, useMemo } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { figureText } from '../../staffing/figure-question.ts';
import { count, dayRange, hours, percent } from '../../staffing/format.ts';
import { byId } from '../../staffing/lists.ts';
import { useCapacity, usePeople, useTeams } from '../../staffing/queries.ts';
import { learnToday, useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useNarrow } from '../../ui/narrow.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { HeatGrid } from './heat-grid.tsx';
import { HeatList } from './heat-list.tsx';
import { cellQuestion } from './heat-questions.ts';
import { groupRow, type HeatCell, type HeatRow, peopleRows, teamRows } from './heat-rows.ts';
import { Legend } from './legend.tsx';
import { LoadLists } from './load-lists.tsx';
import { readShown, type Shown } from './range.ts';
import { Corner, RowHead, rowName } from './row-head.tsx';
import { CapacityToolbar } from './toolbar.tsx';
import { Trend } from './trend.tsx';

/** `/capacity`: how full everybody is by week or day, by person or team, and who is over, idle or under. */
export function CapacityScreen() {
  useTitle('Capacity');
  const [params, patch] = useAddress();
  const { today } = useToday();
  const shown = readShown(params, today);
  const { from, to, by, team } = shown;
  const capacity = useCapacity({ from, to, by, team });
  const people = usePeople();
  const teams = useTeams();
  const answered = capacity.data?.today;
  useEffect(() => {
    if (answered) learnToday(answered);
  }, [answered]);
  const error = capacity.error ?? people.error ?? teams.error;
  const retry = () => [capacity, people, teams].forEach(({ refetch }) => void refetch());
  const answer = capacity.data;
  const ready = answer && people.data && teams.data;
  return (
    <main className="cap">
      <CapacityToolbar shown={shown} teams={teams.data ?? []} summary={answer && <Summary answer={answer} team={team} />} />
      <Legend unit={shown.unit} by={by} />
      {error && (
        <div className="filt">
          <ProblemNote error={error} what="Capacity did not load" retry={retry} />
          {team !== null && <Button onClick={() => patch({ team: null }, { replace: true })}>Show everybody</Button>}
        </div>
      )}
      {!ready && !error && <Lines count={10} />}
      {ready && answer.people.length === 0 && <NobodyWorks team={team} />}
      {ready && answer.people.length > 0 && <Heat answer={answer} people={people.data} teams={teams.data} shown={shown} />}
      {ready && answer.people.length > 0 && <Trend today={answer.today} team={team} />}
    </main>
  );
}

/** Every share names what it is a share of. */
function Summary({ answer: { group, over, from, to }, team }: { answer: CapacityAnswer; team: string | null }) {
  const { net, tentative, operations, remaining, utilisation } = group.whole;
  if (net <= 0) return <>No net hours in these days</>;
  const of = team === null ? {} : { team };
  const question = (withTentative: boolean): Question => ({
    what: 'utilisation',
    args: { ...of, ...(withTentative ? { withTentative } : {}), days: [from, to] },
  });
  return (
    <>
      <FigureButton question={question(false)} className="b">
        {percent(utilisation)}
      </FigureButton>{' '}
      confirmed,{' '}
      <FigureButton question={question(true)} className="b">
        {percent(tentative / net)}
      </FigureButton>{' '}
      tentative of {hours(Math.round(net))} net · {hours(Math.round(operations))} operations ({percent(operations / net)} of net) ·{' '}
      <FigureButton question={{ what: 'remaining', args: { ...of, days: [from, to] } }}>{hours(Math.round(remaining))}</FigureButton> free ·{' '}
      <b className={over.length > 0 ? 'bad' : undefined}>{count(over.length, 'person', 'people')} over</b>
    </>
  );
}

function NobodyWorks({ team }: { team: string | null }) {
  const [, patch] = useAddress();
  const { is } = useSession();
  const way =
    team === null
      ? is('manager') && (
          <Link className="btn" to="/people/new">
            Add a person
          </Link>
        )
      : is('manager') && (
          <Link className="btn" to={`/teams/${team}`}>
            Add people to the team
          </Link>
        );
  return (
    <Empty
      icon="people"
      title={team === null ? 'Nobody works in these days' : 'Nobody of this team works in these days'}
      action={
        <>
          {way}
          {team !== null && <Button onClick={() => patch({ team: null }, { replace: true })}>Show everybody</Button>}
        </>
      }
    >
      Here stands how full everybody is, and who has hours left.
    </Empty>
  );
}

interface HeatProps {
  answer: CapacityAnswer;
  people: readonly PersonView[];
  teams: readonly TeamView[];
  shown: Shown;
}

function Heat({ answer, people, teams, shown }: HeatProps) {
  const narrow = useNarrow();
  const [params, patch] = useAddress();
  const names = useMemo(() => byId(people), [people]);
  const { rows: kind, unit, team } = shown;
  const cut = team === null ? null : teams.find(({ id }) => id === team);
  const { rows, lead } = useMemo(() => {
    const teamNames = byId(teams);
    return {
      rows: kind === 'teams' ? teamRows(answer, teamNames, unit) : peopleRows(answer, names, unit),
      lead: groupRow(answer, unit, cut?.name ?? 'Group'),
    };
  }, [answer, names, teams, kind, unit, cut]);
  const open = useCallback(
    (row: HeatRow, cell: HeatCell) => {
      const question = cellQuestion(row, cell, answer, team);
      if (question) patch({ figure: figureText(question) });
    },
    [answer, team, patch],
  );
  const head = useCallback((row: HeatRow) => <RowHead row={row} answer={answer} cut={team} />, [answer, team]);
  const what = kind === 'teams' ? 'team' : 'person';
  return (
    <>
      {kind === 'teams' && teams.length === 0 && (
        <p className="mid ht-none">
          No team is here yet. <Link to="/teams">Teams</Link> are named sets of people; each then has a row of its own.
        </p>
      )}
      {narrow ? (
        <HeatList
          answer={answer}
          rows={[lead, ...rows]}
          at={params.get('at')}
          unit={unit === 'percent' ? ' %' : ' h'}
          name={rowName}
          onGo={(at) => patch({ at }, { replace: true })}
          onOpen={open}
        />
      ) : (
        <HeatGrid
          answer={answer}
          lead={lead}
          rows={rows}
          label={`Load by ${what}, ${dayRange(answer.from, answer.to)}. Arrow keys move, Enter opens.`}
          corner={
            <Corner
              words={
                kind === 'teams' ? count(rows.filter((row) => row.kind === 'team').length, 'team') : count(rows.length, 'person', 'people')
              }
              unit={unit}
            />
          }
          head={head}
          onOpen={open}
        />
      )}
      <LoadLists answer={answer} people={names} />
    </>
  );
}
