import { minorDigits } from '@sidekick/contracts';
import { amountIn, amountWords } from '../../staffing/amounts.ts';
import { inLatinDigits } from '../../ui/typed-number.ts';

/** An amount as it stands in a field: with the reader's decimal sign, in the digits of every keyboard, without groups. */
export function editableAmount(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return amountIn(minor, currency, {
    numberingSystem: 'latn',
    useGrouping: false,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** `Euro` of EUR, in English as everything on screen. */
export const currencyName = (currency: string): string => new Intl.DisplayNames('en', { type: 'currency' }).of(currency) ?? currency;

export type TypedMoney = { ok: true; minor: number } | { ok: false; message: string };

/**
 * An amount as typed, in minor units: `85`, `85.50` and `85,50` whatever the reader's signs, with groups of three and the currency where
 * they are written, in the digits of any script. One sign alone is the decimal one, so `1,234` of a currency with two digits is refused and never read as either.
 */
export function typedAmount(text: string, currency: string, most: number): TypedMoney {
  const digits = minorDigits(currency);
  const words = inLatinDigits(text)
    .trim()
    .replace(new RegExp(`^${currency}|${currency}$`, 'i'), '')
    .replace(/^\p{Sc}|\p{Sc}$/u, '')
    .trim();
  const [whole = '', rest = ''] = parts(words, digits) ?? [];
  if (whole === '') return { ok: false, message: `“${text.trim()}” is no amount we know. Try ${example(currency)}` };
  if (rest.length > digits) return { ok: false, message: tooFine(currency, digits) };
  const minor = Number(whole + rest.padEnd(digits, '0'));
  if (minor > most) return { ok: false, message: `At most ${amountWords(most, currency)}` };
  return { ok: true, minor };
}

/** The Arabic decimal sign (U+066B) is one in every language; the sign of its thousands (U+066C) parts groups and nothing else. */
const arabicDecimal = '\u066B';
const groupSigns = /[ '’\u066C]/g;

/** Digits before and after the decimal sign; null where it is no number. */
function parts(words: string, digits: number): [string, string] | null {
  const spaced = /^\d{1,3}(?:[ '’\u066C]\d{3})+(?=[.,\u066B]|$)/.exec(words)?.[0] ?? '';
  const plain = spaced.replace(groupSigns, '') + words.slice(spaced.length);
  if (!/^\d[\d.,]*(?:\u066B\d*)?$/.test(plain)) return null;
  const signs = plain.replace(/\d/g, '');
  const last = signs.at(-1) ?? '';
  const groups = new Set(signs.slice(0, -1));
  if (last === arabicDecimal && groups.size > 1) return null;
  // Several of one sign are groups; so is the only one of a currency without digits after it.
  const decimal = last === arabicDecimal || (last !== '' && !groups.has(last) && groups.size < 2 && (groups.size === 1 || digits > 0));
  const at = decimal ? plain.lastIndexOf(last) : plain.length;
  const [first = '', ...others] = plain.slice(0, at).split(/[.,]/);
  const isGrouped = others.length > 0;
  if (isGrouped && (spaced !== '' || first.length > 3 || others.some((group) => group.length !== 3))) {
    return digits === 0 && others.length === 1 && groups.size === 0 ? [first, others[0] ?? ''] : null;
  }
  return [first + others.join(''), plain.slice(at + 1)];
}

const example = (currency: string): string => {
  const digits = minorDigits(currency);
  return digits === 0 ? '85' : `85 or ${editableAmount(85.5 * 10 ** digits, currency)}`;
};

const tooFine = (currency: string, digits: number): string =>
  digits === 0
    ? `${currency} has no digits after the decimal sign. Try ${example(currency)}`
    : `${currency} has ${digits} digits after the decimal sign. Try ${example(currency)}; write thousands without a sign`;
