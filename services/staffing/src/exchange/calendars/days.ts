import { type Day, isoDay, workingDay } from '@sidekick/calendar';
import type { TimeOff } from '@sidekick/contracts';
import type { Occurrence } from './occurrences.ts';
import { wallIn } from './zones.ts';

/** Leave that an occurrence comes to: the same of each of its days. */
export interface Piece {
  readonly from: string;
  readonly to: string;
  readonly amount: TimeOff['amount'];
}

/** Whose days they are. */
export interface Whose {
  readonly zone: string;
  /** Hours of the weekly pattern on a day, 0 outside the contract. */
  hoursOn(day: Day): number;
}

const msPerDay = 86_400_000;
const msPerHour = 3_600_000;
/** Leave spans at most two years. */
const mostDays = 730;

/**
 * The days that an occurrence takes, in the zone of the person; of days on which it takes hours alone, which part of the pattern. A
 * pattern knows hours and no clock: they are taken to begin at 9, as everywhere (`workingDay`). Nothing where it meets no hour of work.
 */
export function piecesOf(occurrence: Occurrence, whose: Whose): readonly Piece[] | 'no-hours' | 'too-long' {
  const { is } = occurrence;
  const wall = (at: number) => (is === 'instant' ? wallIn(whose.zone, at) : at);
  const [start, end] = [wall(occurrence.start), wall(occurrence.end)];
  const [first, last] = [Math.floor(start / msPerDay), Math.ceil(end / msPerDay) - 1];
  if (last - first >= mostDays) return 'too-long';
  const runs: { from: Day; to: Day; portion: number }[] = [];
  for (let day = first; day <= last; day++) {
    const hours = whose.hoursOn(day);
    if (hours <= 0) continue;
    const portion = is === 'days' ? 1 : portionOf(start, end, day, hours);
    if (portion === 0) continue;
    const run = runs.at(-1);
    // Days without work between two parts of one run are of it too.
    if (run && run.portion === portion && isFree(run.to + 1, day - 1, whose)) run.to = day;
    else runs.push({ from: day, to: day, portion });
  }
  if (runs.length === 0) return 'no-hours';
  // Of whole days the weekend stays where the calendar has it.
  if (is === 'days') return [{ from: isoDay(first), to: isoDay(last), amount: { portion: 1 } }];
  return runs.map(({ from, to, portion }) => ({ from: isoDay(from), to: isoDay(to), amount: { portion } }));
}

function portionOf(start: number, end: number, day: Day, hours: number): number {
  const begin = day * msPerDay + Math.min(workingDay.from, 24 - hours) * msPerHour;
  const taken = Math.min(end, begin + hours * msPerHour) - Math.max(start, begin);
  return taken <= 0 ? 0 : Math.min(1, Math.round((taken / msPerHour / hours) * 10_000) / 10_000);
}

function isFree(from: Day, to: Day, { hoursOn }: Whose): boolean {
  for (let day = from; day <= to; day++) if (hoursOn(day) > 0) return false;
  return true;
}
