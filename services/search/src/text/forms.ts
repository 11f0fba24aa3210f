import { isPlain, typedKey } from '@sidekick/contracts/names';

/** English words too frequent to say anything. */
export const stopWords = new Set(
  `a about all also an and any are as at be been being between both but by can could did do does each for from had has have he her his how i
  in into is it its may me more most my no nor not of on only or other our out over own same she should so some such than that the their
  them then there these they this those through to under until up very via was we were what when where which while who whom why will with
  would you your`.split(/\s+/),
);

const german = new Map(Object.entries({ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }));
export const withoutMarks = (text: string): string => text.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '');

/** The form by which people look for a name, also where letters were typed in full width or as a ligature. */
export const keyOf = (text: string): string => typedKey(text.normalize('NFKC'));

/** A text as its key, and as it is spelled where the letters are not to be had: `müller` also `mueller`. */
export function keysOf(text: string): string[] {
  const spelled = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[äöüåø]/g, (letter) => german.get(letter) ?? letter);
  return [...new Set([keyOf(text), typedKey(spelled)])];
}

/** The forms of a word that stand beside it; one of plain letters has none. */
export const otherKeysOf = (word: string): string[] => (isPlain(word) ? [] : keysOf(word));

/** Other spellings of a lower-case word that the tokenizer does not see in it: `łukasz` is also `lukasz`, `özil` also `oezil`, `ｓｑｌ` also `sql`. */
export function otherForms(word: string): string[] {
  const seen = withoutMarks(word);
  return otherKeysOf(word).filter((form) => form !== seen);
}

/** `O’Neill` is also `oneill`. */
export const joinedNames = (text: string): string[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}])(\p{L}{1,3})['’‘ʼ`´](\p{Lu}[\p{L}\p{N}]*)/gu)].map(([, before, after]) => `${before}${after}`);
