import { tidyName } from '@sidekick/contracts';
import { keyOf } from '../../../state/names.ts';
import { wellFormed } from './escape.ts';
import { Fault } from './fault.ts';

/** How a file writes what countries write in different ways. */
export interface Writing {
  /** Decimals may have a comma: it does not part the columns. */
  readonly takesCommas: boolean;
  /** Of days such as 04/03/2026: what the other days of the file show; null where they do not. */
  readonly dayOrder: 'day' | 'month' | null;
}

/** A number of decimal digits alone: `NaN`, `1e9` and `0x10` are none. Throws Fault. */
export function numberIn(text: string, { takesCommas }: Writing): number {
  const plain = text.trim();
  if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(plain)) return Number(plain);
  if (/^-?\d{1,15},\d{1,15}$/.test(plain)) {
    if (takesCommas) return Number(plain.replace(',', '.'));
    throw new Fault(`This file parts columns by commas, so decimals have a point: write ${plain.replace(',', '.')}`);
  }
  throw new Fault(`“${clipped(plain)}” is no number. Write digits alone, such as 8 or 7.5`);
}

/** A part of a whole, 0-1; `5%` is 0.05. Throws Fault. */
export function portionIn(text: string, writing: Writing): number {
  const percent = /^(.+?)\s*%$/.exec(text.trim());
  return percent?.[1] ? Number((numberIn(percent[1], writing) / 100).toFixed(12)) : numberIn(text, writing);
}

const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;
const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const points = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/;
const slashes = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/;

/** Which of day and month stands first in such a day, where it shows. */
export function orderShown(text: string): Writing['dayOrder'] {
  const [, first, second] = slashes.exec(text.trim()) ?? [];
  if (first === undefined) return null;
  if (Number(first) > 12) return Number(second) > 12 ? null : 'day';
  return Number(second) > 12 ? 'month' : null;
}

/** A day: ISO, or as spreadsheets write it once they have read it. Throws Fault for one that is none or could be two. */
export function dayIn(text: string, { dayOrder }: Writing): string {
  const plain = text.trim();
  const [, year, month, day] = iso.exec(plain) ?? yearFirst.exec(plain) ?? [];
  if (year !== undefined) return realDay(plain, Number(year), Number(month), Number(day));
  const [, d, m, y] = points.exec(plain) ?? [];
  if (y !== undefined) return realDay(plain, Number(y), Number(m), Number(d));
  const [, first, second, last] = slashes.exec(plain) ?? [];
  if (last === undefined) throw new Fault(`“${clipped(plain)}” is no day. Write it as 2026-12-07`);
  const order = orderShown(plain) ?? (first === second ? 'day' : dayOrder);
  if (order === null) {
    const both = [realDay(plain, Number(last), Number(second), Number(first)), realDay(plain, Number(last), Number(first), Number(second))];
    throw new Fault(`“${plain}” may be ${both.join(' or ')}, and no other day of the file tells which. Write days as ${both[0]}`);
  }
  return order === 'day'
    ? realDay(plain, Number(last), Number(second), Number(first))
    : realDay(plain, Number(last), Number(first), Number(second));
}

function realDay(text: string, year: number, month: number, day: number): string {
  const made = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const there = new Date(`${made}T00:00:00Z`);
  if (!Number.isNaN(there.getTime()) && there.toISOString().startsWith(made)) return made;
  throw new Fault(`There is no day ${clipped(text)}. Write one that is in the calendar, as 2026-12-07`);
}

/** One of some words, in any case. Throws Fault. */
export function choiceIn(text: string, choices: readonly string[]): string {
  const found = choices.find((one) => keyOf(one) === keyOf(text));
  if (found === undefined) throw new Fault(`“${clipped(text.trim())}” is none of ${choices.join(', ')}`);
  return found;
}

const yes = new Set(['yes', 'y', 'true', '1', 'x', 'delete']);
const no = new Set(['', 'no', 'n', 'false', '0']);
/** Throws Fault. */
export function isYes(text: string): boolean {
  const key = keyOf(text);
  if (yes.has(key)) return true;
  if (no.has(key)) return false;
  throw new Fault(`“${clipped(text.trim())}” is neither yes nor blank`);
}

/** A name as it is stored. */
export const nameIn = (text: string): string => tidyName(text);

/** At most so many letters of a text. */
export const clipped = (text: string, most = 60): string => (text.length > most ? `${wellFormed(text.slice(0, most - 1))}…` : text);
