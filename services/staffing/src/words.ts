import { type Day, isoDay, isoWeek, type Week } from './calendar/days.ts';
import type { State } from './state.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `7 Dec`, with the year where it is not the one of `near`. */
export function dayWord(iso: string, near: string): string {
  const word = `${Number(iso.slice(8))} ${months[Number(iso.slice(5, 7)) - 1]}`;
  return iso.slice(0, 4) === near.slice(0, 4) ? word : `${word} ${iso.slice(0, 4)}`;
}

/** `7 Dec – 27 Dec`, both ends included; `from 7 Dec` when open. */
export function spanWord(from: string, to: string | null, near: string): string {
  if (to === null) return `from ${dayWord(from, near)}`;
  if (from === to) return dayWord(from, near);
  return `${dayWord(from, near)} – ${dayWord(to, near)}`;
}

/** Hours with one decimal at most and no trailing zero: `8 h`, `6.5 h`. */
export const hoursWord = (hours: number): string => `${Math.round(hours * 10) / 10} h`;

/** `week 51`, `weeks 51–53 and 2`, in runs of ISO week numbers. */
export function weeksWord(weeks: readonly Week[]): string {
  const runs: [Week, Week][] = [];
  for (const week of weeks) {
    const last = runs.at(-1);
    if (last && last[1] === week - 1) last[1] = week;
    else runs.push([week, week]);
  }
  const number = (week: Week) => Number(isoWeek(week).slice(6));
  const words = runs.map(([from, to]) => (from === to ? `${number(from)}` : `${number(from)}–${number(to)}`));
  const shown = words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} later runs`] : words;
  return `${weeks.length === 1 ? 'week' : 'weeks'} ${listWord(shown)}`;
}

/** `7 Dec, 9 Dec and 11 Dec`; of more than three days their number, the first and the last. */
export function daysWord(days: readonly Day[]): string {
  const first = isoDay(days[0] ?? 0);
  if (days.length <= 3) return listWord(days.map((day) => dayWord(isoDay(day), first)));
  return `${days.length} days from ${dayWord(first, first)} to ${dayWord(isoDay(days.at(-1) ?? 0), first)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export const listWord = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** What stands for the name of a record that is not there. */
export const gone = { person: 'somebody who is gone', project: 'a project that is gone' };
export const personName = (state: State, id: string): string => state.person.get(id)?.record.private.name ?? gone.person;
export const projectName = (state: State, id: string): string => state.project.get(id)?.record.name ?? gone.project;

/** What stands for the name of a person who was made anonymous; the end of the id tells two of them apart. */
export const formerName = (person: string): string => `Former colleague ${person.slice(-4)}`;
