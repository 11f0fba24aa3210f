import { addWeeks, weekOf, weeksFrom } from '@sidekick/calendar/iso';
import { KnownProjects, LoadWeeks, type PersonView } from '@sidekick/contracts';
import { useRef } from 'react';
import { Link, useMatch, useParams } from 'react-router-dom';
import { z } from 'zod';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { useFigures } from '../../staffing/figures.ts';
import { GoneRecord } from '../../staffing/gone-record.tsx';
import { History } from '../../staffing/history.tsx';
import { isFormer, nameAmong } from '../../staffing/people-names.ts';
import { usePeople, useRecords, useTeams } from '../../staffing/queries.ts';
import { EditButton, RecordPageSkeleton } from '../../staffing/record-page.tsx';
import { calendarAlarm, useNoCalendar } from '../../staffing/regions.ts';
import { useToday } from '../../staffing/today.ts';
import { useClose } from '../../staffing/use-close.ts';
import { useSeen } from '../../staffing/use-seen.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { LeaveForm } from '../leave/index.ts';
import { LeavingForm } from '../leaving/index.ts';
import { PersonRates } from '../money/index.ts';
import { PersonOffers, PersonWishes } from '../offers/index.ts';
import { metaOf, Panels, type Records } from '../timeline/index.ts';
import { MakeAnonymous } from './make-anonymous.tsx';
import { PersonForm } from './person-form.tsx';
import { Contract, Leave, Skills, Teams } from './person-side.tsx';
import { PatternSection, Weeks } from './person-weeks.tsx';
import { Knowledge, Work } from './person-work.tsx';

const [past, coming] = [4, 12];
const Figures = z.tuple([LoadWeeks, KnownProjects]);

/** `/people/<id>`: everything about a person, changed in place; `/people/<id>/edit` opens the form over it. */
export function PersonScreen() {
  const { id = '' } = useParams();
  const manager = useSession().is('manager');
  const { today } = useToday();
  const people = usePeople();
  const { records, error, retry } = useRecords();
  const person = people.data?.find((one) => one.id === id) ?? null;
  useTitle(person?.private.name ?? 'Person');
  const isEdited = useMatch('/people/:id/edit') !== null;
  const loaded = people.isSuccess && !people.isFetching;
  const failed = error ?? people.error;
  const seen = useSeen({ kind: 'person', id: isEdited ? id : null, there: isEdited && person !== null, loaded });
  const close = useClose(`/people/${id}`);
  return (
    <main className="wrap">
      {failed && !(records && person) && <ProblemNote error={failed} retry={retry} what="The person did not load" />}
      {!(records && person) && !loaded && !failed && <RecordPageSkeleton label="Loading the person" />}
      {records && person && <PersonPage key={id} person={person} records={records} />}
      {records && loaded && !person && <GoneRecord id={id} what="person" names={records} list="/people" canEdit={manager} />}
      {isEdited && seen && <PersonForm key={`form ${id}`} id={id} person={person} today={today} onClose={close} />}
    </main>
  );
}

/** Who may change what of the person: managers everything, the person their own skills and leave. */
function useRights(person: PersonView) {
  const { me, is } = useSession();
  const manager = is('manager');
  const own = me?.person === person.id && is('engineer');
  return { manager, own, me: me?.person ?? null };
}

function PersonPage({ person, records }: { person: PersonView; records: Records }) {
  const { today } = useToday();
  const { manager, own, me } = useRights(person);
  const first = addWeeks(weekOf(today), -past);
  const last = addWeeks(weekOf(today), coming - 1);
  const { figures, error, retry } = useFigures(
    [
      { what: 'load', args: { person: person.id, weeks: [first, last] } },
      { what: 'knows', args: { person: person.id } },
    ],
    Figures,
  );
  const teams = useTeams();
  const edit = manager ? `/people/${person.id}/edit` : null;
  // All at once: what came later would push down what is being read.
  if (!figures && !error) return <RecordPageSkeleton label="Counting the weeks" />;
  return (
    <>
      <Head person={person} records={records} edit={edit ?? (own ? `/people/${person.id}/edit` : null)} canEdit={manager} isOwn={own} />
      <div className="two">
        <div className="rp-c">
          {error && <ProblemNote error={error} retry={retry} what="The figures did not load" />}
          {figures && (
            <Weeks person={person} people={records.people} load={figures[0]} weeks={weeksFrom(first, past + coming)} today={today} />
          )}
          <Work person={person.id} records={records} today={today} canEdit={manager} />
          {figures && <Knowledge person={person.id} known={figures[1]} records={records} />}
          <PersonRates person={person} />
          <History about={person.id} of="person" names={records} canEdit={manager} />
        </div>
        <aside className="rp-c">
          <Skills person={person} edit={edit ?? (own ? `/people/${person.id}/edit` : null)} />
          <PersonWishes person={person} mayWrite={manager || own} />
          <PersonOffers person={person} mayWrite={manager || own} records={records} today={today} />
          <PatternSection person={person} today={today} edit={edit} />
          <Leave person={person.id} timeOff={records.timeOff} today={today} manager={manager} own={me} mayAsk={manager || own} />
          <Contract person={person} edit={edit} manager={manager} />
          {teams.error && <ProblemNote error={teams.error} retry={() => void teams.refetch()} what="The teams did not load" />}
          {teams.data && <Teams person={person.id} teams={teams.data} canEdit={manager} />}
        </aside>
      </div>
      <Over person={person} records={records} today={today} />
    </>
  );
}

