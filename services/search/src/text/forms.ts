import { typedKey } from '@sidekick/contracts/names';
import { stemmer } from 'stemmer';

/** English words too frequent to say anything. */
export const stopWords = new Set(
  `a about all also an and any are as at be been being between both but by can could did do does each for from had has have he her his how i
  in into is it its may me more most my no nor not of on only or other our out over own same she should so some such than that the their
  them then there these they this those through to under until up very via was we were what when where which while who whom why will with
  would you your`.split(/\s+/),
);

const german = new Map(Object.entries({ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }));
const isPlain = /^[\0-\x7f]*$/;
const withoutMarks = (text: string): string => text.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '');

/** A text as its key, and as it is spelled where the letters are not to be had: `müller` also `mueller`. */
export function keysOf(text: string): string[] {
  const spelled = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöüåø]/g, (letter) => german.get(letter) ?? letter);
  return [...new Set([typedKey(text), typedKey(spelled)])];
}

/** Other spellings of a lower-case word that the tokenizer does not see in it: `łukasz` is also `lukasz`, `özil` also `oezil`. */
export function otherForms(word: string): string[] {
  if (isPlain.test(word)) return [];
  const seen = withoutMarks(word);
  return keysOf(word).filter((form) => form !== seen);
}

const stopStems = new Set([...stopWords].map((word) => stemmer(word)));

/**
 * A word that the stemmer would take for one that says nothing, as it does the name Ines (`in`), is kept once more in a form
 * that has no stem. Null for all others.
 */
export const unstemmed = (word: string): string | null =>
  /^[a-z]+$/.test(word) && !stopWords.has(word) && stopStems.has(stemmer(word)) ? `${word}0` : null;

/** `O’Neill` is also `oneill`. */
export const joinedNames = (text: string): string[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}])(\p{L}{1,3})['’‘ʼ`´](\p{Lu}[\p{L}\p{N}]*)/gu)].map(([, before, after]) => `${before}${after}`);
