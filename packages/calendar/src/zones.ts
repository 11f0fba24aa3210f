/** Hours of a clock between which somebody is taken to work, whatever their pattern: patterns know days and hours, no clock. */
export const workingDay = { from: 9, to: 17 } as const;

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** Null where no zone is called so. Making one costs more than all that is asked of it, hence kept. */
function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    // No zone is called so.
  }
  if (formats.size < mostFormats) formats.set(zone, format);
  return format;
}
/** Zones are words of users. */
const mostFormats = 1_000;

/** Whether an IANA time zone is called so. */
export const isZone = (zone: string): boolean => formatOf(zone) !== null;

/** Minutes that clocks of a zone are ahead of UTC at noon (UTC) of an ISO day; null for an unknown zone. */
function minutesAhead(zone: string, day: string): number | null {
  const parts = formatOf(zone)?.formatToParts(new Date(`${day}T12:00:00Z`));
  if (!parts) return null;
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/**
 * Hours of an ISO day in which people in both zones work, 0 to 8: both from 9 to 17 by their own clocks, summer time as it is that day.
 * Null for an unknown zone.
 */
export function overlapHours(zone: string, other: string, day: string): number | null {
  const [one, two] = [minutesAhead(zone, day), minutesAhead(other, day)];
  if (one === null || two === null) return null;
  const apart = Math.abs(one - two) % (24 * 60);
  const length = workingDay.to - workingDay.from;
  return Math.max(0, length - Math.min(apart, 24 * 60 - apart) / 60);
}
