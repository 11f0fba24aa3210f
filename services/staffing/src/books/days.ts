import { type Day, dayOf, mondayOf, openFrom, openTo, type Span, type Week, weekOfDay } from '@sidekick/calendar';
import type { Person, TimeOff } from '@sidekick/contracts';

/** Weeks of a block; a half year of figures touches one or two. */
const BLOCK = 32;
/** Blocks kept a person; questions further apart than that start afresh. */
const MOST_BLOCKS = 64;
/** Below this, hours are none (reading A27). */
export const TINY = 1e-9;

/** Hours of a person for each day of a block of weeks. */
interface Block {
  readonly first: Day;
  readonly last: Day;
  /** The weekly pattern, contract ignored; days before the first pattern carry the first (A1, A2). */
  readonly pattern: Float64Array;
  /** Pattern inside the contract, 0 before the first pattern. */
  readonly gross: Float64Array;
  /** Gross less holidays. */
  readonly open: Float64Array;
  /** Gross less holidays and approved time off (A4). */
  readonly net: Float64Array;
  /** Gross and net ÷ the pattern's hours of that week; 0 where the week has none (A3): × hoursPerWeek gives planned and effective. */
  readonly planned: Float64Array;
  readonly effective: Float64Array;
  /** Effective hours up to and with each day of the block, each faded to that day: made when knowledge is first asked for. */
  faded: Float64Array | null;
}
export type Hours = 'pattern' | 'gross' | 'open' | 'net' | 'planned' | 'effective';

/** Portion of a day that is holiday, by day; two on one date count as the larger (A4). */
export type Holidays = ReadonlyMap<Day, number>;

/** Where a person's days come from, and the days computed so far. */
export interface PersonDays {
  readonly person: Person;
  /** Approved time off of the person, by id. */
  readonly timeOff: readonly TimeOff[];
  readonly holidays: Holidays;
  readonly contract: Span;
  /** The first day on which the person can have hours. */
  readonly start: Day;
  readonly patterns: readonly { readonly from: Day; readonly hours: readonly number[] }[];
  readonly blocks: Map<number, Block>;
}

export const personDays = (person: Person, timeOff: readonly TimeOff[], holidays: Holidays): PersonDays => {
  const contract = { from: openFrom(person.contract.from), to: openTo(person.contract.to) };
  const patterns = person.patterns.map(({ from, hours }) => ({ from: dayOf(from), hours })).sort((a, b) => a.from - b.from);
  const start = Math.max(contract.from, patterns[0]?.from ?? Number.POSITIVE_INFINITY);
  return { person, timeOff, holidays, contract, start, patterns, blocks: new Map() };
};

const fillPattern = ({ patterns, contract, start }: PersonDays, { first, pattern, gross }: Block) => {
  if (patterns.length === 0) return;
  let at = 0;
  for (let index = 0; index < pattern.length; index++) {
    const day = first + index;
    while ((patterns[at + 1]?.from ?? Number.POSITIVE_INFINITY) <= day) at++;
    const hours = patterns[at]?.hours[index % 7] ?? 0;
    pattern[index] = hours;
    gross[index] = day >= start && day <= contract.to ? hours : 0;
  }
};

const fillNet = ({ timeOff, holidays }: PersonDays, { first, last, gross, open, net }: Block) => {
  for (let index = 0; index < gross.length; index++) {
    const hours = gross[index] ?? 0;
    const left = hours === 0 ? 0 : hours - hours * (holidays.get(first + index) ?? 0);
    open[index] = left > TINY ? left : 0;
    net[index] = left;
  }
  for (const { from, to, amount } of timeOff) {
    const end = Math.min(dayOf(to), last) - first;
    for (let index = Math.max(dayOf(from), first) - first; index <= end; index++) {
      net[index] = (net[index] ?? 0) - ('hours' in amount ? amount.hours : (gross[index] ?? 0) * amount.portion);
    }
  }
  for (let index = 0; index < net.length; index++) if ((net[index] ?? 0) <= TINY) net[index] = 0;
};

const fillShares = ({ pattern, gross, net, planned, effective }: Block) => {
  for (let monday = 0; monday < pattern.length; monday += 7) {
    let week = 0;
    for (let index = monday; index < monday + 7; index++) week += pattern[index] ?? 0;
    if (week <= TINY) continue;
    for (let index = monday; index < monday + 7; index++) {
      planned[index] = (gross[index] ?? 0) / week;
      effective[index] = (net[index] ?? 0) / week;
    }
  }
};

const blockAt = (days: PersonDays, day: Day): Block => {
  const number = Math.floor(weekOfDay(day) / BLOCK);
  const known = days.blocks.get(number);
  if (known) return known;
  const first = mondayOf(number * BLOCK);
  const row = () => new Float64Array(BLOCK * 7);
  const block = {
    first,
    last: first + BLOCK * 7 - 1,
    pattern: row(),
    gross: row(),
    open: row(),
    net: row(),
    planned: row(),
    effective: row(),
    faded: null,
  };
  fillPattern(days, block);
  fillNet(days, block);
  fillShares(block);
  if (days.blocks.size >= MOST_BLOCKS) days.blocks.clear();
  days.blocks.set(number, block);
  return block;
};

export const hoursOn = (days: PersonDays, what: Hours, day: Day): number => {
  const block = blockAt(days, day);
  return block[what][day - block.first] ?? 0;
};

/** Σ over the days of the span; 0 for an empty one. The span has to be finite. */
export const hoursIn = (days: PersonDays, what: Hours, { from, to }: Span): number => {
  let total = 0;
  for (let day = from; day <= to; ) {
    const block = blockAt(days, day);
    const hours = block[what];
    const end = Math.min(to, block.last) - block.first;
    for (let index = day - block.first; index <= end; index++) total += hours[index] ?? 0;
    day = block.first + end + 1;
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
    block.faded ??= fadedRow(block.effective, fade);
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
  return hours.map((one) => {
    total = total * fade + one;
    return total;
  });
};

/** Hours of the pattern in a week, contract ignored: the divisor of planned (A1). */
export const patternOfWeek = (days: PersonDays, week: Week): number =>
  hoursIn(days, 'pattern', { from: mondayOf(week), to: mondayOf(week) + 6 });
