import { later, mondayOfWeek } from '@sidekick/calendar/iso';
import type { Question, TimelineAnswer } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, hours, number, percent } from '../../staffing/format.ts';
import { LinkedText, PersonLink, subjectsOf } from '../../staffing/links.tsx';
import { sum } from '../../staffing/lists.ts';
import { planAddress } from '../plan/index.ts';
import type { Records } from '../timeline/index.ts';

const rangeOf = ({ weeks }: TimelineAnswer): [string, string] => [weeks[0] ?? '', weeks.at(-1) ?? ''];

/** The four headline figures of the weeks shown, each with its denominator. */
export function Figures({ timeline, records, canPlan }: { timeline: TimelineAnswer; records: Records; canPlan: boolean }) {
  const { covered, needed, confirmedHours, tentativeHours, netHours } = timeline.group;
  const people = timeline.people.filter(({ employed }) => employed.some(Boolean));
  const known = timeline.projects.filter(({ absenceFactor }) => absenceFactor >= 1);
  const alone = known.filter(({ absenceFactor }) => absenceFactor === 1);
  const weeks = rangeOf(timeline);
  const used = (withTentative: boolean): Question => ({ what: 'utilisation', args: withTentative ? { weeks, withTentative } : { weeks } });
  const share = (part: number) => (netHours > 0 ? `${(part / netHours) * 100}%` : '0');
  return (
    <div className="figs">
      <div>
        <div className="k">Coverage ratio</div>
        <div className="v">
          <FigureButton question={{ what: 'coverageRatio', args: { weeks } }}>{percent(needed > 0 ? covered / needed : null)}</FigureButton>
        </div>
        <div className="d">
          <span>
            {needed > 0
              ? `${covered} of ${count(needed, 'project-week')} that need cover`
              : records.projects.size === 0
                ? 'no project-weeks yet'
                : 'no project-week needs cover'}
          </span>
          {canPlan && needed > covered && (
            <>
              {' · '}
              <Link className="link" to={planAddress(later(mondayOfWeek(weeks[0]), timeline.today), mondayOfWeek(weeks[1]))}>
                Plan the gaps
              </Link>
            </>
          )}
        </div>
      </div>
      <div>
        <div className="k">Utilisation</div>
        <div className="v">
          <FigureButton question={used(false)}>{percent(netHours > 0 ? confirmedHours / netHours : null)}</FigureButton>{' '}
          <small>confirmed</small>{' '}
          {tentativeHours > 0 && (
            <small className="nw">
              + <FigureButton question={used(true)}>{percent(netHours > 0 ? tentativeHours / netHours : null)}</FigureButton> tentative
            </small>
          )}
        </div>
        <div className="ub">
          <i style={{ width: share(confirmedHours) }} />
          <i className="t" style={{ width: share(tentativeHours) }} />
        </div>
        <div className="d">
          {people.length === 0
            ? 'no people yet'
            : `${hours(Math.round(confirmedHours))} + ${hours(Math.round(tentativeHours))} of ${hours(Math.round(netHours))} net capacity, ${count(people.length, 'person', 'people')}`}
        </div>
      </div>
      <Over people={people} records={records} weeks={weeks} />
      <div>
        <div className="k">Absence factor 1</div>
        <div className="v">
          {known.length === 0 ? '–' : alone.length} {known.length > 0 && <small>of {count(known.length, 'project')}</small>}
        </div>
        <div className="d">
          <LinkedText
            text={absenceWords(known, alone.length, records)}
            subjects={subjectsOf(
              known.map(({ id }) => id),
              records,
            )}
          />
        </div>
        {alone.length > 0 && (
          <details className="d">
            <summary>Which, and who</summary>
            <ul>
              {alone.map(({ id }) => (
                <li key={id}>
                  <FigureButton question={{ what: 'absenceFactor', args: { project: id } }}>
                    <bdi>{records.projects.get(id)?.name ?? 'A project'}</bdi>
                  </FigureButton>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </div>
  );
}

interface OverProps {
  people: TimelineAnswer['people'];
  records: Records;
  weeks: [string, string];
}

function Over({ people, records, weeks }: OverProps) {
  const over = people.filter((figure) => figure.over.some((value) => value > 0)).sort((a, b) => sum(b.over) - sum(a.over));
  return (
    <div>
      <div className="k">People over</div>
      <div className="v">
        {people.length === 0 ? '–' : over.length} {people.length > 0 && <small>of {number(people.length)}</small>}
      </div>
      {over.slice(0, 2).map((figure) => (
        <div key={figure.id} className="d">
          <PersonLink id={figure.id} people={records.people} />{' '}
          <FigureButton question={{ what: 'overHours', args: { person: figure.id, weeks } }}>{hours(sum(figure.over))}</FigureButton>,{' '}
          {count(figure.over.filter((value) => value > 0).length, 'week')}
        </div>
      ))}
      {over.length > 2 && <div className="d">and {over.length - 2} more</div>}
      {over.length === 0 && <div className="d">{people.length === 0 ? 'no people yet' : 'confirmed work fits everybody’s net hours'}</div>}
    </div>
  );
}

function absenceWords(known: TimelineAnswer['projects'], alone: number, records: Records): string {
  if (known.length === 0) return 'nobody has worked on a project yet';
  if (alone === 0) return 'Nowhere does one person hold half of what is known.';
  const safe = known
    .filter(({ absenceFactor }) => absenceFactor > 1)
    .map(({ id, absenceFactor }) => `${records.projects.get(id)?.name ?? 'A project'} has ${absenceFactor}`);
  const rest = safe.length > 0 && safe.length <= 2 ? ` Only ${safe.join(', ')}.` : '';
  return `One person holds half of what is known.${rest}`;
}
