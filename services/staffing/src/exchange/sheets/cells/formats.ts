import { type Day, isoDay, partsOf } from '@sidekick/calendar';
import type { Cell } from './sheet.ts';

/** What the format of a number makes of it. */
export interface NumberFormat {
  readonly as: 'number' | 'date' | 'month' | 'percent' | 'hours' | 'days' | 'written percent';
}

const plain: NumberFormat = { as: 'number' };
/** Formats without a code of their own (ECMA-376, 18.8.30): 14-17 and 22 are dates of all languages, 27-36 and 50-58 of East Asia's. */
const builtIn = (id: number): NumberFormat => {
  if (id === 9 || id === 10) return { as: 'percent' };
  if (id === 17) return { as: 'month' };
  return (id >= 14 && id <= 16) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58) ? { as: 'date' } : plain;
};

export function formatOf(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return builtIn(id);
  const [first = ''] = code.slice(0, 500).split(';');
  const quoted = [...first.matchAll(/"([^"]*)"/g)].map(([, inside = '']) => inside.trim().toLowerCase());
  const bare = first.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').replaceAll(/general|standard/gi, '');
  if (bare.includes('%')) return { as: 'percent' };
  if (/[dy]/i.test(bare)) return { as: /d/i.test(bare) ? 'date' : 'month' };
  if (/m/i.test(bare) && !/[hs]/i.test(bare)) return { as: 'month' };
  if (quoted.includes('%')) return { as: 'written percent' };
  if (quoted.some((unit) => /^(?:h|hrs?|hours?)$/.test(unit))) return { as: 'hours' };
  return quoted.some((unit) => /^(?:d|days?)$/.test(unit)) ? { as: 'days' } : plain;
}

/** Its shortest decimal, without what binary fractions leave behind. */
const decimal = (value: number): string => {
  const short = Number(value.toPrecision(15));
  return Math.abs(short) < 1e21 && Math.abs(short) >= 1e-6 ? String(short) : short === 0 ? '0' : short.toFixed(20).replace(/\.?0+$/, '');
};

/** Day of a serial number in the calendar of 1900 with its 29 February, or of 1904. */
const dayOfSerial = (serial: number, since1904: boolean): Day => {
  const whole = Math.floor(serial) + (since1904 ? 1_462 : 0);
  return whole - 25_569 + (whole < 60 ? 1 : 0);
};
/** Beyond it no calendar of a spreadsheet goes: 31 December 9999. */
const lastSerial = 2_958_465;

export function numberCell(value: number, { as }: NumberFormat, since1904: boolean): Cell {
  if ((as === 'date' || as === 'month') && value >= 1 && value <= lastSerial) {
    const day = dayOfSerial(value, since1904);
    return { text: isoDay(day), is: 'date', day, ...(as === 'month' && partsOf(day).day === 1 ? { isMonth: true } : {}) };
  }
  if (as === 'percent') return { text: `${decimal(value * 100)}%`, is: 'number' };
  const unit = as === 'hours' ? 'h' : as === 'days' ? 'd' : as === 'written percent' ? '%' : '';
  return { text: `${decimal(value)}${unit}`, is: 'number' };
}
