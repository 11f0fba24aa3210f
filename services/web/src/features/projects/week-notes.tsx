import { addDays, mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import type { ProjectView } from '@sidekick/contracts';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { useWeekNotes } from '../../staffing/queries.ts';
import { Section } from '../../staffing/record-page.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';

/** What managers noted on weeks of the project, the next first; nothing for whom it is not. */
export function WeekNotes({ project, today }: { project: ProjectView; today: string }) {
  const isManager = useSession().is('manager');
  return isManager ? <Notes project={project.id} today={today} /> : null;
}

function Notes({ project, today }: { project: string; today: string }) {
  const { data, error, refetch } = useWeekNotes(true);
  const [past, setPast] = useState(false);
  const now = weekOf(today);
  const all = (data ?? []).filter((one) => one.project === project).sort((a, b) => (a.week < b.week ? -1 : 1));
  const ended = all.filter(({ week }) => week < now).reverse();
  const shown = [...all.filter(({ week }) => week >= now), ...(past ? ended : [])];
  return (
    <Section
      id="week-notes"
      title="Notes on weeks"
      note="for managers alone"
      action={
        <Link className="link rp-e" to={`?noted=${project}+${now}`} preventScrollReset>
          Note on this week
        </Link>
      }
    >
      {error && <ProblemNote error={error} what="The notes did not load" retry={() => void refetch()} />}
      {data && shown.length === 0 && <p className="mid">Nothing is noted from this week on.</p>}
      <ul className="rows">
        {shown.map(({ id, week, private: { note } }) => (
          <li key={id}>
            <span>
              <Link className="nl" to={`?noted=${project}+${week}`} preventScrollReset>
                {dayRangeWithYear(mondayOfWeek(week), addDays(mondayOfWeek(week), 6))}
              </Link>
              <small>
                <bdi>{note ?? 'nothing is left of it'}</bdi>
              </small>
            </span>
          </li>
        ))}
      </ul>
      {ended.length > 0 && (
        <p className="acts">
          <Button look="quiet" onClick={() => setPast(!past)} aria-expanded={past}>
            {past ? 'Hide what is past' : 'Show what is past'}
          </Button>
        </p>
      )}
    </Section>
  );
}
