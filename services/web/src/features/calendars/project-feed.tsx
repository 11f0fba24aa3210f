import './calendars.css';
import { Section } from '../../staffing/record-page.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { FeedRow } from './feed-row.tsx';
import { useFeeds } from './queries.ts';

/** On the page of a project: its crew as a calendar for whoever looks at it. */
export function ProjectFeed({ project }: { project: { id: string; name: string } }) {
  const feeds = useFeeds();
  const feed = feeds.data?.find((one) => one.project === project.id) ?? null;
  return (
    <Section id="calendar" title="In your calendar">
      {feeds.error && <ProblemNote error={feeds.error} retry={() => void feeds.refetch()} what="The calendar feed did not load" />}
      {feeds.isPending && <Lines count={1} label="Loading the calendar feed" />}
      {feeds.data && (
        <ul className="feed toks cals">
          <FeedRow
            what={{ scope: 'project', project: project.id }}
            name={`Crew of ${project.name}`}
            shows="who works on it, with role and hours, by runs of weeks"
            feed={feed}
          />
        </ul>
      )}
    </Section>
  );
}
