import { type Day, dayOf, openTo, type Span, weekdayOf, weekOfDay, weekSpan } from '@sidekick/calendar';
import type { Person, SheetGrid } from '@sidekick/contracts';
import type { TracedReading } from '../traced.ts';

/** The days that a sheet speaks of, in order and apart: a weekend between two days of a sheet by days is one of them. */
export function windowsOf({ reading, by, grid }: Pick<TracedReading, 'reading' | 'by' | 'grid'>): Span[] {
  const spans = by === null ? listSpan(reading) : headSpans(grid, by);
  const windows: Span[] = [];
  for (const span of spans) {
    const last = windows.at(-1);
    if (last && isNext(last.to, span.from, by)) windows[windows.length - 1] = { from: last.from, to: span.to };
    else windows.push(span);
  }
  return windows;
}

const headSpans = ({ heads }: SheetGrid, by: 'week' | 'day'): Span[] =>
  heads.map(({ day }) => ({ from: dayOf(day), to: dayOf(day) + (by === 'week' ? 6 : 0) }));

/** From the first day of a list to its last. */
function listSpan({ assignments, timeOff }: TracedReading['reading']): Span[] {
  const all = [...assignments, ...timeOff];
  if (all.length === 0) return [];
  const from = all.reduce((first, one) => Math.min(first, dayOf(one.from)), Number.POSITIVE_INFINITY);
  return [{ from, to: all.reduce((last, one) => Math.max(last, openTo(one.to)), from) }];
}

function isNext(last: Day, from: Day, by: 'week' | 'day' | null): boolean {
  if (from === last + 1) return true;
  return by === 'day' && from - last <= 3 && weekdayOf(from) === 0 && weekdayOf(last) >= 4;
}

type Patterned = Pick<Person, 'patterns'>;

/** Hours of Monday to Sunday in force on a day; before the first pattern, those of the first. */
export function hoursOf({ patterns }: Patterned, day: Day): readonly number[] {
  let found = patterns[0];
  for (const pattern of patterns)
    if (dayOf(pattern.from) <= day && dayOf(pattern.from) >= dayOf(found?.from ?? pattern.from)) found = pattern;
  return found?.hours ?? usual;
}
const usual = [8, 8, 8, 8, 8, 0, 0];

/** The part of a week's work that falls into days of that week, by the person's pattern: Monday to Friday alike for who has no hours. */
export function shareOf(person: Patterned | undefined, { from, to }: Span): number {
  const week = weekSpan(weekOfDay(from));
  const hours = person ? hoursOf(person, week.from) : usual;
  const all = hours.reduce((sum, one) => sum + one, 0);
  const weights = all > 0 ? hours : usual;
  let part = 0;
  for (let day = from; day <= to; day++) part += weights[weekdayOf(day)] ?? 0;
  return part / (all > 0 ? all : 40);
}
