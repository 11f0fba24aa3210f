import ICAL from 'ical.js';
import type { CalendarEvent, Moment } from './events.ts';
import { CalendarRefused } from './refused.ts';
import type { Wall } from './zones.ts';

/** When an event takes place once. */
export interface Occurrence {
  readonly uid: string;
  /** Which of several; null for an event that is there once. */
  readonly which: string | null;
  readonly summary: string | null;
  readonly emails: readonly string[];
  /** `instant`: UTC milliseconds. `wall`: as clocks show it where the person is. `days`: midnights, the end is the first day after. */
  readonly is: 'instant' | 'wall' | 'days';
  readonly start: number;
  readonly end: number;
}

export interface Window {
  /** What ended before is past; milliseconds, at the start of a day. */
  readonly from: number;
  /** Repeats are followed so far. */
  readonly repeatsTo: number;
}

export interface Told {
  readonly why: 'many-repeats' | 'long-repeats' | 'past' | 'cancelled' | 'bad-rule';
  readonly uid: string;
  readonly summary: string | null;
}

/** Steps that the rules of one event may take, and occurrences that all may have. */
const mostSteps = 20_000;
const mostOfAll = 5_000;
const day = 86_400_000;

/** Every time that something takes place in the window. Throws CalendarRefused `too-many-events`. */
export function occurrencesOf(events: readonly CalendarEvent[], window: Window): { occurrences: Occurrence[]; told: Told[] } {
  const told: Told[] = [];
  const occurrences: Occurrence[] = [];
  const byUid = new Map<string, CalendarEvent[]>();
  for (const event of events) {
    const same = byUid.get(event.uid);
    if (same) same.push(event);
    else byUid.set(event.uid, [event]);
  }
  for (const same of byUid.values()) {
    for (const one of takingPlace(same, window, told)) occurrences.push(one);
    if (occurrences.length > mostOfAll) throw new CalendarRefused('too-many-events');
  }
  return { occurrences, told };
}

/** All of one UID: the event, less what is left out or moved, and what stands instead. Of two that are the same the newest counts. */
function takingPlace(same: readonly CalendarEvent[], window: Window, told: Told[]): Occurrence[] {
  const event = newest(same.filter(({ instead }) => instead === null));
  const instead = new Map<string, CalendarEvent>();
  for (const one of same) {
    if (one.instead === null) continue;
    const key = keyOf(one.instead);
    const known = instead.get(key);
    instead.set(key, known ? (newest([known, one]) as CalendarEvent) : one);
  }
  const repeats = event !== null && (event.rules.length > 0 || event.added.length > 0);
  const found: Occurrence[] = [];
  const { uid, summary } = event ?? (same[0] as CalendarEvent);
  let past = false;
  const add = (one: CalendarEvent, start: Moment, which: string | null) => {
    const made = occurrenceOf(one, start, which);
    if (made.end <= window.from && !(made.start === made.end && made.start >= window.from)) past = true;
    else found.push(made);
  };
  if (event?.cancelled) told.push({ why: 'cancelled', uid, summary });
  else if (event) {
    for (const start of startsOf(event, window, told)) {
      const key = keyOf(start);
      if (!instead.has(key)) add(event, start, repeats ? key : null);
    }
  }
  for (const [key, one] of instead) {
    if (one.cancelled || (event?.cancelled ?? false)) continue;
    add(one, one.start, key);
  }
  if (past && found.length === 0) told.push({ why: 'past', uid, summary });
  return found;
}

const newest = (all: readonly CalendarEvent[]): CalendarEvent | null =>
  all.reduce<CalendarEvent | null>((best, one) => (best === null || one.sequence >= best.sequence ? one : best), null);

/** A point of time by which exceptions find it: the instant where there is one. */
function keyOf({ wall, clock }: Moment): string {
  if (clock.is === 'zone') return new Date(clock.instantOf(wall)).toISOString();
  const words = new Date(wall).toISOString();
  return clock.is === 'days' ? words.slice(0, 10) : words.slice(0, -1);
}

function occurrenceOf({ uid, summary, emails, length }: CalendarEvent, { wall, clock }: Moment, which: string | null): Occurrence {
  const start = clock.is === 'zone' ? clock.instantOf(wall) : wall;
  return {
    uid,
    which,
    summary,
    emails,
    is: clock.is === 'zone' ? 'instant' : clock.is === 'days' ? 'days' : 'wall',
    start,
    end: start + length,
  };
}

/** When an event begins, each time once; none that ends before the window but the last of them. */
function startsOf(event: CalendarEvent, window: Window, told: Told[]): Moment[] {
  const { start, rules, added, left, uid, summary, length } = event;
  if (rules.length === 0 && added.length === 0) return [start];
  const out = new Set(left.map(keyOf));
  // A day that is left out leaves out all that begins on it.
  const outDays = new Set(left.filter(({ clock }) => clock.is === 'days').map(({ wall }) => wall));
  const walls = new Set<Wall>([start.wall]);
  let steps = 0;
  for (const rule of rules) {
    try {
      const { rule: endless, isOver } = endOf(rule, start);
      const iterator = endless.iterator(timeOf(start));
      for (let next = iterator.next(); next; next = iterator.next()) {
        const wall = wallOf(next);
        if (isOver(wall)) break;
        if (wall > window.repeatsTo) {
          // A rule without an end is followed for a while; who needs more brings the calendar in again.
          if (rule.isFinite()) told.push({ why: 'long-repeats', uid, summary });
          break;
        }
        steps += 1;
        if (steps > mostSteps) {
          told.push({ why: 'many-repeats', uid, summary });
          break;
        }
        if (wall + length + day > window.from) walls.add(wall);
      }
    } catch {
      told.push({ why: 'bad-rule', uid, summary });
    }
  }
  const moments = [...[...walls].map((wall) => ({ wall, clock: start.clock })), ...added];
  const kept = new Map<string, Moment>();
  for (const moment of moments) {
    const key = keyOf(moment);
    if (!out.has(key) && !outDays.has(Math.floor(moment.wall / day) * day) && moment.wall <= window.repeatsTo) kept.set(key, moment);
  }
  return [...kept.values()].sort((a, b) => a.wall - b.wall);
}

/** The last day of a rule is an instant in a calendar with zones: the library compares it with clocks, and would be hours off. */
function endOf(rule: ICAL.Recur, { clock }: Moment): { rule: ICAL.Recur; isOver: (wall: Wall) => boolean } {
  const { until } = rule;
  if (!until) return { rule, isOver: () => false };
  const endless = rule.clone();
  (endless as { until: ICAL.Time | null }).until = null;
  const last = wallOf(until) + (until.isDate && clock.is !== 'days' ? day - 1 : 0);
  const isInstant = clock.is === 'zone' && until.zone === ICAL.Timezone.utcTimezone;
  return { rule: endless, isOver: isInstant ? (wall) => clock.instantOf(wall) > last : (wall) => wall > last };
}

/** The zone stays out of it: rules are followed by the clock. */
function timeOf({ wall, clock }: Moment): ICAL.Time {
  const at = new Date(wall);
  return ICAL.Time.fromData({
    ...{ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), isDate: clock.is === 'days' },
    ...{ hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() },
  });
}

const wallOf = ({ year, month, day: date, hour, minute, second, isDate }: ICAL.Time): Wall =>
  Date.UTC(year, month - 1, date, isDate ? 0 : hour, isDate ? 0 : minute, isDate ? 0 : second);
