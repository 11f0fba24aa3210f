import { isZone, overlapHours, workingDay } from '@sidekick/calendar';
import { daysBetween, isDay } from '@sidekick/calendar/iso';
import { nameKey, type PersonView, typedKey } from '@sidekick/contracts';
import { dayRange, hours } from '../../staffing/format.ts';

/** Free hours that people must have between two days, in all or in each week of them. */
export interface FreeAsked {
  readonly hours: number;
  readonly each: boolean;
  readonly from: string;
  readonly to: string;
}

/** Working hours that people must share with a place on every day that is looked at. */
export interface OverlapAsked {
  readonly hours: number;
  /** As it was typed: a region, a time zone or a town of one. */
  readonly place: string;
  /** IANA time zone. */
  readonly zone: string;
}

/** What the address asks: null for nothing, `unclear` where it cannot be understood, which is told and narrows nothing. */
export type Asked<T> = T | null | 'unclear';

/** Days of the longest range that free hours are told of: 104 weeks. */
export const mostDays = 104 * 7;
export const mostFree = 20_000;
export const mostOverlap = workingDay.to - workingDay.from;

const numberIn = (text: string | null, most: number): number | null => {
  const value = text !== null && /^\d{1,5}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
  return value > 0 && value <= most ? value : null;
};

/** `left=16&each=week&between=2027-01-11..2027-02-05`. */
export function freeAsked(params: URLSearchParams): Asked<FreeAsked> {
  if (!params.has('left')) return null;
  const least = numberIn(params.get('left'), mostFree);
  const [from = '', to = '', ...more] = (params.get('between') ?? '').split('..');
  const isRange = isDay(from) && isDay(to) && more.length === 0 && from <= to && daysBetween(from, to) < mostDays;
  return least !== null && isRange ? { hours: least, each: params.get('each') === 'week', from, to } : 'unclear';
}

/** `overlap=4&place=Europe/Lisbon`. */
export function overlapAsked(params: URLSearchParams, people: Iterable<PersonView>): Asked<OverlapAsked> {
  if (!params.has('overlap')) return null;
  const least = numberIn(params.get('overlap'), mostOverlap);
  const place = params.get('place') ?? '';
  const zone = zoneOf(place, people);
  return least !== null && zone !== null ? { hours: least, place, zone } : 'unclear';
}

const zoneNames = Intl.supportedValuesOf('timeZone');
const townOf = (zone: string) => typedKey(zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' '));

/** The zone of a place: of a region that in which most of its people work; null where nobody knows the place. */
export function zoneOf(typed: string, people: Iterable<PersonView>): string | null {
  const place = typed.trim();
  if (place === '' || place.length > 60) return null;
  const zones = new Map<string, number>();
  for (const { region, timeZone } of people)
    if (region !== null && nameKey(region) === nameKey(place)) zones.set(timeZone, (zones.get(timeZone) ?? 0) + 1);
  const [most] = [...zones].sort(([one, many], [other, fewer]) => fewer - many || (one < other ? -1 : 1));
  if (most) return most[0];
  const key = typedKey(place);
  return zoneNames.find((zone) => typedKey(zone) === key || townOf(zone) === key) ?? (isZone(place) ? place : null);
}

/** Whether a person shares the hours with the place on each of these days; asked of each time zone once. */
export function sharingHours({ hours: least, zone }: OverlapAsked, days: readonly string[]): (person: PersonView) => boolean {
  const known = new Map<string, boolean>();
  return ({ timeZone }) => {
    const shares = known.get(timeZone) ?? days.every((day) => (overlapHours(timeZone, zone, day) ?? -1) >= least);
    known.set(timeZone, shares);
    return shares;
  };
}

export const freeWords = ({ hours: least, each, from, to }: FreeAsked): string =>
  `${hours(least)} free ${each ? 'in each week' : 'in all'} ${dayRange(from, to)}`;
export const overlapWords = ({ hours: least, place, zone }: OverlapAsked): string =>
  `${hours(least)} of working hours shared with ${place}${zone === place ? '' : ` (${zone})`}`;

/** What is asked of people, in words; what is not understood is said. */
export function peopleWords(params: URLSearchParams, people: Iterable<PersonView>): string[] {
  const [free, overlap] = [freeAsked(params), overlapAsked(params, people)];
  return [
    free === 'unclear' ? 'free hours that are not understood' : free && freeWords(free),
    overlap === 'unclear' ? 'shared hours that are not understood' : overlap && overlapWords(overlap),
  ].filter((words) => words !== null);
}
