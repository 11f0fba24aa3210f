import { addWeeks, weekOf } from '@sidekick/calendar/iso';
import { type PersonView, regionsOf, type TimelineAnswer } from '@sidekick/contracts';
import { useEffect } from 'react';
import { Link, useMatch } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, hours } from '../../staffing/format.ts';
import { ListHead } from '../../staffing/list-head.tsx';
import { byId, sum } from '../../staffing/lists.ts';
import { isFormer, peopleByName } from '../../staffing/people-names.ts';
import { usePeople, useTimeline } from '../../staffing/queries.ts';
import { calendarAlarm, type NoCalendar, useNoCalendar } from '../../staffing/regions.ts';
import { learnToday, useToday } from '../../staffing/today.ts';
import { useClose } from '../../staffing/use-close.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { hasAll, metaOf, words } from '../timeline/index.ts';
import { PersonForm } from './person-form.tsx';

/** `/people`: everybody with skills and free hours; `/people/new` opens the form of a new one. */
export function PeopleScreen() {
  useTitle('People');
  const isNew = useMatch('/people/new') !== null;
  const { is } = useSession();
  const { today } = useToday();
  const people = usePeople();
  const week = weekOf(today);
  const timeline = useTimeline(week, addWeeks(week, 3));
  const answered = timeline.data?.today;
  useEffect(() => {
    if (answered) learnToday(answered);
  }, [answered]);
  const [params, patch] = useAddress();
  const filter = words(params);
  const shown = peopleByName((people.data ?? []).filter((person) => hasAll(filter, textsOf(person))));
  const alarms = useNoCalendar(people.data !== undefined);
  const close = useClose('/people');
  return (
    <main className="wrap">
      <ListHead
        title="People"
        find="Find by name or skill"
        placeholder="Name or skill"
        shown={people.data ? shownOf(shown.length, people.data.length) : ''}
      >
        <Link className="btn" to="/staffing?by=person">
          Load
        </Link>
        <Link className="btn" to="/capacity">
          Capacity
        </Link>
        <Link className="btn" to="/leave">
          Leave
        </Link>
        <Link className="btn" to="/teams">
          Teams
        </Link>
        <Link className="btn" to="/skills">
          Skills
        </Link>
        {is('manager') && (
          <>
            <Link className="btn" to="/staffing/import">
              Capacity sheet
            </Link>
            <Link className="btn" to="/staffing/exchange?kind=people">
              Import and export
            </Link>
            <Link className="btn primary" to="/people/new">
              Add a person
            </Link>
          </>
        )}
      </ListHead>
      {people.error && <ProblemNote error={people.error} retry={() => void people.refetch()} what="The people did not load" />}
      {!people.data && !people.error && <Lines count={8} />}
      {people.data?.length === 0 && (
        <Empty
          icon="people"
          title="Nobody is here yet"
          action={
            is('manager') && (
              <>
                <Link className="btn primary" to="/people/new">
                  Add a person
                </Link>
                <Link className="btn" to="/staffing/exchange?kind=people">
                  Import from CSV
                </Link>
              </>
            )
          }
        >
          Names, hours for each weekday, skills with a level from 1 to 5. Sidekick counts who is free from this.
        </Empty>
      )}
      {people.data && people.data.length > 0 && shown.length === 0 && (
        <Empty
          icon="filter"
          title="Nobody matches"
          action={<Button onClick={() => patch({ q: null }, { replace: true })}>Show everybody</Button>}
        >
          “{params.get('q')}” is in no name, region or skill.
        </Empty>
      )}
      {shown.length > 0 && (
        <PeopleTable people={shown} all={byId(people.data ?? [])} figures={timeline.data?.people ?? []} today={today} alarms={alarms} />
      )}
      {isNew && is('manager') && <PersonForm id="new" person={null} today={today} onClose={close} />}
    </main>
  );
}

const textsOf = (person: PersonView): string[] => [
  person.private.name,
  person.private.email ?? '',
  ...regionsOf(person).map(({ region }) => region ?? ''),
  ...person.skills.map(({ skill }) => skill),
];
const shownOf = (shown: number, all: number): string =>
  shown === all ? count(all, 'person', 'people') : `${shown} of ${count(all, 'person', 'people')}`;

interface TableProps {
  people: readonly PersonView[];
  all: ReadonlyMap<string, PersonView>;
  figures: TimelineAnswer['people'];
  today: string;
  alarms: ReadonlyMap<string, NoCalendar>;
}

function PeopleTable({ people, all, figures, today, alarms }: TableProps) {
  const manager = useSession().is('manager');
  const remaining = new Map(figures.map((figure) => [figure.id, figure.remaining]));
  const week = weekOf(today);
  const free = (person: string, weeks: number) => {
    const list = remaining.get(person)?.slice(0, weeks);
    if (!list) return '–';
    return (
      <FigureButton question={{ what: 'remaining', args: { person, weeks: [week, addWeeks(week, weeks - 1)] } }}>
        {hours(sum(list))}
      </FigureButton>
    );
  };
  return (
    <div className="scrollx">
      <table className="lst ppl">
        <thead>
          <tr>
            <th>Name</th>
            <th>Skills</th>
            <th className="hide-s">Contract</th>
            <th className="num" title="Net − operations − confirmed work">
              Free this week
            </th>
            <th className="num">Free in 4 weeks</th>
            {manager && <th aria-label="More" />}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td>
                <span className="who1">
                  <Avatar name={person.private.name} large />
                  <span>
                    <Link className="b" to={`/people/${person.id}`}>
                      <bdi>{person.private.name}</bdi>
                    </Link>
                    <small>{metaOf(person, today, all)}</small>
                    {alarms.has(person.id) && (
                      <small className="bad">
                        <Icon name="warn" /> {calendarAlarm(alarms.get(person.id))}
                      </small>
                    )}
                  </span>
                </span>
              </td>
              <td>{person.skills.map(({ skill, level }) => `${skill} ${level}`).join(', ') || '–'}</td>
              <td className="hide-s">
                {person.employment === 'freelance' ? 'Freelance' : 'Employed'}
                <small>{person.timeZone}</small>
              </td>
              <td className="num b">{free(person.id, 1)}</td>
              <td className="num">{free(person.id, 4)}</td>
              {manager && (
                <td className="num">
                  <PersonMenu person={person} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a manager does with a person without looking at their page first. */
function PersonMenu({ person }: { person: PersonView }) {
  const { id, private: words } = person;
  return (
    <Menu position="bottom-end" width={160} withinPortal>
      <Menu.Target>
        <button type="button" className="btn quiet icon" aria-label={`More about ${words.name}`}>
          <Icon name="more" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to={`/people/${id}/edit`}>
          Edit
        </Menu.Item>
        {!isFormer(person) && (
          <Menu.Item component={Link} to={`/people/${id}?leaves=1`}>
            Leaves…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
