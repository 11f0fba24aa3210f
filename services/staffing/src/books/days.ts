import { type Day, dayOf, openFrom, openTo, type Span, type Week, weekdayOf, weekOfDay, weekSpan } from '@sidekick/calendar';
import type { Person, TimeOff } from '@sidekick/contracts';
import { type Block, blockOf, blockWeeks, dayRows, epsilon, type Holidays, type Sources, weekRows } from './block.ts';

export { epsilon, type Holidays } from './block.ts';

/** Blocks kept a person; questions further apart than that start afresh. */
const mostBlocks = 64;

type DayHours = keyof typeof dayRows;
/** By day: gross, open and net; of spans also the pattern, and planned and effective hours of one hour a week. */
export type Hours = keyof typeof weekRows;

/** Where a person's days come from, and the days computed so far. */
export interface PersonDays extends Sources {
  readonly person: Person;
  /** Approved time off of the person, by id. */
  readonly timeOff: readonly TimeOff[];
  readonly blocks: Map<number, Block>;
  /** The block that was asked for last: most questions go on where the one before ended. */
  recent: Block | null;
}

export const personDays = (person: Person, timeOff: readonly TimeOff[], holidays: Holidays): PersonDays => {
  const contract = { from: openFrom(person.contract.from), to: openTo(person.contract.to) };
  const patterns = person.patterns.map(({ from, hours }) => ({ from: dayOf(from), hours })).sort((a, b) => a.from - b.from);
  const start = Math.max(contract.from, patterns[0]?.from ?? Number.POSITIVE_INFINITY);
  const away = timeOff.map(({ from, to, amount }) => ({
    from: dayOf(from),
    to: dayOf(to),
    portion: 'hours' in amount ? 0 : amount.portion,
    hours: 'hours' in amount ? amount.hours : 0,
  }));
  return { person, timeOff, holidays, contract, start, patterns, away, blocks: new Map(), recent: null };
};

const blockAt = (days: PersonDays, day: Day): Block => {
  const { recent } = days;
  return recent !== null && day >= recent.first && day <= recent.last ? recent : otherBlock(days, day);
};

const otherBlock = (days: PersonDays, day: Day): Block => {
  const number = Math.floor(weekOfDay(day) / blockWeeks);
  let block = days.blocks.get(number);
  if (!block) {
    block = blockOf(days, number);
    if (days.blocks.size >= mostBlocks) days.blocks.clear();
    days.blocks.set(number, block);
  }
  days.recent = block;
  return block;
};

/** By comparison: a look-up by name costs more than what it finds. */
const weekRowOf = (what: Hours): number => {
  if (what === 'effective') return weekRows.effective;
  if (what === 'net') return weekRows.net;
  if (what === 'open') return weekRows.open;
  if (what === 'gross') return weekRows.gross;
  return what === 'planned' ? weekRows.planned : weekRows.pattern;
};

export const hoursOn = (days: PersonDays, what: DayHours, day: Day): number => {
  const block = blockAt(days, day);
  return block.hours[dayRows[what] + day - block.first] ?? 0;
};

/** Σ over the days of the span; 0 for an empty one. The span has to be finite. */
export const hoursIn = (days: PersonDays, what: Hours, { from, to }: Span): number => hoursBetween(days, what, from, to);

/** The same of both days and all between them. Most ask for a whole week: what that takes is short, and compiled early. */
export const hoursBetween = (days: PersonDays, what: Hours, from: Day, to: Day): number =>
  to - from === 6 && weekdayOf(from) === 0 ? hoursOfWeek(days, what, from) : hoursOfDays(days, what, from, to);

const hoursOfWeek = (days: PersonDays, what: Hours, monday: Day): number => {
  const { hours, first } = blockAt(days, monday);
  return hours[weekRowOf(what) + (monday - first) / 7] ?? 0;
};

const hoursOfDays = (days: PersonDays, what: Hours, from: Day, to: Day): number => {
  if (what === 'pattern') return patternBetween(days, from, to);
  const shares = what === 'planned' || what === 'effective';
  const row = dayRows[what === 'planned' ? 'gross' : what === 'effective' ? 'net' : what];
  let total = 0;
  for (let day = from; day <= to; ) {
    const { first, last, hours } = blockAt(days, day);
    const end = Math.min(to, last) - first;
    for (let index = day - first; index <= end; index++) {
      const own = hours[row + index] ?? 0;
      total += shares ? shareOf(own, hours[weekRows.pattern + Math.floor(index / 7)] ?? 0) : own;
    }
    day = first + end + 1;
  }
  return total;
};

const shareOf = (hours: number, pattern: number): number => (pattern > epsilon ? hours / pattern : 0);

const patternBetween = ({ patterns }: PersonDays, from: Day, to: Day): number => {
  let total = 0;
  for (let day = from; day <= to; day++) {
    const own = patterns.findLast((one) => one.from <= day) ?? patterns[0];
    total += own?.hours[weekdayOf(day)] ?? 0;
  }
  return total;
};

/**
 * Σ effective hours of the span, each × fade^(days to its end); fade is a constant of the caller. Costs what blocks the span has, not
 * days: work of many years is asked for again and again.
 */
export const fadedIn = (days: PersonDays, { from, to }: Span, fade: number): number => {
  let total = 0;
  for (let day = from; day <= to; ) {
    const block = blockAt(days, day);
    block.faded ??= fadedRow(block.hours, fade);
    const { faded } = block;
    const [start, end] = [day - block.first, Math.min(to, block.last) - block.first];
    const before = start === 0 ? 0 : (faded[start - 1] ?? 0) * fade ** (end - start + 1);
    total = total * fade ** (end - start + 1) + (faded[end] ?? 0) - before;
    day = block.first + end + 1;
  }
  return Math.max(0, total);
};

/** By Horner's rule: one multiplication a day instead of a power. */
const fadedRow = (hours: Float64Array, fade: number): Float64Array => {
  let total = 0;
  return Float64Array.from({ length: blockWeeks * 7 }, (_, index) => {
    const effective = shareOf(hours[dayRows.net + index] ?? 0, hours[weekRows.pattern + Math.floor(index / 7)] ?? 0);
    total = total * fade + effective;
    return total;
  });
};

/** Hours of the pattern in a week, contract ignored: the divisor of planned (A1). */
export const patternOfWeek = (days: PersonDays, week: Week): number => hoursIn(days, 'pattern', weekSpan(week));
