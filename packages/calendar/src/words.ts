/** Days, weeks and amounts as people read them: on a screen as in the sentences of a service. The words are English for every reader. */
import { type Day, dayOf, isoDay, mondayOf, partsOf, type Week, weekOf } from './days.ts';

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A day or a week as a number or in ISO's spelling. */
type AnyDay = Day | string;
type AnyWeek = Week | string;
/** Both ends included; an end that is null or beyond every calendar is open. */
interface Range {
  readonly from: AnyDay;
  readonly to: AnyDay | null;
}

const dayIn = (day: AnyDay): Day => (typeof day === 'string' ? dayOf(day) : day);

/** Within this many days a date needs no year to be understood: its twins of other years are all farther away. */
const nearDays = 180;
/** And a range of fewer days than this is not taken for a shorter one. */
const longRange = 300;

/** Whether the day needs its year beside `near`; where nothing is near (null) every day does. */
const isFar = (day: Day, near: AnyDay | null): boolean => near === null || Math.abs(day - dayIn(near)) > nearDays;

const yearOf = (day: Day): string => isoDay(day).slice(0, -6);

/** In which order a reader writes the parts of a date. */
export type DateOrder = 'day-first' | 'month-first' | 'year-first';

/** How somebody writes dates and numbers. */
export interface Writing {
  readonly order: DateOrder;
  /** A number with two decimals at most, its thousands apart as the reader has them. */
  readonly number: (value: number) => string;
}

export interface Words {
  /** `7 Dec`, with the year where it lies more than 180 days from `near`, or where that is null. */
  dayWords(day: AnyDay, near: AnyDay | null): string;
  /** `7 Dec – 27 Dec`, one day alone once, an open end `from 7 Dec`; with years where an end needs one, or the range is long: `7 Dec 2026 – 14 Mar 2028`. */
  rangeWords(range: Range, near: AnyDay | null): string;
  /** `the week of 21 Dec`: one week as one thing, named by its Monday. */
  weekWords(week: Week, near: AnyDay | null): string;
  /** Weeks as runs of days: `7 Dec – 27 Dec and 1 Feb – 7 Feb`; of more than `most` runs all but one of as many, and how many are left. */
  weeksWords(weeks: readonly AnyWeek[], near: AnyDay | null, most?: number): string;
  /** `7 Dec, 9 Dec and 11 Dec`; of more than three days their number, the first and the last. In order, and at least one. */
  daysWords(days: readonly Day[], near: AnyDay | null): string;
  /** What is said of a range that ends before it starts; with the years where they differ. */
  endBeforeStart(from: string, to: string): string;
  /**
   * A number with one decimal at most, two where it has just two (a quarter of an hour), no trailing zero: `7,388`, `14.4`, `0.25`; below
   * zero with a minus sign.
   */
  numberWords(value: number): string;
  /** `24 h`. */
  hoursWords(hours: number): string;
  /** `1 week`, `3 weeks`. */
  countWords(count: number, one: string, many?: string): string;
}

/** The words for a reader who writes so. */
export function wordsOf(writing: Writing): Words {
  const dayWords: Words['dayWords'] = (day, near) => {
    const known = dayIn(day);
    return isFar(known, near) ? withYear(known, writing.order) : dayAndMonth(known, writing.order);
  };
  const rangeWords: Words['rangeWords'] = ({ from, to }, near) => {
    const first = dayIn(from);
    if (to === null || to === Number.POSITIVE_INFINITY) return `from ${dayWords(first, near)}`;
    const last = dayIn(to);
    if (first === last) return dayWords(first, near);
    const [start, end] = [dayAndMonth(first, writing.order), dayAndMonth(last, writing.order)];
    if (!isFar(first, near) && !isFar(last, near) && last - first < longRange) return `${start} – ${end}`;
    if (yearOf(first) !== yearOf(last)) return `${dayWords(first, null)} – ${dayWords(last, null)}`;
    // The year stands once: on the side where the reader has it.
    return writing.order === 'year-first' ? `${dayWords(first, null)} – ${end}` : `${start} – ${dayWords(last, null)}`;
  };
  const numberWords: Words['numberWords'] = (value) => {
    if (Math.abs(value) < 0.05) return '0';
    const hundredths = Math.round(value * 100) / 100;
    const rounded = Math.abs(value - hundredths) < 1e-9 ? hundredths : Math.round(value * 10) / 10;
    return writing.number(rounded).replace('-', '−');
  };
  return {
    dayWords,
    rangeWords,
    numberWords,
    weekWords: (week, near) => `the week of ${dayWords(mondayOf(week), near)}`,
    weeksWords(weeks, near, most = 4) {
      const words = runsOf(weeks).map((run) => rangeWords(run, near));
      return listWords(words.length > most ? [...words.slice(0, most - 1), `${words.length - most + 1} later runs`] : words);
    },
    daysWords(days, near) {
      if (days.length <= 3) return listWords(days.map((day) => dayWords(day, near)));
      return `${days.length} days from ${dayWords(days[0] ?? 0, near)} to ${dayWords(days.at(-1) ?? 0, near)}`;
    },
    endBeforeStart(from, to) {
      const near = from.slice(0, -6) === to.slice(0, -6) ? from : null;
      return `The end is before the start: ${dayWords(to, near)} < ${dayWords(from, near)}`;
    },
    hoursWords: (hours) => `${numberWords(hours)} h`,
    countWords(count, one, many = `${one}s`) {
      const words = numberWords(count);
      return `${words} ${words === '1' ? one : many}`;
    },
  };
}

function dayAndMonth(day: Day, order: DateOrder): string {
  const { day: date, month } = partsOf(day);
  const name = monthNames[month - 1]?.slice(0, 3);
  return order === 'day-first' ? `${date} ${name}` : `${name} ${date}`;
}

const inOrder = {
  'day-first': (day: string, year: string) => `${day} ${year}`,
  'month-first': (day: string, year: string) => `${day}, ${year}`,
  'year-first': (day: string, year: string) => `${year} ${day}`,
} as const;

const withYear = (day: Day, order: DateOrder): string => inOrder[order](dayAndMonth(day, order), yearOf(day));

/** Weeks, in any order, as the longest runs of days. */
function runsOf(weeks: readonly AnyWeek[]): { from: Day; to: Day }[] {
  const numbers = weeks.map((week) => (typeof week === 'string' ? weekOf(week) : week)).filter((week) => week !== undefined);
  const runs: { from: Day; to: Day }[] = [];
  for (const monday of [...new Set(numbers)].sort((a, b) => a - b).map(mondayOf)) {
    const last = runs.at(-1);
    if (last && last.to + 1 === monday) last.to = monday + 6;
    else runs.push({ from: monday, to: monday + 6 });
  }
  return runs;
}

// Made once: making a formatter costs more than a hundred of its answers.
const decimals = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** As sentences of a service have it, which are written before anybody is known to read them. */
export const houseWriting: Writing = { order: 'day-first', number: (value) => decimals.format(value) };

export const { dayWords, rangeWords, weekWords, weeksWords, daysWords, endBeforeStart, numberWords, hoursWords, countWords } =
  wordsOf(houseWriting);

/** `a`, `a and b`, `a, b and c`. */
export const listWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
