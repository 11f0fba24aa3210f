import { CalendarRefused } from './refused.ts';

/** A component of a calendar: the lines that are its own, unfolded. */
export interface RawComponent {
  readonly name: string;
  readonly lines: readonly string[];
}
export interface RawCalendar {
  /** Lines of the calendars themselves, such as their names. */
  readonly lines: readonly string[];
  readonly events: readonly RawComponent[];
  readonly zones: readonly RawComponent[];
}

const mostLines = 300_000;
/** Characters of a line that is read; of longer ones, such as pictures, nothing here is asked. */
const longestLine = 20_000;
const deepest = 20;

/** Text of a calendar: UTF-8, or else the Western signs of old programs. Throws CalendarRefused. */
export function textOf(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new CalendarRefused('binary');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  if (text.trim() === '') throw new CalendarRefused('empty');
  return text;
}

/** The events and time zones of all calendars of a text, each with its own lines alone. Throws CalendarRefused. */
export function calendarIn(text: string): RawCalendar {
  const own: string[] = [];
  const [events, zones]: [RawComponent[], RawComponent[]] = [[], []];
  const open: { name: string; lines: string[] }[] = [];
  let began = false;
  for (const line of unfolded(text)) {
    const [, mark, name = ''] = /^(BEGIN|END):\s*([\w-]{1,60})\s*$/i.exec(line) ?? [];
    const inside = open.at(-1);
    if (mark?.toUpperCase() === 'BEGIN') {
      if (!began && name.toUpperCase() !== 'VCALENDAR') throw new CalendarRefused('not-a-calendar');
      began = true;
      if (open.length >= deepest) throw new CalendarRefused('not-a-calendar');
      open.push({ name: name.toUpperCase(), lines: [] });
      // A zone is read with all that is in it.
      if (isZone(open)) for (const one of open) if (one.name === 'VTIMEZONE') one.lines.push(line);
    } else if (mark) {
      if (isZone(open)) for (const one of open) if (one.name === 'VTIMEZONE') one.lines.push(line);
      const ended = open.pop();
      // That of the calendar itself may be misspelt: nothing is missing.
      if (!ended || (ended.name !== name.toUpperCase() && ended.name !== 'VCALENDAR'))
        throw new CalendarRefused(began ? 'cut-short' : 'not-a-calendar');
      if (ended.name === 'VEVENT') events.push(ended);
      if (ended.name === 'VTIMEZONE') zones.push(ended);
    } else if (!inside) {
      if (!began) throw new CalendarRefused('not-a-calendar');
    } else if (inside.name === 'VCALENDAR') own.push(line);
    else if (isZone(open))
      for (const one of open) {
        if (one.name === 'VTIMEZONE') one.lines.push(line);
      }
    else inside.lines.push(line);
  }
  if (!began) throw new CalendarRefused('not-a-calendar');
  if (open.length > 0) throw new CalendarRefused('cut-short');
  return { lines: own, events, zones };
}

const isZone = (open: readonly { name: string }[]): boolean => open.some(({ name }) => name === 'VTIMEZONE');

/** Lines as they were before they were folded; blank ones are none, also amid a folded one. Throws CalendarRefused. */
function* unfolded(text: string): Generator<string> {
  let parts: string[] = [];
  let length = 0;
  let count = 0;
  for (const [raw] of text.matchAll(/[^\r\n]+/g)) {
    count += 1;
    if (count > mostLines) throw new CalendarRefused('too-big');
    if (parts.length > 0 && (raw.startsWith(' ') || raw.startsWith('\t'))) {
      if (length < longestLine) parts.push(raw.slice(1));
      length += raw.length;
      continue;
    }
    if (raw.trim() === '' || raw === '\ufeff') continue;
    if (parts.length > 0) yield parts.join('').slice(0, longestLine);
    parts = [raw.startsWith('\ufeff') ? raw.slice(1) : raw];
    length = raw.length;
  }
  if (parts.length > 0) yield parts.join('').slice(0, longestLine);
}
