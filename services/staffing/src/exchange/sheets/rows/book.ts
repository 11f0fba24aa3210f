import { type Day, isoDay, weekdayOf } from '@sidekick/calendar';
import type { SheetReading } from '@sidekick/contracts';
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
  work(what: WorkOf, day: Day, hoursPerWeek: number): void;
  leave(what: LeaveOf, day: Day, portion: number): void;
  records(): Records;
}

interface Line<W> {
  readonly what: W;
  readonly byDay: Map<Day, number>;
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
    work: (what, day, hours) => add(works, what, day, hours),
    leave: (what, day, portion) => add(leaves, what, day, portion),
    records: () => ({
      assignments: [...works.values()].flatMap(({ what, byDay }) =>
        runsOf(byDay, by, (hours) => rounded(hours, 2)).map(({ value, ...days }) => ({
          ...{ person: person(what.person), project: projects.all.get(what.project) ?? what.project, role: what.role },
          ...{ ...days, hoursPerWeek: value, state: what.isTentative ? ('tentative' as const) : ('confirmed' as const) },
        })),
      ),
      timeOff: [...leaves.values()].flatMap(({ what, byDay }) =>
        runsOf(byDay, by, (portion) => rounded(Math.min(1, portion), 4)).map(({ value, ...days }) => ({
          ...{ person: person(what.person), ...days, portion: value },
          state: what.isTentative ? ('requested' as const) : ('approved' as const),
        })),
      ),
    }),
  };
}

function add<W>(lines: Map<string, Line<W>>, what: W, day: Day, value: number): void {
  const key = JSON.stringify(what);
  const line = lines.get(key) ?? { what, byDay: new Map<Day, number>() };
  lines.set(key, line);
  line.byDay.set(day, (line.byDay.get(day) ?? 0) + value);
}

interface Run {
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
  return runs.map(({ from, last, value }) => ({ from: isoDay(from), to: isoDay(by === 'week' ? last + 6 : last), value }));
}

function isNextDay(last: Day, day: Day): boolean {
  if (day - last > 3) return false;
  for (let between = last + 1; between < day; between++) if (weekdayOf(between) < 5) return false;
  return true;
}
