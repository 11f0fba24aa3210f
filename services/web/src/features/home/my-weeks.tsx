import { weekOf } from '@sidekick/calendar/iso';
import type { TimelineAnswer } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { hours, number, shortDay } from '../../staffing/format.ts';
import { PersonLinks, ProjectLink } from '../../staffing/links.tsx';
import { CoverageCell, coverageWords } from '../../ui/coverage-cell.tsx';
import { dayWords } from '../../ui/writing.ts';
import type { Records } from '../timeline/index.ts';

interface Props {
  timeline: TimelineAnswer;
  records: Records;
  person: string;
}

const shown = 4;

/** An engineer's next four weeks: effective hours by assignment, leave, what is free. */
export function MyWeeks({ timeline, records, person }: Props) {
  const start = Math.max(0, timeline.weeks.indexOf(weekOf(timeline.today)));
  const columns = timeline.weeks.slice(start, start + shown).map((week, index) => ({ week, at: start + index }));
  const figure = timeline.people.find(({ id }) => id === person);
  const figures = new Map(timeline.assignments.map((one) => [one.id, one]));
  const own = records.assignments
    .filter((one) => one.person === person && columns.some(({ at }) => (figures.get(one.id)?.planned[at] ?? 0) > 0))
    .sort((a, b) => (a.role < b.role ? 1 : -1));
  return (
    <section>
      <div className="sec">
        <h2>My next four weeks</h2>
        <span className="grow" />
        <Link className="btn" to="/leave?ask=1">
          Ask for leave
        </Link>
      </div>
      <div className="scrollx">
        <table className="lst mine">
          <thead>
            <tr>
              <th>Work</th>
              {columns.map(({ week, at }) => (
                <th key={week} className="num">
                  {shortDay(timeline.mondays[at] ?? '')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {own.map((one) => (
              <tr key={one.id}>
                <td>
                  <ProjectLink id={one.project} projects={records.projects} className="b" />
                  <small>
                    {one.role}
                    {one.state === 'tentative' && ', tentative'}
                  </small>
                </td>
                {columns.map(({ week, at }) => (
                  <td key={week} className="num">
                    {cell(figures.get(one.id)?.effective[at])}
                  </td>
                ))}
              </tr>
            ))}
            {own.length === 0 && (
              <tr>
                <td colSpan={shown + 1} className="muted">
                  Nothing is assigned in these weeks
                </td>
              </tr>
            )}
            <tr>
              <td className="muted">Leave and holidays</td>
              {columns.map(({ week, at }) => (
                <td key={week} className="num muted">
                  {awayText(figure, at)}
                </td>
              ))}
            </tr>
            <tr>
              <td>
                <b>Free</b>
                <small>net − operations − confirmed</small>
              </td>
              {columns.map(({ week, at }) => (
                <td key={week} className={`num b ${(figure?.remaining[at] ?? 0) < -0.01 ? 'bad' : ''}`}>
                  {hours(figure?.remaining[at] ?? 0)}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}

const cell = (value: number | undefined) => (value === undefined || value < 0.05 ? '–' : hours(value));

function awayText(figure: TimelineAnswer['people'][number] | undefined, at: number): string {
  const parts = [];
  if ((figure?.leaveDays[at] ?? 0) > 0) parts.push(`${number(figure?.leaveDays[at] ?? 0)} d leave`);
  const holidays = figure?.holidays[at] ?? [];
  if (holidays.length > 0) parts.push(`holiday ${holidays.map(shortDay).join(', ')}`);
  return parts.join(', ') || '–';
}

/** Projects a person leads or backs up, with their coverage. */
export function MyProjects({ timeline, records, person }: Props) {
  const own = records.assignments.filter(
    (one) =>
      one.person === person && one.role !== 'contributor' && one.state === 'confirmed' && (one.to === null || one.to >= timeline.today),
  );
  const rows = [...new Map(own.map((one) => [`${one.project} ${one.role}`, one])).values()];
  if (rows.length === 0) return null;
  return (
    <section>
      <div className="sec">
        <h2>Projects I lead or back up</h2>
      </div>
      <ul className="myp">
        {rows.map((one) => {
          const figure = timeline.projects.find(({ id }) => id === one.project);
          return (
            <li key={one.id}>
              <span>
                <ProjectLink id={one.project} projects={records.projects} className="b" />
                <small>
                  {one.role === 'lead' ? 'I lead' : <BackedUp project={one.project} timeline={timeline} records={records} />},{' '}
                  {hours(one.hoursPerWeek)} a week
                  {one.to ? ` until ${dayWords(one.to, timeline.today)}` : ''}
                </small>
              </span>
              <span className="ministrip">
                {(figure?.coverage ?? []).map((state, index) => (
                  <CoverageCell
                    key={timeline.weeks[index] ?? index}
                    state={state}
                    title={`Week of ${shortDay(timeline.mondays[index] ?? '')}: ${state === null ? 'does not count' : coverageWords[state]}`}
                  />
                ))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Whom a sidekick stands in for: who leads the project now, else who is the next to. */
function BackedUp({ project, timeline: { today }, records }: Omit<Props, 'person'> & { project: string }) {
  const leads = records.assignments
    .filter((one) => one.project === project && one.role === 'lead' && one.state === 'confirmed' && (one.to === null || one.to >= today))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const now = leads.filter(({ from }) => from <= today);
  const ids = new Set((now.length > 0 ? now : leads.slice(0, 1)).map((lead) => lead.person));
  return ids.size === 0 ? (
    'I back it up'
  ) : (
    <>
      I back up <PersonLinks ids={[...ids]} people={records.people} />
    </>
  );
}
