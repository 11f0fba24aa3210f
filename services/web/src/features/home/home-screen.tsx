import './home.css';
import { addDays, mondayOfWeek } from '@sidekick/calendar/iso';
import type { Me } from '@sidekick/contracts';
import { useRef } from 'react';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { dayRange, longDay, weekTitle } from '../../staffing/format.ts';
import { useDecisions, useHolidays, useRecords } from '../../staffing/queries.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Block, Lines } from '../../ui/skeleton.tsx';
import { MyOffers } from '../offers/index.ts';
import { Panels, useRangedTimeline } from '../timeline/index.ts';
import { Latest, MostFree, ThisWeek } from './aside.tsx';
import { Decisions } from './decisions.tsx';
import { Figures } from './figures.tsx';
import { FirstRun, useFirstRun } from './first-run.tsx';
import { MyPages } from './my-pages.tsx';
import { MyProjects, MyWeeks } from './my-weeks.tsx';

/** `/`: managers and ops see what needs a decision, engineers their own weeks; an empty installation its first steps. */
export function HomeScreen() {
  useTitle('');
  const { me } = useSession();
  return me ? <Home me={me} /> : null;
}

function Home({ me }: { me: Me }) {
  const manager = me.roles.includes('manager');
  const overview = manager || me.roles.includes('ops');
  const [, patch] = useAddress();
  const ranged = useRangedTimeline();
  const { records, error, retry } = useRecords();
  const decisions = useDecisions(ranged.weeks, overview);
  const holidays = useHolidays();
  const scroller = useRef<HTMLDivElement>(null);
  const { timeline, today } = ranged;
  const has = records ? { people: records.people.size > 0, projects: records.projects.size > 0 } : null;
  const run = useFirstRun(manager, has);
  const fresh = has !== null && !has.people && !has.projects && (run?.open.length ?? 0) > 0;
  const failed = ranged.error ?? error;
  const until = addDays(mondayOfWeek(ranged.to), 6);
  return (
    <main className="wrap home">
      {!fresh && (
        <div className="hh">
          <div>
            <h1>{timeline ? longDay(today) : <Block w={260} h={22} />}</h1>
            <div className="muted">
              {timeline ? (
                `${weekTitle(today)} · figures for ${dayRange(mondayOfWeek(ranged.from), until)}, ${ranged.weeks} weeks`
              ) : (
                <Block w={320} h={14} />
              )}
            </div>
          </div>
        </div>
      )}
      {run && run.open.length > 0 && <FirstRun run={run} name={me.name} fresh={fresh} />}
      {failed && (
        <ProblemNote
          error={failed}
          what="The figures did not load"
          retry={() => {
            ranged.retry();
            retry();
          }}
        />
      )}
      {!(timeline && records) && !failed && <Lines count={8} />}
      {timeline && records && (
        <>
          {overview && <Figures timeline={timeline} records={records} canPlan={manager} />}
          {/* On a phone the second column stands below the decisions: it waits for them, else they would push it down. */}
          <div className="two">
            <div className="col">
              {!overview && me.person === null && (
                <p className="mid">Your account is not linked to a person yet. Ask a manager to link it, and your weeks show here.</p>
              )}
              {!manager && me.person && (
                <>
                  <MyWeeks timeline={timeline} records={records} person={me.person} />
                  <MyProjects timeline={timeline} records={records} person={me.person} />
                  <MyOffers person={me.person} records={records} today={today} />
                </>
              )}
              {overview && decisions.error && (
                <ProblemNote error={decisions.error} what="The decisions did not load" retry={() => void decisions.refetch()} />
              )}
              {overview && !decisions.data && !decisions.error && <Lines count={6} />}
              {overview && decisions.data && (
                <Decisions
                  items={decisions.data.items}
                  unknown={decisions.data.unknown}
                  records={records}
                  today={today}
                  until={until}
                  canEdit={manager}
                  onAssign={({ project, role, from, to }) => patch({ add: project, wanted: role, days: `${from} ${to}` })}
                />
              )}
            </div>
            {(!overview || decisions.data || decisions.error) && (
              <aside className="col">
                {me.person && <MyPages person={me.person} today={today} />}
                <Latest records={records} onAll={() => patch({ history: '1' })} />
                <ThisWeek records={records} holidays={holidays.data ?? []} today={today} />
                <MostFree timeline={timeline} records={records} today={today} />
              </aside>
            )}
          </div>
          <Panels records={records} rows={[]} bars={[]} today={today} canEdit={manager} scroller={scroller} />
        </>
      )}
    </main>
  );
}
