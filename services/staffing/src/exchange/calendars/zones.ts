import { isZone } from '@sidekick/calendar';

/** A date and a time as a clock shows them, in milliseconds as if it were UTC's. */
export type Wall = number;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, hourCycle: 'h23', era: 'short' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
    if (formats.size > 200) formats.clear();
    formats.set(zone, format);
  }
  return format;
}

/** What clocks of an IANA zone show at an instant. */
export function wallIn(zone: string, instant: number): Wall {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
    (type) => Number(parts.get(type as 'year')),
  );
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The instant at which clocks of an IANA zone show it; of two the first, and after a gap what would have come. */
export function instantIn(zone: string, wall: Wall): number {
  const first = wall - (wallIn(zone, wall) - wall);
  return first - (wallIn(zone, first) - wall);
}

/**
 * The IANA zone that a TZID means: by its own name, or by its end where a program puts its own before it, as in
 * `/mozilla.org/20050126_1/Europe/Berlin`. Null where none is called so.
 */
export function zoneNamed(id: string): string | null {
  const tidy = id.replace(/^["'\s]+|["'\s]+$/g, '').slice(0, 120);
  if (/^(?:UTC|Z|GMT|Etc\/UTC)$/i.test(tidy)) return 'UTC';
  if (isIana(tidy)) return tidy;
  const parts = tidy.split(/[/\s]/);
  for (const count of [3, 2]) {
    const end = parts.slice(-count).join('/');
    if (parts.length > count && isIana(end)) return end;
  }
  return null;
}

/** With a region before it: `EST` and the like say no summer time. */
const isIana = (name: string): boolean => /^[A-Z][A-Za-z_]+\/[A-Za-z_+\-/]+$/.test(name) && isZone(name);
