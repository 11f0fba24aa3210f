import type { Move, Pattern, SkillLevel } from '@sidekick/contracts';
import { Fault } from '../cells/fault.ts';
import { listItems, listText, quotedName } from '../cells/lists.ts';
import { choiceIn, clipped, dayIn, nameIn, numberIn, portionIn, type Writing } from '../cells/values.ts';
import type { FieldColumn } from './column.ts';

type Part = Partial<Omit<FieldColumn, 'write' | 'head' | 'path'>>;

export const text: Part = { isText: true, cleared: { to: null } };
/** A text that is there or blank. */
export const plainText: Part = { isText: true, cleared: { to: '' } };
export const name: Part = { isText: true, read: nameIn };
export const day: Part = { isDay: true, read: dayIn };
export const openDay: Part = { ...day, cleared: { to: null } };
export const number: Part = { isNumber: true, read: numberIn };
export const portion: Part = { isNumber: true, read: portionIn };
export const choice = (...choices: string[]): Part => ({ read: (given) => choiceIn(given, choices) });

/** `React 4; "C; C++" 2`. */
export const levels: Part = {
  isText: true,
  cleared: { to: [] },
  read: (given) =>
    listItems(given).map(({ name, rest, isQuoted }) => {
      const [, words = '', level = ''] = isQuoted ? [null, name, rest] : (/^(.*\S)\s+(\S+)$/s.exec(name) ?? []);
      if (!/^[1-5]$/.test(level)) throw new Fault(`Write a level from 1 to 5 behind ${clipped(words || name)}, as in React 4`);
      return { skill: nameIn(words), level: Number(level) };
    }),
};
export const levelsText = (skills: readonly SkillLevel[]): string =>
  listText(skills.map(({ skill, level }) => `${quotedName(skill)} ${level}`));

/** `Postgres; "a; b"`. */
export const names: Part = {
  isText: true,
  cleared: { to: [] },
  read: (given) =>
    listItems(given).map(({ name, rest }) => {
      if (rest !== '') throw new Fault(`A semicolon is missing behind ${clipped(name)}`);
      return nameIn(name);
    }),
};
export const namesText = (all: readonly string[]): string => listText(all.map(quotedName));

/** So many hours from Monday to Friday, since the year began. */
export const fullWeek = (hours: number, today: string): Pattern => ({
  from: `${today.slice(0, 4)}-01-01`,
  hours: [...Array.from({ length: 5 }, () => hours / 5), 0, 0],
});

/** `2026-01-01: 8 8 8 8 8 0 0; 2027-02-01: 4 4 4 4 4 0 0`, hours of Monday to Sunday; `40` is a full week since the year began. */
export const patterns: Part = {
  cleared: { to: [] },
  read: (given, writing, { today }) =>
    listItems(given).map(({ name }) => {
      if (/^\d+(?:[.,]\d+)?$/.test(name)) return fullWeek(numberIn(name, { ...writing, takesCommas: true }), today);
      const [, from = '', hours = ''] = /^(\S+?)\s*:\s*(.*)$/s.exec(name) ?? [];
      const all = hours.split(/\s+/).filter(Boolean);
      if (from === '' || all.length !== 7)
        throw new Fault(`“${clipped(name)}” is no weekly pattern. Write the day it begins and seven hours, as 2026-01-01: 8 8 8 8 8 0 0`);
      return { from: dayIn(from, writing), hours: all.map((one) => numberIn(one, { ...writing, takesCommas: true })) };
    }),
};
export const patternsText = (all: readonly Pattern[]): string => listText(all.map(({ from, hours }) => `${from}: ${hours.join(' ')}`));

const nowhere = 'none';
/** `2027-01-01: PT; 2028-01-01: none`. */
export const moves: Part = {
  cleared: { to: undefined },
  read: (given, writing) =>
    listItems(given).map(({ name }) => {
      const [, from = '', region = ''] = /^(\S+?)\s*:\s*(.+)$/s.exec(name) ?? [];
      if (from === '') throw new Fault(`“${clipped(name)}” is no move. Write the day and the region, as 2027-01-01: PT`);
      return { from: dayIn(from, writing), region: region.toLowerCase() === nowhere ? null : nameIn(region) };
    }),
};
export const movesText = (all: readonly Move[]): string => listText(all.map(({ from, region }) => `${from}: ${region ?? nowhere}`));

/** `2026-01-01 to 2026-03-04`, the end left out where it is open. */
export const range: Part = {
  cleared: { to: undefined },
  read: (given, writing) => {
    const [, from = '', to = ''] = /^(\S+)(?:\s+to(?:\s+(\S+))?)?$/.exec(given.trim()) ?? [];
    if (from === '') throw new Fault(`“${clipped(given)}” is no range of days. Write 2026-01-01 to 2026-03-04`);
    return { from: dayIn(from, writing), to: to === '' ? null : dayIn(to, writing) };
  },
};
export const rangeText = ({ from, to }: { from: string; to: string | null }): string => `${from} to${to === null ? '' : ` ${to}`}`;

/** An amount of money as digits, in minor units: exact, so never by way of fractions. Throws Fault. */
export function minorIn(given: string, digits: number, writing: Writing): number {
  const number = String(numberIn(given, writing) < 0 ? Number.NaN : given.trim().replace(',', '.'));
  const [, whole = '', rest = ''] = /^(\d+)(?:\.(\d+))?$/.exec(number) ?? [];
  if (whole === '') throw new Fault('An amount is not below 0');
  if (rest.replace(/0+$/, '').length > digits) throw new Fault(`More decimals than the currency has: ${digits} at most`);
  return Number(whole + rest.slice(0, digits).padEnd(digits, '0'));
}
export const minorText = (minor: number, digits: number): string => {
  const all = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? all : `${all.slice(0, -digits)}.${all.slice(-digits)}`;
};
