import './leave.css';
import type { TimeOffView } from '@sidekick/contracts';
import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { longDay } from '../../staffing/format.ts';
import { byId } from '../../staffing/lists.ts';
import { useDecisions, useHolidays, usePeople, useProjects, useTeams, useTimeOff } from '../../staffing/queries.ts';
import { learnToday, useToday } from '../../staffing/today.ts';
import { useSeen } from '../../staffing/use-seen.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { BringIn } from '../calendars/index.ts';
import { HolidaysSheet } from './holidays-sheet.tsx';
import { LeaveForm } from './leave-form.tsx';
import { setsOf } from './leave-sets.ts';
import { LeaveTable } from './leave-table.tsx';
import { mayOpen } from './leave-words.ts';
import { MonthCalendar } from './month-calendar.tsx';
import type { Names } from './price.tsx';
import { RequestRow } from './request-row.tsx';

/** `/leave`: requests to answer, who is away, holidays; `?ask`, `?leave=<id>`, `?calendar` and `?holidays` open the forms. */
export function LeaveScreen() {
  useTitle('Leave');
  const { me, is } = useSession();
  const manager = is('manager');
  const [params, patch] = useAddress();
  const people = usePeople();
  const projects = useProjects();
  const timeOff = useTimeOff();
  const holidays = useHolidays();
  const teams = useTeams();
  // The smallest answer that says which day it is.
  const decisions = useDecisions(1);
  const answered = decisions.data?.today;
  useEffect(() => {
    if (answered) learnToday(answered);
  }, [answered]);
  const { today } = useToday();
  const [past, setPast] = useState(false);
  const names: Names | null = people.data && projects.data ? { people: byId(people.data), projects: byId(projects.data) } : null;
  const all = timeOff.data ?? [];
  const requests = all.filter(({ state, to }) => state === 'requested' && to >= today).sort(byStart);
  const shown = all.filter(({ to }) => past || to >= today).sort(byStart);
  const failed = people.error ?? projects.error ?? timeOff.error ?? holidays.error ?? teams.error;
  const close = () => patch({ ask: null, again: null, leave: null, holidays: null, calendar: null }, { replace: true });
  const again = all.find(({ id, person, private: words }) => id === params.get('again') && words !== null && person === me?.person);
  const asked = params.get('leave');
  const opened = all.find(({ id }) => id === asked) ?? null;
  const there = opened !== null && mayOpen(opened, manager, me?.person ?? null);
  const seen = useSeen({ kind: 'leave', id: asked, there, loaded: opened === null && timeOff.isSuccess && !timeOff.isFetching });
  const { waits, counted } = useCounting(names && timeOff.data ? (manager ? requests : []) : null);
  const mayAsk = manager || (me?.person !== null && is('engineer'));
  return (
    <main className="wrap">
      <div className="lsth">
        <h1>Leave</h1>
        <span className="grow" />
        <span className="printed">
          {past && 'All leave, '}printed {longDay(today)}
        </span>
        <Button onClick={() => patch({ holidays: '1' })}>Holidays</Button>
        {mayAsk && <Button onClick={() => patch({ calendar: '1' })}>From a calendar</Button>}
        {mayAsk && (
          <Button look="primary" onClick={() => patch({ ask: '1' })}>
            {manager ? 'Add leave' : 'Ask for leave'}
          </Button>
        )}
      </div>
      {failed && (
        <ProblemNote
          error={failed}
          what="Leave did not load"
          retry={() => {
            for (const { refetch } of [people, projects, timeOff, holidays, teams]) void refetch();
          }}
        />
      )}
      {!(names && timeOff.data) && !failed && <Lines count={6} />}
      {names && timeOff.data && (
        <>
          {manager && <Requests requests={requests} names={names} waits={waits} counted={counted} onOpen={(id) => patch({ leave: id })} />}
          {waits && <Lines count={6} label="Counting what the requests cost" />}
          <div hidden={waits}>
            <MonthCalendar
              all={names.people}
              timeOff={all}
              holidays={holidays.data ?? none}
              teams={teams.data ?? none}
              today={today}
              own={me?.person ?? null}
              manager={manager}
              onOpen={(id) => patch({ leave: id })}
            />
          </div>
          <section hidden={waits}>
            <div className="sec">
              <h2>{past ? 'All leave' : 'Away now and later'}</h2>
              <span className="grow" />
              <Button look="quiet" onClick={() => setPast(!past)} aria-pressed={past}>
                {past ? 'Hide what is past' : 'Show what is past'}
              </Button>
            </div>
            <LeaveTable
              items={shown}
              names={names}
              own={me?.person ?? null}
              manager={manager}
              onOpen={(id) => patch({ leave: id })}
              onAgain={(id) => patch({ ask: '1', again: id })}
            />
          </section>
          {params.has('ask') && mayAsk && <LeaveForm id="new" leave={null} again={again} names={names} today={today} onClose={close} />}
          {seen && <LeaveForm key={asked} id={asked ?? ''} leave={opened} names={names} today={today} onClose={close} />}
        </>
      )}
      {params.has('calendar') && mayAsk && <BringIn onClose={close} />}
      {params.has('holidays') && <HolidaysSheet today={today} asked={params.get('holidays')} canEdit={manager} onClose={close} />}
    </main>
  );
}

const none: never[] = [];
const byStart = (a: TimeOffView, b: TimeOffView) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1);

/** Milliseconds for which the requests wait for what they cost: one that cannot be counted must not hold the others. */
const patience = 3_000;

/**
 * The requests and what stands below them come once the first of them are counted, so that nothing moves on the way and nobody
 * answers before he sees the price; those that come later are no reason to take it away again. Null while nothing is loaded.
 */
function useCounting(requests: readonly TimeOffView[] | null) {
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  const [over, setOver] = useState(false);
  const counted = useCallback((id: string) => setKnown((old) => new Set(old).add(id)), []);
  const loaded = requests !== null;
  const waits = !over && (requests ?? []).some(({ id }) => !known.has(id));
  if (!over && loaded && !waits) setOver(true);
  useEffect(() => {
    if (!loaded || over) return;
    const timer = setTimeout(() => setOver(true), patience);
    return () => clearTimeout(timer);
  }, [loaded, over]);
  const { hash } = useLocation();
  useEffect(() => {
    // Whoever comes by a link to a request is led there once it can be seen.
    if (over && hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  }, [over, hash]);
  return { waits, counted };
}

interface RequestsProps {
  requests: readonly TimeOffView[];
  names: Names;
  /** What they cost is not known yet. */
  waits: boolean;
  counted: (id: string) => void;
  onOpen: (id: string) => void;
}

function Requests({ requests, names, waits, counted, onOpen }: RequestsProps) {
  const sets = setsOf(requests);
  return (
    <section className="rqs">
      <div className="sec">
        <h2>Requests</h2>
        <span className="muted">{sets.length === 0 ? 'none to answer' : `${sets.length} to answer`}</span>
      </div>
      <ul hidden={waits}>
        {sets.map((set) => (
          <RequestRow key={set[0].set ?? set[0].id} requests={set} names={names} counted={counted} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}