const hasLeft = ({ contract }: PersonView, today: string): boolean => contract.to !== null && contract.to < today;

interface HeadProps {
  person: PersonView;
  records: Records;
  edit: string | null;
  canEdit: boolean;
  isOwn: boolean;
}

function Head({ person, records, edit, canEdit, isOwn }: HeadProps) {
  const { today } = useToday();
  const alarms = useNoCalendar(true);
  const away = records.timeOff.some((one) => one.person === person.id && one.state === 'approved' && one.from <= today && today <= one.to);
  const left = hasLeft(person, today);
  return (
    <div className="rp-h">
      <Avatar name={person.private.name} large />
      <div>
        <h1>
          <bdi>{nameAmong(person, records.people)}</bdi> {isOwn && <span className="tag a">you</span>}{' '}
          {away && <span className="tag">away today</span>} {left && <span className="tag">left</span>}
        </h1>
        <div className="muted">{metaOf(person, today, records.people) || 'no hours yet'}</div>
        {isFormer(person) && (
          <div className="mid">Made anonymous: the name, the address and notes are gone for good. Figures stay as they were.</div>
        )}
        {alarms.has(person.id) && (
          <div className="bad">
            <Icon name="warn" /> {calendarAlarm(alarms.get(person.id))}
          </div>
        )}
      </div>
      <span className="grow" />
      <div className="acts">
        <Link className="btn" to="/people">
          All people
        </Link>
        {canEdit && !isFormer(person) && (
          <Link className="btn" to="?leaves=1" preventScrollReset>
            Leaves…
          </Link>
        )}
        {canEdit && left && !isFormer(person) && (
          <Link className="btn" to="?anonymous=1" preventScrollReset>
            Make anonymous…
          </Link>
        )}
        {edit && <EditButton to={edit} />}
      </div>
    </div>
  );
}

/** The forms that open over the page: work, leave, leaving. The address names them. */
function Over({ person, records, today }: { person: PersonView; records: Records; today: string }) {
  const { manager, own, me } = useRights(person);
  const [params, patch] = useAddress();
  const scroller = useRef<HTMLDivElement>(null);
  const asked = params.get('leave');
  const leave = records.timeOff.find((one) => one.id === asked) ?? null;
  const seen = useSeen({ kind: 'leave', id: asked, there: leave !== null && (manager || leave.person === me), loaded: true });
  const close = () => patch({ ask: null, leave: null }, { replace: true });
  return (
    <>
      {params.has('ask') && (manager || own) && (
        <LeaveForm id="new" leave={null} names={records} today={today} onClose={close} person={person.id} />
      )}
      {asked && seen && <LeaveForm key={asked} id={asked} leave={leave} names={records} today={today} onClose={close} />}
      {params.has('leaves') && manager && (
        <LeavingForm
          key={`leaving ${person.id}`}
          {...{ person, records, today }}
          onClose={() => patch({ leaves: null }, { replace: true })}
        />
      )}
      {params.has('anonymous') && manager && hasLeft(person, today) && (
        <MakeAnonymous key={`anonymous ${person.id}`} person={person} onClose={() => patch({ anonymous: null }, { replace: true })} />
      )}
      <Panels records={records} rows={[]} bars={[]} today={today} canEdit={manager} scroller={scroller} />
    </>
  );
}
