import { writing } from './writing.ts';

/** Marks of the direction of writing, which stand in numbers that are pasted. */
const directions = /[\u061C\u200E\u200F]/g;

/** Every decimal digit as 0 to 9: those of a script follow each other, ten by ten. */
export const inLatinDigits = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(directions, '')
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      let first = code;
      while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
      return String((code - first) % 10);
    });

/** Digits of any script as 0 to 9 and the decimal sign, a comma or U+066B as well as a point, as a point. Groups are no number here. */
export const tidyNumber = (text: string): string => inLatinDigits(text).replace(/(\d)[,\u066B](?=\d)/g, '$1.');

/** A number as it is edited: two decimals at most, the reader's decimal sign, no thousands apart. */
export const editable = (value: number): string => String(Math.round(value * 100) / 100).replace('.', writing().decimalSign);
