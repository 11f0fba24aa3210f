import type { PersonView } from '@sidekick/contracts';
import { editable, tidyNumber } from '../ui/typed-number.ts';
import { number } from './format.ts';
import { sum } from './lists.ts';

export type TypedAmount = { ok: true; value: number; echo: string | null } | { ok: false; message: string };
type Unit = 'h' | 'h a week' | '%' | 'none';

const amount = /^(\d{1,5}(?:\.\d{1,2})?)\s*(.*)$/;
const hourWords = /^(?:h|hs|hrs?|hours?)$/;
const weekWords = /^(?:h|hs|hrs?|hours?)? ?(?:\/|a|per|each) ?(?:w|wk|week)$/;
const percentWords = /^(%|percent|per cent|pct)( ?of .+)?$/;

/** A number with the unit that was typed behind it; null when it is not understood. The decimal sign is a point or a comma, whoever reads. */
function read(text: string): { value: number; unit: Unit } | null {
  const [, digits = '', rest = ''] = amount.exec(tidyNumber(text).trim().toLowerCase().replaceAll(/\s+/g, ' ')) ?? [];
  if (digits === '') return null;
  const value = Number(digits);
  if (rest === '') return { value, unit: 'none' };
  if (percentWords.test(rest)) return { value, unit: '%' };
  if (weekWords.test(rest)) return { value, unit: 'h a week' };
  return hourWords.test(rest) ? { value, unit: 'h' } : null;
}

/** A plain number within bounds, with `%` behind it where it is a share; null when it is anything else. */
export function typedNumber(text: string, least: number, most: number, unit: Unit = 'h'): number | null {
  const typed = read(text);
  if (!typed || (typed.unit !== 'none' && typed.unit !== unit)) return null;
  return typed.value >= least && typed.value <= most ? typed.value : null;
}

/** Hours of Monday to Sunday in force on a day; before the first pattern, the first (reading A2). */
export function patternOn({ patterns }: Pick<PersonView, 'patterns'>, day: string): readonly number[] | null {
  const sorted = [...patterns].sort((a, b) => (a.from < b.from ? -1 : 1));
  return (sorted.findLast(({ from }) => from <= day) ?? sorted[0])?.hours ?? null;
}

/** Hours of the person's week in force on a day. */
export function weekOfPerson(person: Pick<PersonView, 'patterns'>, day: string): number | null {
  const pattern = patternOn(person, day);
  return pattern && sum(pattern);
}

/**
 * Hours a week as typed: `8`, `7,5 h`, or a share of the person's week such as `50 %`, which is computed and said. `week` is null
 * while nobody is chosen.
 */
export function typedHours(text: string, who: { name: string; week: number } | null): TypedAmount {
  const typed = read(text);
  const no = `“${text.trim()}” is no number of hours we know. Try 8, ${editable(7.5)} h or 50 %`;
  if (!typed) return { ok: false, message: text.trim() === '' ? 'Say how many hours a week' : no };
  if (typed.unit !== '%') return typed.value <= 168 ? { ok: true, value: typed.value, echo: null } : tooMany;
  if (!who) return { ok: false, message: `${number(typed.value)} % of whose week? Choose the person first, or type hours` };
  if (who.week === 0)
    return { ok: false, message: `${who.name} has no hours in these weeks to take ${number(typed.value)} % of. Type hours` };
  const value = Math.round(typed.value * who.week) / 100;
  if (value > 168) return tooMany;
  return { ok: true, value, echo: `${number(typed.value)} % = ${number(value)} h a week, of ${who.name}’s ${number(who.week)} h` };
}

const tooMany: TypedAmount = { ok: false, message: 'A week has 168 hours' };
