import { addDays, isDay, mondayOf, sundayOf, weekdayOf, weekOf } from '@sidekick/calendar/iso';
import { inLatinDigits } from '../ui/typed-number.ts';
import { dayWords, endBeforeStart, rangeWords, writing } from '../ui/writing.ts';

/** What was typed, understood as both ends of a range; `to` null when the end is open. */
export type Typed = { ok: true; from: string; to: string | null } | { ok: false; message: string };
interface Period {
  from: string;
  to: string;
}

const monthWords = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthNames = ['uary', 'ruary', 'ch', 'il', '', 'e', 'y', 'ust', 't(?:ember)?', 'ober', 'ember', 'ember'];
const month = `(${monthWords.map((word, index) => `${word}(?:${monthNames[index]})?`).join('|')})`;
const weekdayWords = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const weekday = '(?:(?:mon|fri|sun)(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|sat(?:urday)?)';
/** `7 Dec` and `7 Dec – 27 Dec`, as the reader writes them. */
export const exampleDay = (): string => dayWords('2026-12-07', '2026-12-07');
export const exampleRange = (): string => rangeWords({ from: '2026-12-07', to: '2026-12-27' }, '2026-12-07');
const unclear = (text: string): Typed => ({
  ok: false,
  message: `“${text.trim()}” is no date we know. Try ${exampleRange()}, 3 weeks from ${exampleDay()}, w50 – w52, or 2026-12-07`,
});

const patterns = {
  weekday: new RegExp(`^(next |this )?(${weekday})$`),
  named: new RegExp(`^(?:${weekday} )?(\\d{1,2})\\.?(?:st|nd|rd|th)? ${month}\\.?(?: (\\d{4}))?$`),
  american: new RegExp(`^(?:${weekday} )?${month}\\.? (\\d{1,2})(?:st|nd|rd|th)?(?: (\\d{4}))?$`),
  yearFirst: new RegExp(`^(\\d{4})\\.? ${month}\\.? (\\d{1,2})$`),
  numeric: /^(\d{1,2})([./])(\d{1,2})([./]?)(\d{4})?$/,
  numericYearFirst: /^(\d{4})[./](\d{1,2})[./](\d{1,2})\.?$/,
  month: new RegExp(`^(?:all of )?${month}\\.?(?: (\\d{4}))?$`),
  week: /^(?:(\d{4})-?w|w|wk ?|week )(\d{1,2})(?: (\d{4}))?$/,
  quarter: /^q([1-4])(?: (\d{4}))?$/,
};
const monthOf = (word: string | undefined): number => monthWords.indexOf((word ?? '').slice(0, 3)) + 1;

/**
 * Reads one day as a person writes it: `2026-12-07`, `7 dec`, `dec 7`, `7.12.`, `7/12` in the reader's order, `7 dec 2027`, `today`, `monday`, `next monday`.
 * Without a year it is the nearest such day that is not more than half a year before `near`. Null when it is no day.
 */
export function typedDay(text: string, near: string): string | null {
  const words = tidy(text);
  if (isDay(words)) return words;
  if (words === 'today') return near;
  if (words === 'tomorrow') return addDays(near, 1);
  const named = patterns.named.exec(words);
  if (named) return withYear(Number(named[1]), monthOf(named[2]), named[3], near);
  const american = patterns.american.exec(words);
  if (american) return withYear(Number(american[2]), monthOf(american[1]), american[3], near);
  const yearFirst = patterns.yearFirst.exec(words);
  if (yearFirst) return withYear(Number(yearFirst[3]), monthOf(yearFirst[2]), yearFirst[1], near);
  const numeric = patterns.numeric.exec(words);
  if (numeric) return inOrder(numeric, near);
  const ordered = patterns.numericYearFirst.exec(words);
  if (ordered) return withYear(Number(ordered[3]), Number(ordered[2]), ordered[1], near);
  const byName = patterns.weekday.exec(words);
  return byName ? byWeekday(weekdayWords.indexOf((byName[2] ?? '').slice(0, 3)) + 1, byName[1] === 'next ', near) : null;
}

/** `7/12` and `7.12.` as the reader writes them, with a year and without. */
function inOrder([, first, sign, second, , year]: RegExpExecArray, near: string): string | null {
  const { typedOrder, dottedOrder } = writing();
  const monthFirst = (sign === '.' ? dottedOrder : typedOrder) === 'month-first';
  const [date, month] = monthFirst ? [second, first] : [first, second];
  return withYear(Number(date), Number(month), year, near);
}

