import { type Day, isoDay, weekdayOf } from '@sidekick/calendar';
import type { SheetReading } from '@sidekick/contracts';
import type { Place } from '../cells/sheet.ts';
import type { SheetRole } from '../entries/words.ts';
import type { Names } from './names.ts';

type Records = Pick<SheetReading, 'assignments' | 'timeOff'>;
export interface WorkOf {
  readonly person: string;
  readonly project: string;
  readonly role: SheetRole;
  readonly isTentative: boolean;
}
export type LeaveOf = Pick<WorkOf, 'person' | 'isTentative'>;

/** What was understood of weeks or days, added up (S18, S20) and told as runs (S21, S22). People and projects by their keys. */
export interface Book {
  work(what: WorkOf, day: Day, hoursPerWeek: number, at: Place): void;
  leave(what: LeaveOf, day: Day, portion: number, at: Place): void;
  /** Notes in `origins` where each record begins in the sheet. */
  records(origins: Origins): Records;
}

/** The cell that a record of a reading was read from: the first, where it was read from several. */
export type Origins = Map<object, Place>;

interface Line<W> {
  readonly what: W;
  readonly byDay: Map<Day, number>;
  /** The first cell of each day. */
  readonly places: Map<Day, Place>;
}

/** Half is rounded up, of the number as its decimals read. */
export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(Number((value * scale).toPrecision(12))) / scale;
}

export function bookOf(by: 'week' | 'day', people: Names, projects: Names): Book {
  const works = new Map<string, Line<WorkOf>>();
  const leaves = new Map<string, Line<LeaveOf>>();
  const person = (key: string) => people.all.get(key) ?? key;
  return {
    work: (what, day, hours, at) => add(works, what, day, hours, at),
    leave: (what, day, portion, at) => add(leaves, what, day, portion, at),
    records: (origins) => ({
      assignments: [...works.values()].flatMap(({ what, byDay, places }) =>
        runsOf(byDay, by, (hours) => rounded(hours, 2)).map(({ value, first, ...days }) =>
          begun(origins, places.get(first), {
            ...{ person: person(what.person), project: projects.all.get(what.project) ?? what.project, role: what.role },
            ...{ ...days, hoursPerWeek: value, state: what.isTentative ? ('tentative' as const) : ('confirmed' as const) },
          }),
        ),
      ),
      timeOff: [...leaves.values()].flatMap(({ what, byDay, places }) =>
        runsOf(byDay, by, (portion) => rounded(Math.min(1, portion), 4)).map(({ value, first, ...days }) =>
          begun(origins, places.get(first), {
            ...{ person: person(what.person), ...days, portion: value },
            state: what.isTentative ? ('requested' as const) : ('approved' as const),
          }),
        ),
      ),
    }),
  };
}

function begun<R extends object>(origins: Origins, at: Place | undefined, record: R): R {
  if (at) origins.set(record, at);
  return record;
}

function add<W>(lines: Map<string, Line<W>>, what: W, day: Day, value: number, at: Place): void {
  const key = JSON.stringify(what);
  const line = lines.get(key) ?? { what, byDay: new Map<Day, number>(), places: new Map<Day, Place>() };
  lines.set(key, line);
  line.byDay.set(day, (line.byDay.get(day) ?? 0) + value);
  if (!line.places.has(day)) line.places.set(day, at);
}

interface Run {
  first: Day;
  from: string;
  to: string;
  value: number;
}

/** Equal values that follow each other. A Saturday or Sunday without one parts no days; a week without one parts weeks. */
function runsOf(byDay: ReadonlyMap<Day, number>, by: 'week' | 'day', round: (value: number) => number): Run[] {
  const runs: { from: Day; last: Day; value: number }[] = [];
  for (const [day, exact] of [...byDay].sort(([a], [b]) => a - b)) {
    const value = round(exact);
    const run = runs.at(-1);
    if (run?.value === value && (by === 'week' ? day - run.last === 7 : isNextDay(run.last, day))) run.last = day;
    else runs.push({ from: day, last: day, value });
  }
  return runs.map(({ from, last, value }) => ({ first: from, from: isoDay(from), to: isoDay(by === 'week' ? last + 6 : last), value }));
}

function isNextDay(last: Day, day: Day): boolean {
  if (day - last > 3) return false;
  for (let between = last + 1; between < day; between++) if (weekdayOf(between) < 5) return false;
  return true;
}
