import { dayOf, wantedIn } from '@sidekick/calendar';
import { addDays } from '@sidekick/calendar/iso';
import type { OpeningView } from '@sidekick/contracts';
import { dayRange, hours } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { isolated } from '../../staffing/people-names.ts';
import { byStart, type Records } from './bars.ts';
import { type Columns, lanesOf, type Span, spanOf } from './geometry.ts';
import { skillsAsked } from './place-fill.ts';

/** An open place as it is drawn: an outline, since nobody works there. */
export interface PlaceBar {
  readonly place: OpeningView;
  readonly lane: number;
  readonly span: Span;
  /** What stands on it. */
  readonly text: string;
  readonly title: string;
}

const roles = ['lead', 'sidekick', 'contributor'] as const;
const byRole = (a: OpeningView, b: OpeningView) => roles.indexOf(a.role) - roles.indexOf(b.role);

/** Outlines of the places with a day on the grid, on as few lanes as they need: leads first. */
export function placeBars(
  places: readonly OpeningView[],
  columns: Columns,
  text: (place: OpeningView) => string,
  projects: Records['projects'],
): { bars: PlaceBar[]; lanes: number } {
  const drawn = places.filter((place) => spanOf(place, columns) !== null);
  drawn.sort((a, b) => byRole(a, b) || byStart(a, b) || (a.id < b.id ? -1 : 1));
  const bars = lanesOf(drawn).flatMap(({ item, lane }): PlaceBar[] => {
    const span = spanOf(item, columns);
    const name = isolated(projects.get(item.project)?.name ?? 'Unknown project');
    return span ? [{ place: item, lane, span, text: text(item), title: titleOf(item, name) }] : [];
  });
  return { bars, lanes: Math.max(-1, ...bars.map(({ lane }) => lane)) + 1 };
}

function titleOf(place: OpeningView, project: string): string {
  const { role, from, to, hoursPerWeek } = place;
  const asks = skillsAsked(place);
  const facts = [`Open place on ${project}`, role, `${hours(hoursPerWeek)} a week wanted`, dayRange(from, to), asks && `asks ${asks}`];
  return [...facts, 'nobody yet, so no work'].filter(Boolean).join(' · ');
}

/** Hours that the places want in the week of a Monday. */
export const wantedInWeek = (places: readonly OpeningView[], monday: string): number => {
  const span = { from: dayOf(monday), to: dayOf(addDays(monday, 6)) };
  return sum(places.map((place) => wantedIn(place, span)));
};
