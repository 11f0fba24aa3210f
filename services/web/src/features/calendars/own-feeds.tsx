import './calendars.css';
import type { FeedView } from '@sidekick/contracts';
import { useState } from 'react';
import { useSession } from '../../app/session.tsx';
import { useProjects } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { BringIn } from './bring-in.tsx';
import { FeedRow } from './feed-row.tsx';
import { useFeeds } from './queries.ts';

/** Under Me: the own weeks, who is away, and every project whose crew this account follows in a calendar. */
export function OwnFeeds() {
  const { me, is } = useSession();
  const [brings, setBrings] = useState(false);
  const feeds = useFeeds();
  const of = (scope: FeedView['scope']) => feeds.data?.find((feed) => feed.scope === scope) ?? null;
  const ofProjects = feeds.data?.filter(({ scope }) => scope === 'project') ?? [];
  return (
    <section className="tokens" aria-label="Calendar feeds">
      <div className="sec">
        <h2>Calendar feeds</h2>
        <span className="muted">what is planned here, in the calendar you look at</span>
      </div>
      {feeds.error && <ProblemNote error={feeds.error} retry={() => void feeds.refetch()} what="The feeds did not load" />}
      {feeds.isPending && <Lines count={2} label="Loading the calendar feeds" />}
      {feeds.data && (
        <ul className="feed toks cals">
          {me?.person && (
            <FeedRow
              what={{ scope: 'person' }}
              name="Your weeks and leave"
              shows="your work with role and hours, and your leave without why"
              feed={of('person')}
            />
          )}
          <FeedRow what={{ scope: 'absences' }} name="Who is away" shows="everybody’s approved leave, as “away”" feed={of('absences')} />
          {ofProjects.length > 0 && <ProjectFeeds feeds={ofProjects} />}
        </ul>
      )}
      {feeds.data && !me?.person && (
        <p className="muted">Your own weeks need a person in staffing: a manager can link this account to yours.</p>
      )}
      <p className="xs">A project’s crew as a calendar is made on the page of the project.</p>
      {(is('manager') || (me?.person && is('engineer'))) && (
        <p className="acts">
          <Button onClick={() => setBrings(true)}>Bring in leave from a calendar</Button>
        </p>
      )}
      {brings && <BringIn onClose={() => setBrings(false)} />}
    </section>
  );
}

function ProjectFeeds({ feeds }: { feeds: readonly FeedView[] }) {
  const projects = useProjects();
  return feeds.map((feed) => {
    const name = projects.data?.find(({ id }) => id === feed.project)?.name ?? 'A project that is gone';
    const what = { scope: 'project' as const, project: feed.project ?? '' };
    return <FeedRow key={feed.id} what={what} name={projects.isPending ? 'A project' : `Crew of ${name}`} shows="" feed={feed} />;
  });
}
