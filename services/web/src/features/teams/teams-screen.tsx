import type { PersonView, TeamView } from '@sidekick/contracts';
import { Link, useParams } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { count } from '../../staffing/format.ts';
import { PersonLink, PersonLinks } from '../../staffing/links.tsx';
import { ListHead } from '../../staffing/list-head.tsx';
import { byId } from '../../staffing/lists.ts';
import { isOffered, nameOf } from '../../staffing/people-names.ts';
import { usePeople, useTeams } from '../../staffing/queries.ts';
import { useToday } from '../../staffing/today.ts';
import { useClose } from '../../staffing/use-close.ts';
import { useSeen } from '../../staffing/use-seen.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { hasAll, words } from '../timeline/index.ts';
import { TeamForm } from './team-form.tsx';

/** `/teams`: every team with its lead and people; `/teams/<id>` and `/teams/new` open the form. */
export function TeamsScreen() {
  useTitle('Teams');
  const { '*': opened = '' } = useParams();
  const manager = useSession().is('manager');
  const { today } = useToday();
  const teams = useTeams();
  const people = usePeople();
  const names = people.data && byId(people.data);
  const [params, patch] = useAddress();
  const filter = words(params);
  const all = names && teams.data;
  const shown = all ? teamsByName(all).filter((team) => hasAll(filter, textsOf(team, names))) : [];
  const team = teams.data?.find(({ id }) => id === opened) ?? null;
  const id = opened === '' || opened === 'new' ? null : opened;
  const loaded = all !== undefined && !teams.isFetching;
  const seen = useSeen({ kind: 'team', id, there: team !== null, loaded });
  const close = useClose('/teams');
  const error = teams.error ?? people.error;
  const retry = () => [teams, people].forEach(({ refetch }) => void refetch());
  return (
    <main className="wrap">
      <ListHead
        title="Teams"
        find="Find by team or person"
        placeholder="Team or person"
        shown={all ? shownOf(shown.length, all.length) : ''}
      >
        <Link className="btn" to="/people">
          People
        </Link>
        {manager && <NewTeam />}
      </ListHead>
      {error && <ProblemNote error={error} retry={retry} what="The teams did not load" />}
      {!all && !error && <Lines count={6} />}
      {all?.length === 0 && (
        <Empty icon="people" title="No team is here yet" action={manager && <NewTeam />}>
          A team is a name for people who belong together, with somebody who leads it or without.
        </Empty>
      )}
      {all && all.length > 0 && shown.length === 0 && (
        <Empty
          icon="filter"
          title="No team matches"
          action={<Button onClick={() => patch({ q: null }, { replace: true })}>Show all teams</Button>}
        >
          “{params.get('q')}” is in no name of a team or of its people.
        </Empty>
      )}
      {names && shown.length > 0 && <TeamTable teams={shown} people={names} today={today} />}
      {names && opened === 'new' && manager && <TeamForm id="new" team={null} people={names} today={today} onClose={close} />}
      {names && seen && <TeamForm key={opened} id={opened} team={team} people={names} today={today} onClose={close} />}
      {loaded && id !== null && !seen && <p className="mid">This team is not here any more.</p>}
    </main>
  );
}

const NewTeam = () => (
  <Link className="btn primary" to="/teams/new">
    Add a team
  </Link>
);

type People = ReadonlyMap<string, PersonView>;
const teamsByName = (teams: readonly TeamView[]) => [...teams].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
const textsOf = (team: TeamView, people: People): string[] => [team.name, ...team.people.map((id) => nameOf(id, people))];
const shownOf = (shown: number, all: number): string =>
  shown === all ? count(all, 'team', 'teams') : `${shown} of ${count(all, 'team', 'teams')}`;

interface TableProps {
  teams: readonly TeamView[];
  people: People;
  today: string;
}

function TeamTable({ teams, people, today }: TableProps) {
  return (
    <div className="scrollx">
      <table className="lst">
        <thead>
          <tr>
            <th>Name</th>
            <th>Lead</th>
            <th>People</th>
          </tr>
        </thead>
        <tbody>
          {teams.map((team) => (
            <TeamRow key={team.id} team={team} people={people} today={today} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A contract that has ended since takes nobody off: who has left is told as that, and not counted. */
function TeamRow({ team, people, today }: { team: TeamView; people: People; today: string }) {
  const here = team.people.filter((id) => isOffered(id, people, today));
  const left = team.people.filter((id) => !here.includes(id));
  return (
    <tr>
      <td>
        <Link className="b" to={`/teams/${team.id}`}>
          <bdi>{team.name}</bdi>
        </Link>
      </td>
      <td>
        {team.lead === null ? '–' : <PersonLink id={team.lead} people={people} />}
        {team.lead !== null && left.includes(team.lead) && (
          <small>
            <span className="tag r">Has left</span>
          </small>
        )}
      </td>
      <td>
        <PersonLinks ids={here} people={people} none={left.length === 0 ? 'Nobody yet' : 'Nobody any more'} />
        <small>{count(here.length, 'person', 'people')}</small>
        {left.length > 0 && (
          <small>
            <span className="tag r">Left</span> <PersonLinks ids={left} people={people} />
          </small>
        )}
      </td>
    </tr>
  );
}
