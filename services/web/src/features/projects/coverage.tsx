import { addDays, addWeeks, earlier, later, mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import type { CrewWeeks, ProjectView, WholeGaps } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, dayRange, dayRangeWithYear, hours, percent, shortDay } from '../../staffing/format.ts';
import { PersonLinks } from '../../staffing/links.tsx';
import { EditLink, Section } from '../../staffing/record-page.tsx';
import { CoverageCell, coverageWords } from '../../ui/coverage-cell.tsx';
import { coverageMeanings, gapDays, gapReasons, type Records, wantedInWeek } from '../timeline/index.ts';
import { usePlaces } from './places.tsx';
import { runsOf } from './project-weeks.ts';

type Week = CrewWeeks[number];

interface Props {
  project: ProjectView;
  records: Records;
  crew: CrewWeeks;
  today: string;
  edit: string | null;
}

const sameNames = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id, index) => id === b[index]);

/** Coverage week by week, and why it is so: of every run of weeks alike, who is named, with what hours. */
export function Coverage({ project, records, crew, today, edit }: Props) {
  const needed = crew.filter(({ coverage }) => coverage !== null);
  const covered = needed.filter(({ coverage }) => coverage === 'covered');
  const runs = runsOf(
    crew,
    (a, b) => a.coverage === b.coverage && sameNames(a.sidekicks, b.sidekicks) && sameNames(a.tentative, b.tentative),
  );
  const now = weekOf(today);
  const ratio = (weeks: readonly Week[], text: string) => (
    <FigureButton question={{ what: 'coverageRatio', args: { project: project.id, weeks: endsOf(weeks) } }}>{text}</FigureButton>
  );
  /** One week opens by its sidekicks, several week by week. */
  const opened = (run: readonly Week[], text: string) =>
    run.length > 1 || !run[0] ? (
      ratio(run, text)
    ) : (
      <FigureButton question={{ what: 'coverage', args: { project: project.id, week: run[0].week } }}>{text}</FigureButton>
    );
  const { places } = usePlaces(project.id);
  const wantedWords = ({ week }: Week) => {
    const wanted = wantedInWeek(places, mondayOfWeek(week));
    return wanted > 0 ? `; ${hours(wanted)} wanted in open places` : '';
  };
  return (
    <Section
      id="coverage"
      title="Coverage"
      note={
        needed.length === 0
          ? 'no week needs cover'
          : ratio(crew, `${percent(covered.length / needed.length)}: ${covered.length} of ${count(needed.length, 'week')} that need cover`)
      }
      action={edit && <EditLink to={edit} at="cover" what="what the project asks of a sidekick" />}
    >
      <ol className="wks cvs" aria-label="Coverage by week">
        {crew.map((week) => (
          <li key={week.week} className={week.week < now ? 'wk-past' : week.week === now ? 'wk-now' : undefined}>
            <small>{shortDay(mondayOfWeek(week.week))}</small>
            <FigureButton className="cvf" question={{ what: 'coverage', args: { project: project.id, week: week.week } }}>
              <CoverageCell state={week.coverage} title={`${weekWords(week)}, ${hours(week.sidekickHours)} sidekick${wantedWords(week)}`} />
            </FigureButton>
          </li>
        ))}
      </ol>
      <table className="lst cvr">
        <thead>
          <tr>
            <th>Weeks</th>
            <th>State and why</th>
            <th className="hide-n">Sidekicks</th>
            <th className="num">Hours a week</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run[0]?.week} className={(run.at(-1)?.week ?? '') < now ? 'muted' : undefined}>
              <td>{daysOf(run)}</td>
              <td>
                <b>{run[0]?.coverage ? coverageWords[run[0].coverage] : 'does not count'}</b>
                <small>{whyOf(run, project)}</small>
              </td>
              <td className="hide-n">
                <PersonLinks ids={[...(run[0]?.sidekicks ?? []), ...(run[0]?.tentative ?? [])]} people={records.people} />
              </td>
              <td className="num">{opened(run, hoursOfRun(run))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

const endsOf = (weeks: readonly Pick<Week, 'week'>[]): [string, string] => [weeks[0]?.week ?? '', weeks.at(-1)?.week ?? ''];

const weekWords = ({ week, coverage }: Week): string =>
  `Week of ${shortDay(mondayOfWeek(week))}: ${coverage === null ? 'does not count' : coverageWords[coverage]}`;

const daysOf = (run: readonly Week[]): string =>
  dayRange(mondayOfWeek(run[0]?.week ?? ''), addDays(mondayOfWeek(run.at(-1)?.week ?? ''), 6));

function hoursOfRun(run: readonly Week[]): string {
  const all = run.map(({ sidekickHours }) => sidekickHours);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return most - least < 0.05 ? hours(most) : `${hours(least).replace(' h', '')} – ${hours(most)}`;
}

/** Why the weeks are in their state, with the figure that decides where there is one. */
function whyOf(run: readonly Week[], project: ProjectView): string {
  const [first] = run;
  if (!first) return '';
  if (first.coverage === null) {
    if (project.state === 'proposal') return 'A proposal’s weeks never count';
    if (project.state === 'lost') return 'The project is lost';
    if (project.policy === 'no-sidekick') return 'The project asks for no sidekick';
    return run.every(({ closed }) => closed) ? 'Closed by holidays' : 'The project is not active, or closed by holidays';
  }
  const why = coverageMeanings[first.coverage];
  if (first.coverage === 'thin') return `${why}, ${hours(project.minimumHours)} in a whole week`;
  if (first.coverage === 'tentative') return `${why}, ${hours(first.tentativeHours)} a week`;
  if (first.coverage === 'below-skill')
    return `${why}: ${project.requiredSkills.map(({ skill, level }) => `${skill} ${level}`).join(', ')}`;
  return why;
}

interface GapsProps {
  project: ProjectView;
  gaps: WholeGaps;
  crew: CrewWeeks;
  today: string;
  canEdit: boolean;
}

/** Weeks that lack a sidekick or a lead, with the way to fill them. What is past cannot be filled. */
export function Gaps({ project, gaps, crew, today, canEdit }: GapsProps) {
  const now = weekOf(today);
  const open = runsOf(
    crew.filter(({ active, leading, week }) => active && leading.length === 0 && week >= now),
    (a, b) => addWeeks(a.week, 1) === b.week,
  );
  const ahead = gaps.filter((gap) => gap.open || gap.to >= now);
  const past = gaps.length - ahead.length;
  return (
    <Section id="gaps" title="Gaps" note={ahead.length + open.length === 0 ? undefined : `${ahead.length + open.length} ahead`}>
      {ahead.length + open.length === 0 && <p className="mid">No gap ahead in these weeks.</p>}
      <ul className="rows">
        {ahead.map((gap) => {
          const days = gapDays(project, gap);
          return (
            <li key={gap.from}>
              <span>
                <b>{dayRangeWithYear(days.from, days.to)}</b>
                <small>
                  {`${gapReasons(gap)} · `}
                  <FigureButton question={{ what: 'coverageRatio', args: { project: project.id, weeks: [gap.from, within(gap)] } }}>
                    {`${count(gap.weeks, 'week')}, ${hours(gap.hours)} missing`}
                  </FigureButton>
                </small>
              </span>
              {/* The week that is filled from: a gap that goes on begins today. */}
              <Link className="btn" to={gapAddress(project.id, later(gap.from, now))}>
                {canEdit ? 'Fill' : 'Show'}
              </Link>
            </li>
          );
        })}
        {open.map((run) => {
          const [from, to] = [mondayOfWeek(run[0]?.week ?? now), addDays(mondayOfWeek(run.at(-1)?.week ?? now), 6)];
          return (
            <li key={`lead ${from}`}>
              <span>
                <b>{dayRangeWithYear(from, to)}</b>
                <small>nobody leads it · {count(run.length, 'week')}</small>
              </span>
              {canEdit && (
                <Link className="btn" to={`?add=${project.id}&wanted=lead&days=${from} ${to}`} preventScrollReset>
                  Find a lead
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      {past > 0 && <p className="xs">{count(past, 'gap')} behind us, in the coverage above.</p>}
    </Section>
  );
}

/** The last week of a gap that is told row by row: no figure tells more than two years. */
const within = ({ from, to }: { from: string; to: string }): string => earlier(to, addWeeks(from, 103));

/** The gap as the timeline opens it. */
const gapAddress = (project: string, week: string): string => `/staffing?from=${addWeeks(week, -1)}&cell=${project}+${week}`;
