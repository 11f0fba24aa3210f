import { dayOf, openTo, workdaysIn } from '@sidekick/calendar';
import { addDays } from '@sidekick/calendar/iso';
import type { Command, OpeningView } from '@sidekick/contracts';
import type { RecordBody } from '../../staffing/form-types.ts';
import { dayRangeWithYear, hours } from '../../staffing/format.ts';
import { isolated } from '../../staffing/people-names.ts';
import { type Range, shared } from './geometry.ts';

/** What of an open place nobody does: some days, some hours a week. */
export interface Rest extends Range {
  readonly hoursPerWeek: number;
}

/** Hours that are none. */
const least = 0.005;

/** Open places are counted by Monday to Friday: nothing is left of a weekend. */
const hasDays = ({ from, to }: Range): boolean => workdaysIn({ from: dayOf(from), to: openTo(to) }, []) > 0;

/** What is left of a place of which somebody takes some days and hours: before, beside and after these; all of it where they share no day. */
export function restOf({ from, to, hoursPerWeek }: Rest, taken: Rest): Rest[] {
  const both = shared({ from, to }, taken);
  if (both === null) return [{ from, to, hoursPerWeek }];
  const left = hoursPerWeek - taken.hoursPerWeek;
  const parts: Rest[] = [];
  if (from < both.from) parts.push({ from, to: addDays(both.from, -1), hoursPerWeek });
  if (left > least) parts.push({ ...both, hoursPerWeek: Math.round(left * 100) / 100 });
  if (both.to !== null && (to === null || both.to < to)) parts.push({ from: addDays(both.to, 1), to, hoursPerWeek });
  return parts.filter(hasDays);
}

export const placeBody = ({ project, role, skills, private: words, sample }: OpeningView, { from, to, hoursPerWeek }: Rest) =>
  ({ project, role, from, to, hoursPerWeek, skills, private: { note: words?.note ?? null }, sample }) satisfies RecordBody<'opening'>;

/** What becomes of the place beside the work that is made: it goes, or is what is left of it; `ids` are of further places. */
export function fillCommands(place: OpeningView, rest: readonly Rest[], ids: readonly string[]): Command[] {
  const [first, ...others] = rest;
  const { id, version } = place;
  if (!first) return [{ do: 'delete', kind: 'opening', id, version }];
  const { from, to, hoursPerWeek } = first;
  const same = from === place.from && to === place.to && hoursPerWeek === place.hoursPerWeek;
  return [
    ...(same ? [] : [{ do: 'change' as const, kind: 'opening' as const, id, version, patch: { from, to, hoursPerWeek } }]),
    ...others.map((one, at) => ({ do: 'create' as const, kind: 'opening' as const, id: ids[at] ?? '', record: placeBody(place, one) })),
  ];
}

/** `8 h a week 4 Jan 2027 – 28 Mar 2027`. */
const restWords = ({ from, to, hoursPerWeek }: Rest): string => `${hours(hoursPerWeek)} a week ${dayRangeWithYear(from, to)}`;
export const restsInWords = (rest: readonly Rest[]): string => rest.map(restWords).join(' and ');

/** `Python 3, Go 2`. */
export const skillsAsked = ({ skills }: Pick<OpeningView, 'skills'>): string =>
  skills.map(({ skill, level }) => `${skill} ${level}`).join(', ');

/** `24 h a week, 4 Jan 2027 – 28 Mar 2027, asks Python 3`. */
export const placeWords = (place: Pick<OpeningView, 'from' | 'to' | 'hoursPerWeek' | 'skills'>): string =>
  [`${hours(place.hoursPerWeek)} a week`, dayRangeWithYear(place.from, place.to), skillsAsked(place) && `asks ${skillsAsked(place)}`]
    .filter(Boolean)
    .join(', ');

/** `lead wanted on Atlas`. */
export const placeName = ({ role }: Pick<OpeningView, 'role'>, project: string | undefined): string =>
  `${role} wanted on ${isolated(project ?? 'a project')}`;

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
