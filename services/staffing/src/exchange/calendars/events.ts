import ICAL from 'ical.js';
import type { RawCalendar, RawComponent } from './lines.ts';
import { instantIn, type Wall, zoneNamed } from './zones.ts';

/** How the times of an event are to be understood. */
export type Clock =
  /** Days, wherever one is. */
  | { readonly is: 'days' }
  /** Whatever the clocks show where the person is. */
  | { readonly is: 'anywhere' }
  /** Clocks of a zone that the world knows, or that the calendar describes. */
  | { readonly is: 'zone'; readonly instantOf: (wall: Wall) => number };

/** A point of time as the calendar writes it. */
export interface Moment {
  readonly wall: Wall;
  readonly clock: Clock;
}

export interface CalendarEvent {
  readonly uid: string;
  readonly summary: string | null;
  readonly cancelled: boolean;
  readonly sequence: number;
  /** Addresses of whoever is asked to come, and of whoever asks, in small letters. */
  readonly emails: readonly string[];
  readonly start: Moment;
  /** Milliseconds of the clock; of days whole ones. */
  readonly length: number;
  readonly rules: readonly ICAL.Recur[];
  readonly added: readonly Moment[];
  readonly left: readonly Moment[];
  /** Which occurrence of the event of this `uid` it stands for; null: it is the event itself. */
  readonly instead: Moment | null;
}

export type Trouble = 'bad-line' | 'no-start' | 'two-starts' | 'bad-end' | 'bad-rule' | 'unknown-zone' | 'this-and-future';
export interface Told {
  readonly why: Trouble;
  readonly uid: string | null;
  readonly summary: string | null;
}

const day = 86_400_000;
const mostEmails = 200;
const asked = new Set([
  'uid',
  'summary',
  'status',
  'sequence',
  'dtstart',
  'dtend',
  'duration',
  'rrule',
  'rdate',
  'exdate',
  'recurrence-id',
]);
const addresses = new Set(['attendee', 'organizer']);

/** The events of a calendar, each by itself: what is wrong with one costs the others nothing. */
export function eventsIn({ events, zones }: RawCalendar): { events: CalendarEvent[]; told: Told[] } {
  const told: Told[] = [];
  const clocks = clocksOf(zones);
  const read = events.flatMap((one) => {
    const found = eventIn(one, clocks, told);
    return found ? [found] : [];
  });
  return { events: read, told };
}

interface Properties {
  readonly by: ReadonlyMap<string, readonly ICAL.Property[]>;
  readonly emails: ReadonlySet<string>;
  /** Whether a line of them is none. */
  readonly isBad: boolean;
}

