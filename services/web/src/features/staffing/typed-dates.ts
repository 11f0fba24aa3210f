import { addDays, isDay, mondayOf, sundayOf, weekdayOf } from './days.ts';
import { shortDay } from './format.ts';

/** What was typed, understood as both ends of a range; `to` null when only one day was named or the end is open. */
export type Typed = { ok: true; from: string; to: string | null } | { ok: false; message: string };

const monthWords = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayWords = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const unclear = (text: string): Typed => ({ ok: false, message: `“${text.trim()}” is no date we know. Try 7 Dec – 27 Dec, or 2026-12-07` });

/**
 * Reads one day as a person writes it: `2026-12-07`, `7 dec`, `dec 7`, `7.12.`, `7 dec 2027`, `today`, `monday`, `next monday`.
 * Without a year it is the nearest such day that is not more than half a year before `near`. Null when it is no day.
 */
export function typedDay(text: string, near: string): string | null {
  const words = text.trim().toLowerCase().replaceAll(',', ' ').replace(/\s+/g, ' ');
  if (isDay(words)) return words;
  if (words === 'today') return near;
  if (words === 'tomorrow') return addDays(near, 1);
  const weekday = /^(next |this )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*$/.exec(words);
  if (weekday) return byWeekday(weekdayWords.indexOf(weekday[2] ?? '') + 1, weekday[1] === 'next ', near);
  const named = /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* )?(\d{1,2})\.? ([a-z]{3})[a-z]*\.?(?: (\d{4}))?$/.exec(words);
  if (named) return withYear(Number(named[1]), monthWords.indexOf(named[2] ?? '') + 1, named[3], near);
  const american = /^([a-z]{3})[a-z]* (\d{1,2})(?: (\d{4}))?$/.exec(words);
  if (american) return withYear(Number(american[2]), monthWords.indexOf(american[1] ?? '') + 1, american[3], near);
  const numeric = /^(\d{1,2})[./](\d{1,2})[./]?(\d{4})?$/.exec(words);
  if (numeric) return withYear(Number(numeric[1]), Number(numeric[2]), numeric[3], near);
  return null;
}

function byWeekday(weekday: number, next: boolean, near: string): string {
  const ahead = (weekday - weekdayOf(near) + 7) % 7;
  return addDays(near, next && ahead === 0 ? 7 : ahead);
}

function withYear(date: number, month: number, year: string | undefined, near: string): string | null {
  const make = (y: number) => `${y}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  const own = Number(near.slice(0, 4));
  const day = year ? make(Number(year)) : make(make(own) < addDays(near, -182) ? own + 1 : own);
  return isDay(day) ? day : null;
}

/**
 * Reads a range: `7 dec - 27 dec`, `7 – 27 dec`, `3 weeks from monday`, `2 weeks`, `from 7 dec`, `until 27 dec`, `this week`,
 * `next week`, `w50`, `w50 - w52`, or one day. Both ends are included. `near` is today.
 */
export function typedRange(text: string, near: string): Typed {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/\s*[–—]\s*/g, ' - ')
    .replace(/\s+(?:to|until|till)\s+/g, ' - ')
    .replace(/\s+/g, ' ');
  if (words === '') return { ok: false, message: 'Say from when to when' };
  const special = weekRange(words, near) ?? lasting(words, near) ?? openEnded(words, near);
  if (special) return special;
  const [left = '', right, ...more] = words.split(/ - |\.\.\./);
  if (more.length > 0) return unclear(text);
  if (right === undefined) return single(words, text, near);
  return ordered(left, right, text, near);
}

function single(words: string, text: string, near: string): Typed {
  const day = typedDay(words, near);
  return day ? { ok: true, from: day, to: day } : unclear(text);
}

/** `7 - 27 dec`: a bare number before a date takes that date's month. */
function ordered(left: string, right: string, text: string, near: string): Typed {
  const to = typedDay(right, near);
  if (!to) return unclear(text);
  const from = /^\d{1,2}$/.test(left) ? `${to.slice(0, 8)}${left.padStart(2, '0')}` : typedDay(left, near);
  if (!from || !isDay(from)) return unclear(text);
  const end = to < from && !/\d{4}/.test(right) ? (typedDay(right, from) ?? to) : to;
  if (end < from) return { ok: false, message: `The end is before the start: ${shortDay(end)} < ${shortDay(from)}` };
  return { ok: true, from, to: end };
}

function weekRange(words: string, near: string): Typed | null {
  if (words === 'this week') return { ok: true, from: mondayOf(near), to: sundayOf(near) };
  if (words === 'next week') return { ok: true, from: addDays(mondayOf(near), 7), to: addDays(sundayOf(near), 7) };
  const weeks = /^w(\d{1,2})(?: - w(\d{1,2}))?$/.exec(words);
  if (!weeks) return null;
  const monday = (number: number, after: string) => {
    const first = mondayOf(`${after.slice(0, 4)}-01-04`);
    const day = addDays(first, (number - 1) * 7);
    return day < addDays(after, -182) ? addDays(mondayOf(`${Number(after.slice(0, 4)) + 1}-01-04`), (number - 1) * 7) : day;
  };
  const from = monday(Number(weeks[1]), near);
  const last = weeks[2] === undefined ? from : monday(Number(weeks[2]), from);
  return last < from ? { ok: false, message: 'The last week is before the first' } : { ok: true, from, to: addDays(last, 6) };
}

function lasting(words: string, near: string): Typed | null {
  const match = /^(\d{1,3}|one|two|three|four|a) (day|week)s?(?: from (.+))?$/.exec(words);
  if (!match) return null;
  const numbers = new Map([
    ['a', 1],
    ['one', 1],
    ['two', 2],
    ['three', 3],
    ['four', 4],
  ]);
  const amount = numbers.get(match[1] ?? '') ?? Number(match[1]);
  const from = match[3] === undefined ? near : typedDay(match[3], near);
  if (!from || amount < 1) return null;
  return { ok: true, from, to: addDays(from, amount * (match[2] === 'week' ? 7 : 1) - 1) };
}

function openEnded(words: string, near: string): Typed | null {
  const from = /^from (.+)$/.exec(words);
  if (from && !(from[1] ?? '').includes(' - ')) {
    const day = typedDay(from[1] ?? '', near);
    return day ? { ok: true, from: day, to: null } : null;
  }
  const until = /^(?:until|till|to|by) (.+)$/.exec(words);
  const end = until ? typedDay(until[1] ?? '', near) : null;
  return end ? { ok: true, from: near, to: end } : null;
}
