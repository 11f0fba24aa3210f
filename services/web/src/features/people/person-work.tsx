import { weekOf } from '@sidekick/calendar/iso';
import type { AssignmentView, KnownProjects } from '@sidekick/contracts';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, dayRangeWithYear, hours, knownHours } from '../../staffing/format.ts';
import { ProjectLink } from '../../staffing/links.tsx';
import { Section } from '../../staffing/record-page.tsx';
import { Button } from '../../ui/button.tsx';
import type { Records } from '../timeline/index.ts';

const roles = { lead: 'leads', sidekick: 'backs up', contributor: 'contributes' } as const;
const order = { lead: 0, sidekick: 1, contributor: 2 } as const;

interface Props {
  person: string;
  records: Records;
  today: string;
  canEdit: boolean;
}

/** What the person leads, backs up and contributes to: now and to come first, what is past when it is asked for. */
export function Work({ person, records, today, canEdit }: Props) {
  const [past, setPast] = useState(false);
  const own = records.assignments.filter((one) => one.person === person);
  const isPast = ({ to }: AssignmentView) => to !== null && to < today;
  const ended = own.filter(isPast).sort((a, b) => ((a.to ?? '') < (b.to ?? '') ? 1 : -1));
  const going = own.filter((one) => !isPast(one)).sort((a, b) => order[a.role] - order[b.role] || (a.from < b.from ? -1 : 1));
  const shown = past ? [...going, ...ended] : going;
  return (
    <Section
      id="projects"
      title="Projects"
      action={
        canEdit && (
          <Link className="link rp-e" to={`?add=&who=${person}&week=${weekOf(today)}`} preventScrollReset>
            Assign…
          </Link>
        )
      }
    >
      {own.length === 0 && <p className="mid">Not on any project yet.</p>}
      {own.length > 0 && going.length === 0 && !past && <p className="mid">On no project now, and none is planned.</p>}
      {shown.length > 0 && (
        <table className="lst">
          <thead>
            <tr>
              <th>Project</th>
              <th>Days</th>
              <th className="num">A week</th>
              {canEdit && <th aria-label="Change" />}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.id}>
                <td>
                  <ProjectLink id={one.project} projects={records.projects} className="b" />
                  <small>
                    {roles[one.role]}
                    {stateWord(one, records)}
                  </small>
                </td>
                <td>
                  {dayRangeWithYear(one.from, one.to)}
                  {isPast(one) && <small>ended</small>}
                  {one.from > today && <small>to come</small>}
                </td>
                <td className="num">{hours(one.hoursPerWeek)}</td>
                {canEdit && (
                  <td className="num">
                    <Link
                      className="link rp-e"
                      to={`?edit=${one.id}`}
                      preventScrollReset
                      aria-label={`Change the work on ${records.projects.get(one.project)?.name ?? 'a project'}, ${one.role}`}
                    >
                      Edit
                    </Link>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ended.length > 0 && (
        <p className="acts">
          <Button look="quiet" onClick={() => setPast(!past)} aria-expanded={past}>
            {past ? 'Hide what has ended' : `Show ${count(ended.length, 'assignment')} that ended`}
          </Button>
        </p>
      )}
    </Section>
  );
}

function stateWord({ state, project }: AssignmentView, records: Records): string {
  const of = records.projects.get(project)?.state;
  if (of === 'lost') return ', project lost';
  if (of === 'proposal') return ', a proposal';
  return state === 'tentative' ? ', tentative' : '';
}

/** Cold ones shown at once. */
const few = 8;
const looks = { warm: 'tag g', cooling: 'tag w', cold: 'tag' } as const;

/** What the person still knows of each project: hours of work, halved for every 90 days of age. */
export function Knowledge({ person, known, records }: { person: string; known: KnownProjects; records: Records }) {
  const most = Math.max(1, ...known.map((one) => one.hours));
  const [all, setAll] = useState(false);
  const told = known.filter((one) => one.hours >= 0.05);
  const shown = all ? told : told.filter((one, index) => one.state !== 'cold' || index < few);
  return (
    <Section id="knowledge" title="Knowledge by project" note="hours worked, halved every 90 days">
      {shown.length === 0 && <p className="mid">Has not worked on a project yet, or too long ago to remember.</p>}
      {shown.length > 0 && (
        <table className="lst">
          <thead>
            <tr>
              <th>Project</th>
              <th className="hide-n" aria-label="Share" />
              <th className="num">Hours</th>
              <th>State</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.project}>
                <td>
                  <ProjectLink id={one.project} projects={records.projects} />
                </td>
                <td className="hide-n">
                  <span className="knb" aria-hidden="true">
                    <i style={{ width: `${(one.hours / most) * 100}%` }} />
                  </span>
                </td>
                <td className="num">
                  <FigureButton question={{ what: 'knowledge', args: { person, project: one.project } }}>
                    {knownHours(one.hours)}
                  </FigureButton>
                </td>
                <td>
                  <span className={looks[one.state]}>{one.state}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length < told.length && (
        <p className="acts">
          <Button look="quiet" onClick={() => setAll(true)}>
            Show {told.length - shown.length} more, all cold
          </Button>
        </p>
      )}
      <p className="xs">Warm from 20 h, cooling from 8 h, cold below.</p>
    </Section>
  );
}
