import { addDays, mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import type { OpeningView, ProjectView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, hours } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { useOpenings } from '../../staffing/queries.ts';
import { Section } from '../../staffing/record-page.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { capital, placeWords, wantedInWeek } from '../timeline/index.ts';

interface Props {
  project: ProjectView;
  weeks: readonly string[];
  today: string;
  canEdit: boolean;
}

const none: readonly OpeningView[] = [];
const isPast = (place: OpeningView, today: string) => place.to !== null && place.to < today;

/** The open places of a project, soonest first. */
export function usePlaces(project: string) {
  const { data, error, refetch } = useOpenings();
  const places = (data ?? none).filter((one) => one.project === project).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return { places, error, retry: () => void refetch() };
}

/** Whom the project still looks for: wanted hours, told apart from work, with the way to fill them. */
export function Places({ project, weeks, today, canEdit }: Props) {
  const { places, error, retry } = usePlaces(project.id);
  const ahead = places.filter((place) => !isPast(place, today));
  const past = places.length - ahead.length;
  const wanted = project.state === 'lost' ? 0 : sum(weeks.map((week) => wantedInWeek(places, mondayOfWeek(week))));
  const range: [string, string] = [weeks[0] ?? weekOf(today), weeks.at(-1) ?? weekOf(today)];
  return (
    <Section
      id="places"
      title="Open places"
      note={
        wanted > 0 && (
          <>
            <FigureButton question={{ what: 'wanted', args: { project: project.id, weeks: range } }}>{hours(wanted)}</FigureButton> wanted
            in these weeks, no work yet
          </>
        )
      }
      action={
        canEdit && (
          <Link
            className="link rp-e"
            to={`?add=${project.id}&who=nobody&days=${today} ${project.to ?? addDays(today, 83)}`}
            preventScrollReset
          >
            Add an open place
          </Link>
        )
      }
    >
      {error && <ProblemNote error={error} retry={retry} what="The open places did not load" />}
      {ahead.length === 0 && !error && <p className="mid">Nobody is looked for here.</p>}
      <ul className="rows">
        {ahead.map((place) => (
          <li key={place.id}>
            <span>
              <b>{capital(place.role)}</b>
              <small>{placeWords(place)}</small>
              {place.private?.note && (
                <small>
                  <bdi>{place.private.note}</bdi>
                </small>
              )}
            </span>
            {canEdit && (
              <span className="pl-a">
                <Link className="btn" to={`?fill=${place.id}`} preventScrollReset aria-label={`Fill: ${place.role}, ${placeWords(place)}`}>
                  Fill
                </Link>
                <Link
                  className="btn"
                  to={`?change=${place.id}`}
                  preventScrollReset
                  aria-label={`Change: ${place.role}, ${placeWords(place)}`}
                >
                  Change
                </Link>
              </span>
            )}
          </li>
        ))}
      </ul>
      {past > 0 && <p className="xs">{count(past, 'place')} behind us that nobody filled, on the timeline.</p>}
    </Section>
  );
}