const tidy = (text: string): string => inLatinDigits(text).trim().toLowerCase().replaceAll(',', ' ').replace(/\s+/g, ' ');

function byWeekday(weekday: number, next: boolean, near: string): string {
  const ahead = (weekday - weekdayOf(near) + 7) % 7;
  return addDays(near, next && ahead === 0 ? 7 : ahead);
}

const iso = (year: number, month: number, date: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;

function withYear(date: number, month: number, year: string | undefined, near: string): string | null {
  const own = Number(near.slice(0, 4));
  const day = year ? iso(Number(year), month, date) : iso(iso(own, month, date) < addDays(near, -182) ? own + 1 : own, month, date);
  return isDay(day) ? day : null;
}

/** A day, or a stretch with a name of its own: `w50`, `week 50`, `2026-W50`, `december`, `dec 2027`, `q1`, `this week`, `next month`. */
function period(text: string, near: string): Period | null {
  const words = tidy(text);
  const day = typedDay(words, near);
  if (day) return { from: day, to: day };
  const week = patterns.week.exec(words);
  if (week) return isoWeek(Number(week[2]), week[1] ?? week[3], near);
  const named = patterns.month.exec(words);
  if (named) return months(monthOf(named[1]), 1, named[2], near);
  const quarter = patterns.quarter.exec(words);
  if (quarter) return months(Number(quarter[1]) * 3 - 2, 3, quarter[2], near);
  const step = /^(this|next) (week|month)$/.exec(words);
  if (!step) return null;
  const ahead = step[1] === 'next' ? 1 : 0;
  if (step[2] === 'week') return { from: addDays(mondayOf(near), 7 * ahead), to: addDays(sundayOf(near), 7 * ahead) };
  const index = Number(near.slice(5, 7)) - 1 + ahead;
  return months((index % 12) + 1, 1, String(Number(near.slice(0, 4)) + Math.floor(index / 12)), near);
}

/** The ISO week of that number; null where the year has none. Without a year it is the nearest, as of a day. */
function isoWeek(number: number, year: string | undefined, near: string): Period | null {
  const inYear = (y: number) => addDays(mondayOf(`${y}-01-04`), (number - 1) * 7);
  const own = Number(year ?? weekOf(near).slice(0, 4));
  const from = !year && inYear(own) < addDays(near, -182) ? inYear(own + 1) : inYear(own);
  return Number(weekOf(from).slice(6)) === number ? { from, to: addDays(from, 6) } : null;
}

/** Whole months; without a year those whose end is not more than half a year before `near`. */
function months(first: number, count: number, year: string | undefined, near: string): Period | null {
  const inYear = (y: number): Period => {
    const next = first - 1 + count;
    return { from: iso(y, first, 1), to: addDays(iso(y + Math.floor(next / 12), (next % 12) + 1, 1), -1) };
  };
  const own = Number(near.slice(0, 4));
  if (year) return inYear(Number(year));
  return inYear(own).to < addDays(near, -182) ? inYear(own + 1) : inYear(own);
}

/**
 * Reads a range: `7 dec - 27 dec`, `7-27 dec`, `w50–w53`, `december`, `jan - mar`, `3 weeks from monday`, `from 7 dec for 3 weeks`,
 * `2 weeks`, `from 7 dec`, `until 27 dec`, `this week`, or one day. Both ends are included. `near` is today.
 */
export function typedRange(text: string, near: string): Typed {
  const words = tidy(text)
    .replace(/ ?(?:[–—→]|->) ?/g, ' - ')
    // `2026-12-07/2026-12-27` as ISO has it, and `7.12.-27.12.` or `7/12-27/12` without blanks.
    .replace(/^(\d{4}-\d\d-\d\d)\/(?=\d{4})/, '$1 - ')
    .replace(/([\d.])-(?=\d{1,2}[./]\d)/, '$1 - ')
    .replace(/^between (.+) and /, '$1 - ')
    .replace(/ (?:to|until|till|through) /g, ' - ')
    // `w50-w53`, `7-27 dec`: a dash without blanks, where it is none of `2026-12-07` or `2026-W50`.
    .replace(/^(w?\d{1,2})-(?=w?\d{1,2}(?: |$))/, '$1 - ')
    // `dec 7-27`.
    .replace(/^([a-z]+\.? \d{1,2})-(?=\d{1,2}(?: |$))/, '$1 - ')
    .replace(/^(weeks?|wk) (\d{1,2}) - (?=\d)/, 'w$2 - w')
    .replace(/^(w\d{1,2}) - (?=\d{1,2}$)/, '$1 - w');
  if (words === '') return { ok: false, message: 'Say from when to when' };
  const open = /^from (.+)$/.exec(words)?.[1];
  const lasts = lasting(words, near);
  if (lasts) return lasts;
  const [left = '', right, ...more] = (open ?? words).split(/ - |\.\.\./);
  if (more.length > 0) return unclear(text);
  if (right !== undefined) return ordered(left, right, text, near);
  const until = /^(?:until|till|to|by) (.+)$/.exec(words)?.[1];
  const named = period(until ?? left, near);
  if (!named) return unclear(text);
  if (until) return named.to < near ? backwards(near, named.to) : { ok: true, from: near, to: named.to };
  return { ok: true, from: named.from, to: open === undefined ? named.to : null };
}

const backwards = (from: string, to: string): Typed => ({
  ok: false,
  message: endBeforeStart(from, to),
});

/** `dec 7 - 27 2026`: a bare number behind a date takes that date's month, and the date its year. */
function spelled(left: string, right: string): [string, string] {
  const end = /^(\d{1,2})( \d{4})?$/.exec(right);
  const start = patterns.american.exec(left);
  if (!end || !start) return [left, right];
  const year = start[3] === undefined ? (end[2] ?? '') : '';
  return [left + year, `${start[1]} ${end[1]}${start[3] === undefined ? year : ` ${start[3]}`}`];
}

/** `7 - 27 dec`: a bare number before a date takes that date's month. */
function ordered(typedLeft: string, typedRight: string, text: string, near: string): Typed {
  const [left, right] = spelled(typedLeft, typedRight);
  const to = period(right, near);
  if (!to) return unclear(text);
  const bare = /^\d{1,2}$/.test(left) ? `${to.to.slice(0, 8)}${left.padStart(2, '0')}` : null;
  const from = bare === null ? period(left, near) : isDay(bare) ? { from: bare, to: bare } : null;
  if (!from) return unclear(text);
  const end = to.to < from.from && !/\d{4}/.test(right) ? (period(right, from.from) ?? to).to : to.to;
  return end < from.from ? backwards(from.from, end) : { ok: true, from: from.from, to: end };
}

const counts = new Map(
  ['a', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].map((word, index) => [word, Math.max(1, index)]),
);

/** `3 weeks`, `3 weeks from monday`, `from 7 dec for 3 weeks`, `7 dec for 10 days`, `2 months from 1 jan`. */
function lasting(words: string, near: string): Typed | null {
  const length = '(\\d{1,3}|a|one|two|three|four|five|six|seven|eight) (day|week|month)s?';
  const ahead = new RegExp(`^(?:for )?${length}(?: (?:from|starting|beginning|after) (.+))?$`).exec(words);
  const behind = new RegExp(`^(?:from |starting )?(.+) for ${length}$`).exec(words);
  const [start, amount, unit] = ahead ? [ahead[3], ahead[1], ahead[2]] : behind ? [behind[1], behind[2], behind[3]] : [];
  if (!unit) return null;
  const number = counts.get(amount ?? '') ?? Number(amount);
  const from = start === undefined ? near : period(start, near)?.from;
  if (!from || number < 1) return null;
  if (unit !== 'month') return { ok: true, from, to: addDays(from, number * (unit === 'week' ? 7 : 1) - 1) };
  const index = Number(from.slice(5, 7)) - 1 + number;
  const year = Number(from.slice(0, 4)) + Math.floor(index / 12);
  // The day before the same date; of the 31st, the last day of a shorter month.
  const last = addDays(iso(year + Math.floor(((index % 12) + 1) / 12), (((index % 12) + 1) % 12) + 1, 1), -1);
  const same = iso(year, (index % 12) + 1, Number(from.slice(8)));
  return { ok: true, from, to: isDay(same) ? addDays(same, -1) : last };
}
