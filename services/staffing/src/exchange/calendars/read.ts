import { dayOf } from '@sidekick/calendar';
import { largestCalendar } from '@sidekick/contracts';
import { type Told as EventTold, eventsIn } from './events.ts';
import { calendarIn, textOf } from './lines.ts';
import { type Occurrence, occurrencesOf, type Told as RepeatTold } from './occurrences.ts';
import { CalendarRefused } from './refused.ts';

export interface CalendarFile {
  readonly bytes: Uint8Array;
  /** ISO days: what ends before `from` is past. */
  readonly from: string;
  readonly today: string;
}

export interface CalendarReading {
  /** As it calls itself. */
  readonly name: string | null;
  readonly occurrences: readonly Occurrence[];
  readonly told: readonly (EventTold | RepeatTold)[];
}

const msPerDay = 86_400_000;
/** Repeats are followed for two years: no rule that ends nowhere fills the leave of a life. */
const repeatDays = 731;
const mostEvents = 20_000;

/** What takes place in a calendar, from a day on. Throws CalendarRefused. */
export function readCalendar({ bytes, from, today }: CalendarFile): CalendarReading {
  if (bytes.length > largestCalendar) throw new CalendarRefused('too-big');
  const raw = calendarIn(textOf(bytes));
  if (raw.events.length > mostEvents) throw new CalendarRefused('too-many-events');
  const { events, told } = eventsIn(raw);
  // A day of leeway: in whose zone a day begins is known later.
  const window = { from: (dayOf(from) - 1) * msPerDay, repeatsTo: (dayOf(today) + repeatDays) * msPerDay };
  const taking = occurrencesOf(events, window);
  return { name: nameIn(raw.lines), occurrences: taking.occurrences, told: [...told, ...taking.told] };
}

function nameIn(lines: readonly string[]): string | null {
  const said = lines.map((line) => /^(?:X-WR-CALNAME|NAME)(?:;[^:]{0,200})?:(.{1,200})/i.exec(line)?.[1]).find(Boolean);
  return said?.replaceAll(/\\(.)/g, '$1').trim() || null;
}
