import { addDays, daysBetween, mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import type { ProjectView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { dayRangeWithYear, hours, monthSpans } from '../../staffing/format.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { Section } from '../../staffing/record-page.tsx';
import { type Bar, barsOf, type Records } from '../timeline/index.ts';

interface Props {
  project: ProjectView;
  records: Records;
  weeks: readonly string[];
  today: string;
  canEdit: boolean;
}

/** Who works on the project over time, a line an assignment: leads first. */
export function Crew({ project, records, weeks, today, canEdit }: Props) {
  const first = mondayOfWeek(weeks[0] ?? weekOf(today));
  const all = records.assignments.filter((one) => one.project === project.id);
  const { bars } = barsOf(all, { first, weeks: weeks.length }, records, new Map(), () => '');
  const elsewhere = all.length - bars.length;
  const now = daysBetween(first, today) / 7;
  const add = (role: string) => `?add=${project.id}&wanted=${role}&week=${weekOf(today)}`;
  return (
    <Section
      id="crew"
      title="Crew"
      note={dayRangeWithYear(first, addDays(first, weeks.length * 7 - 1))}
      action={
        <>
          {canEdit && (
            <Link className="link rp-e" to={add('contributor')} preventScrollReset>
              Assign…
            </Link>
          )}
          <Link className="link rp-e" to={`/staffing?q=${encodeURIComponent(project.name)}`}>
            On the timeline
          </Link>
        </>
      }
    >
      {all.length === 0 && <p className="mid">Nobody is on it yet.</p>}
      {bars.length > 0 && (
        <div className="crw">
          <div className="crw-m" aria-hidden="true">
            {monthSpans(weeks).map(({ key, label, columns }) => (
              <span key={key} style={{ width: `${(columns / weeks.length) * 100}%` }}>
                {columns > 1 ? label.slice(0, 3) : ''}
              </span>
            ))}
          </div>
          <ul>
            {bars.map((bar) => (
              <CrewRow
                key={bar.assignment.id}
                bar={bar}
                project={project}
                records={records}
                weeks={weeks.length}
                now={now}
                canEdit={canEdit}
              />
            ))}
          </ul>
        </div>
      )}
      {elsewhere > 0 && <p className="xs">{elsewhere} more outside of these weeks, on the timeline.</p>}
    </Section>
  );
}

interface RowProps {
  bar: Bar;
  project: ProjectView;
  records: Records;
  weeks: number;
  /** In weeks from the first. */
  now: number;
  canEdit: boolean;
}

function CrewRow({ bar, project, records, weeks, now, canEdit }: RowProps) {
  const { assignment, span, notches, undone, although } = bar;
  const part = (value: number) => `${(value / weeks) * 100}%`;
  const tentative = bar.tentative || project.state === 'proposal';
  const facts = [
    assignment.role,
    `${hours(assignment.hoursPerWeek)} a week`,
    tentative ? 'tentative' : null,
    dayRangeWithYear(assignment.from, assignment.to),
    undone ? 'not all of it done: the contract ends' : null,
  ].filter(Boolean);
  return (
    <li>
      <div>
        <PersonLink id={assignment.person} people={records.people} className="b" unknown="Somebody who is gone" />
        <small>
          {facts.join(' · ')}
          {although && <span className="bad"> · {although}</span>}
          {canEdit && (
            <span className="rp-e">
              {' · '}
              <Link className="link" to={`?edit=${assignment.id}`} preventScrollReset aria-label={`Change: ${facts.join(', ')}`}>
                Edit
              </Link>
            </span>
          )}
        </small>
      </div>
      <div className="crw-t" aria-hidden="true">
        {now >= 0 && now < weeks && <i className="crw-n" style={{ left: part(now) }} />}
        <span
          className={['bar', assignment.role, tentative && 'tentative'].filter(Boolean).join(' ')}
          style={{ left: part(span.left), width: part(span.width) }}
        >
          {assignment.role === 'sidekick' && (
            <svg className="h" aria-hidden="true">
              <rect className="hatch" width="100%" height="100%" />
            </svg>
          )}
        </span>
        {notches.map((notch) => (
          <i key={notch.key} className="crw-l" style={{ left: part(notch.left), width: part(notch.width) }} title={notch.title} />
        ))}
      </div>
    </li>
  );
}
