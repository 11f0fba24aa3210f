import { dayOf, isoDay } from '@sidekick/calendar';
import { NotFound } from '@sidekick/service-kit';
import type Holidays from 'date-holidays';
import { newCalendar } from './calendar.ts';
import { regionOf } from './regions.ts';

export interface HolidayProposal {
  /** ISO day. */
  date: string;
  name: string;
  /** Portion of the day that is off, (0-1]. */
  portion: number;
}

/**
 * Public holidays of a region, e.g. `PT`, `GB-ENG` or `US-CA` (country, then ISO 3166-2 state and region), as the
 * date-holidays calendars have them, in English where they know it. Of two on one day the names are joined, one that lasts
 * several days is a day each, and one of less than 20 hours half a day. Throws NotFound `no-calendar` for a region they
 * do not know.
 */
export function proposeHolidays(region: string, year: number): HolidayProposal[] {
  const calendar = calendarOf(region);
  const days = new Map<string, { names: Set<string>; portion: number }>();
  for (const { date, name, type, start, end } of calendar.getHolidays(year, 'en')) {
    if (type !== 'public') continue;
    const hours = (end.getTime() - start.getTime()) / 3_600_000;
    const first = dayOf(date.slice(0, 10));
    for (let day = first; day < first + Math.max(1, Math.round(hours / 24)); day++) {
      const known = days.get(isoDay(day)) ?? { names: new Set(), portion: 0 };
      known.names.add(name);
      known.portion = Math.max(known.portion, hours < 20 ? 0.5 : 1);
      days.set(isoDay(day), known);
    }
  }
  return [...days]
    .map(([date, { names, portion }]) => ({ date, name: [...names].join(', ').slice(0, 120), portion }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** A calendar answers no holidays for places it does not know, so they are looked up first. */
function calendarOf(region: string): Holidays {
  const known = regionOf(region);
  if (!known?.calendar) throw new NotFound('no-calendar', `No published calendar is known for ${region}`);
  const [country = '', state, area] = known.code.split('-');
  const calendar = newCalendar();
  if (state && area) calendar.init(country, state, area);
  else if (state) calendar.init(country, state);
  else calendar.init(country);
  return calendar;
}