/** What is asked of an event; its other lines, such as pictures and rich text, are not parsed. */
function propertiesOf(lines: readonly string[]): Properties {
  const by = new Map<string, ICAL.Property[]>();
  const emails = new Set<string>();
  let isBad = false;
  for (const line of lines) {
    const name = /^[\w-]{1,60}/.exec(line)?.[0].toLowerCase() ?? '';
    if (addresses.has(name)) {
      const email = /mailto:([^\s;,"<>]{3,200})/i.exec(line)?.[1];
      if (email && emails.size < mostEmails) emails.add(email.toLowerCase());
    } else if (asked.has(name)) {
      try {
        const property = ICAL.Property.fromString(line.replace(/^[\w-]+/, name.toUpperCase()), ICAL.design.icalendar);
        // A value is made when it is first asked for, and may throw then.
        property.getValues();
        by.set(name, [...(by.get(name) ?? []), property]);
      } catch {
        isBad = true;
      }
    }
  }
  return { by, emails, isBad };
}

function eventIn({ lines }: RawComponent, clocks: Clocks, told: Told[]): CalendarEvent | null {
  const { by, emails, isBad } = propertiesOf(lines);
  const first = (name: string) => by.get(name)?.[0] ?? null;
  const wordsOf = (name: string, most: number) =>
    String(first(name)?.getFirstValue() ?? '')
      .trim()
      .slice(0, most);
  const summary = wordsOf('summary', 200) || null;
  const uid = wordsOf('uid', 1000);
  const tell = (why: Trouble): null => {
    told.push({ why, uid: uid || null, summary });
    return null;
  };
  if (isBad) tell('bad-line');
  if ((by.get('dtstart')?.length ?? 0) > 1) return tell('two-starts');
  const read = momentsIn(by, clocks);
  const [start] = read.of('dtstart');
  if (!start) return tell('no-start');
  const duration = first('duration')?.getFirstValue() ?? null;
  const length = lengthOf(start, read.of('dtend')[0] ?? null, duration, by.has('dtend') || by.has('duration'));
  if (length === null) return tell('bad-end');
  const rules = (by.get('rrule') ?? []).flatMap((property): ICAL.Recur[] => {
    const rule = property.getFirstValue() as unknown;
    return rule instanceof ICAL.Recur && rule.freq ? [rule] : (tell('bad-rule') ?? []);
  });
  const [instead = null] = read.of('recurrence-id');
  if (first('recurrence-id')?.getFirstParameter('range') !== undefined) tell('this-and-future');
  const event: CalendarEvent = {
    // Without an id of its own it is told by what it says: the same again is the same.
    ...{ uid: uid || `without-uid ${start.wall} ${length} ${summary ?? ''}`, summary, start, length, rules, instead },
    cancelled: wordsOf('status', 20).toUpperCase() === 'CANCELLED',
    sequence: Number.parseInt(wordsOf('sequence', 10), 10) || 0,
    ...{ emails: [...emails], added: read.of('rdate'), left: read.of('exdate') },
  };
  if (read.hasUnknownZone()) tell('unknown-zone');
  return event;
}

/** Times of an event by the property that holds them; those of a zone that nobody knows are read where the person is. */
function momentsIn(by: Properties['by'], clocks: Clocks) {
  let isUnknown = false;
  const momentIn = (value: unknown, tzid: string): Moment[] => {
    const moment = momentOf(value, tzid, clocks);
    if (moment !== 'unknown-zone') return moment ? [moment] : [];
    isUnknown = true;
    return momentIn(value, '');
  };
  return {
    of: (name: string): Moment[] =>
      (by.get(name) ?? []).flatMap((property) =>
        property.getValues().flatMap((value: unknown) => momentIn(value, String(property.getFirstParameter('tzid') ?? ''))),
      ),
    hasUnknownZone: () => isUnknown,
  };
}

/** Null for what is no time; a zone that nobody knows is told by its word. */
function momentOf(value: unknown, tzid: string, clocks: Clocks): Moment | 'unknown-zone' | null {
  const time = value instanceof ICAL.Period ? value.start : value;
  if (!(time instanceof ICAL.Time) || time.isDate === undefined) return null;
  const { year, month, day: date, hour, minute, second, isDate } = time;
  if (!(year > 1800 && year < 2400)) return null;
  const wall = Date.UTC(year, month - 1, date, isDate ? 0 : hour, isDate ? 0 : minute, isDate ? 0 : second);
  if (!Number.isFinite(wall)) return null;
  if (isDate) return { wall, clock: { is: 'days' } };
  if (time.zone === ICAL.Timezone.utcTimezone) return { wall, clock: utc };
  if (tzid === '') return { wall, clock: { is: 'anywhere' } };
  const clock = clocks(tzid);
  return clock ? { wall, clock } : 'unknown-zone';
}

const utc: Clock = { is: 'zone', instantOf: (wall) => wall };

function lengthOf(start: Moment, end: Moment | null, duration: unknown, isSaid: boolean): number | null {
  const isDays = start.clock.is === 'days';
  if (end) {
    // An end in another form than the start counts by its own clock.
    const length =
      isDays || end.clock.is !== 'zone' || start.clock.is !== 'zone'
        ? end.wall - start.wall
        : end.clock.instantOf(end.wall) - start.clock.instantOf(start.wall);
    if (length < 0) return null;
    // Some programs end a day on itself.
    return isDays ? Math.max(day, Math.ceil(length / day) * day) : length;
  }
  if (duration instanceof ICAL.Duration) {
    const length = duration.toSeconds() * 1000;
    return length < 0 ? null : isDays ? Math.max(day, Math.ceil(length / day) * day) : length;
  }
  if (isSaid) return null;
  return isDays ? day : 0;
}

type Clocks = (tzid: string) => Clock | null;

/** Clocks by TZID: the world's own where it knows the name, else as the calendar describes them, else by where it says that they are. */
function clocksOf(zones: readonly RawComponent[]): Clocks {
  const known = new Map<string, Clock | null>();
  const described = new Map<string, RawComponent>();
  for (const zone of zones) {
    const id = zone.lines.map((line) => /^TZID[^:]*:(.{1,200})$/i.exec(line)?.[1]).find(Boolean);
    if (id) described.set(id.trim(), zone);
  }
  const make = (tzid: string): Clock | null => {
    const named = zoneNamed(tzid);
    if (named) return { is: 'zone', instantOf: (wall) => instantIn(named, wall) };
    const zone = described.get(tzid.trim());
    if (!zone) return null;
    const located = zone.lines.map((line) => /^X-LIC-LOCATION:(.{1,200})$/i.exec(line)?.[1]).find(Boolean);
    const place = located ? zoneNamed(located) : null;
    return place ? { is: 'zone', instantOf: (wall) => instantIn(place, wall) } : clockOf(zone, tzid);
  };
  return (tzid) => {
    const found = known.get(tzid);
    if (found !== undefined) return found;
    const made = make(tzid);
    known.set(tzid, made);
    return made;
  };
}

/** Clocks as a calendar describes them; null where the description is none. */
function clockOf({ lines }: RawComponent, tzid: string): Clock | null {
  try {
    const component = ICAL.Component.fromString(lines.join('\r\n'));
    const zone = new ICAL.Timezone({ component, tzid });
    const instantOf = (wall: Wall): number => {
      const at = new Date(wall);
      const time = new ICAL.Time(
        {
          ...{ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() },
          ...{ hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds(), isDate: false },
        },
        zone,
      );
      return wall - zone.utcOffset(time) * 1000;
    };
    instantOf(Date.UTC(2026, 0, 1));
    return { is: 'zone', instantOf };
  } catch {
    return null;
  }
}
