import { type DateOrder, houseWriting, type Words, type Writing, wordsOf } from '@sidekick/calendar';
import type { Reading } from '@sidekick/contracts';

type FirstDay = NonNullable<Reading['firstDay']>;

interface ReadersWriting extends Writing {
  /** BCP 47, for whatever Intl writes. */
  readonly language: string;
  /** In `7/12`: whether the day or the month is written first. */
  readonly typedOrder: Exclude<DateOrder, 'year-first'>;
  readonly decimalSign: string;
  readonly twelveHours: boolean;
  readonly firstDay: FirstDay;
}

/** A browser that takes its language from the system may say what is none, such as `en-US@posix`. */
const isLanguage = (text: string | undefined): text is string => {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
};

/** Outside of a browser, in tests, and where the browser says no language, as the house writes. */
const browsers = (): string =>
  typeof document === 'undefined' ? 'en-GB' : ([navigator.language, ...(navigator.languages ?? [])].find(isLanguage) ?? 'en-GB');

/** Years count as everybody's, and digits are those of the words around them, which are English. */
const parts = (language: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language, { calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC', ...options })
    .formatToParts(0)
    .map(({ type }) => type)
    .filter((type) => type === 'day' || type === 'month' || type === 'year');

function writingOf({ language, firstDay }: Reading): ReadersWriting {
  const own = language ?? browsers();
  const numbers = new Intl.NumberFormat(own, { numberingSystem: 'latn', maximumFractionDigits: 2 });
  const [first] = parts(own, { day: 'numeric', month: 'short', year: 'numeric' });
  return {
    language: own,
    order: first === 'day' || first === 'month' || first === 'year' ? `${first}-first` : houseWriting.order,
    typedOrder: parts(own, { day: 'numeric', month: 'numeric' })[0] === 'month' ? 'month-first' : 'day-first',
    // Some languages put a mark of direction before the minus.
    number: (value) => numbers.format(value).replace(/[\u061C\u200E\u200F]/g, ''),
    decimalSign: numbers.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.',
    twelveHours: new Intl.DateTimeFormat(own, { hour: 'numeric' }).resolvedOptions().hour12 ?? false,
    firstDay: firstDay ?? firstDayOf(language ?? browsers()),
  };
}

interface WeekInfo {
  firstDay?: number;
}

/** As the language's region has it; Monday in a browser that does not know. */
function firstDayOf(language: string): FirstDay {
  const locale = new Intl.Locale(language) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  const day = (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay;
  return day === 7 ? 'sunday' : day === 6 ? 'saturday' : 'monday';
}

const browsersOwn: Reading = { language: null, firstDay: null };
let choice = browsersOwn;
let current: { writing: ReadersWriting; words: Words } | null = null;
const read = () => {
  if (current) return current;
  const writing = writingOf(choice);
  current = { writing, words: wordsOf(writing) };
  return current;
};

/** From now on everything is written for this reader; what is on screen, once it is drawn again. */
export function writeFor(next: Reading | undefined): void {
  const wanted = next ?? browsersOwn;
  if (wanted.language === choice.language && wanted.firstDay === choice.firstDay) return;
  choice = wanted;
  current = null;
}

export const writing = (): ReadersWriting => read().writing;

/** How a day, an hour and a number would look with a choice. */
export function exampleOf(next: Reading): string {
  const own = writingOf(next);
  return `${wordsOf(own).dayWords('2026-12-07', null)}, ${timeOf(own)(new Date(2026, 11, 7, 15, 30))}, ${own.number(1234.5)} h`;
}

const timeOf = ({ twelveHours }: ReadersWriting, options: Intl.DateTimeFormatOptions = {}) => {
  // The words of a time (am, pm) are English.
  const format = new Intl.DateTimeFormat(twelveHours ? 'en-US' : 'en-GB', {
    hour: twelveHours ? 'numeric' : '2-digit',
    minute: '2-digit',
    ...options,
  });
  return (instant: Date) => format.format(instant);
};

const times = new Map<string, (instant: Date) => string>();

/** `15:30`, or `3:30 PM`, where the reader is; with seconds if asked for. */
export function timeWords(instant: Date, seconds = false): string {
  const key = `${writing().twelveHours}${seconds}`;
  const format = times.get(key) ?? timeOf(writing(), seconds ? { second: '2-digit' } : {});
  times.set(key, format);
  return format(instant);
}

export const dayWords: Words['dayWords'] = (...given) => read().words.dayWords(...given);
export const rangeWords: Words['rangeWords'] = (...given) => read().words.rangeWords(...given);
export const weeksWords: Words['weeksWords'] = (...given) => read().words.weeksWords(...given);
export const endBeforeStart: Words['endBeforeStart'] = (...given) => read().words.endBeforeStart(...given);
export const numberWords: Words['numberWords'] = (...given) => read().words.numberWords(...given);
export const hoursWords: Words['hoursWords'] = (...given) => read().words.hoursWords(...given);
export const countWords: Words['countWords'] = (...given) => read().words.countWords(...given);
