import { typedKey } from '@sidekick/contracts';
import { formerName } from '../state/words.ts';

/** What texts are searched for: each name and address of a person, and each part of a name that is part of nobody else's, all as `typedKey`. */
export function wordsOf(person: string, called: readonly string[], others: readonly string[]): string[] {
  const own = called.filter((name) => name !== '' && name !== formerName(person));
  const theirs = new Set(others.flatMap(partsOf));
  const parts = own.filter((name) => !name.includes('@')).flatMap(partsOf);
  const words = [...own.map(typedKey), ...own.flatMap(unspaced), ...parts.filter((part) => !theirs.has(part))];
  return [...new Set(words)].filter((word) => word.length > 1);
}

/** Of two letters only what is written as a name is ("Wu", and no "de" or "al"), or what has neither capitals nor blanks. */
const partsOf = (name: string): string[] =>
  name
    .split(' ')
    .filter((part) => typedKey(part).length > 2 || (typedKey(part).length === 2 && (isOfNoBlanks(part) || /^\p{Lu}/u.test(part))))
    .map(typedKey);

/** A name of a script that has no blanks, as it is written in a text. */
const unspaced = (name: string): string[] => (isOfNoBlanks(name) ? [typedKey(name).replaceAll(' ', '')] : []);

/** Scripts that have no blanks between words, or write endings close to a name. */
const noBlanks =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const isOfNoBlanks = (text: string): boolean => noBlanks.test(text);
const isLetter = (letter: string): boolean => /[\p{L}\p{N}\p{M}]/u.test(letter);

/** Whether a word may end between two letters. */
const isEdge = (inside: string, outside: string): boolean => !isLetter(outside) || noBlanks.test(inside) || noBlanks.test(outside);

/** Whether a text holds the word as a whole. */
export function holds(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (isEdge(firstOf(text, at), lastBefore(text, at)) && isEdge(lastBefore(text, end), firstOf(text, end))) return true;
  }
  return false;
}

const firstOf = (text: string, at: number): string => [...text.slice(at, at + 2)][0] ?? '';
const lastBefore = (text: string, at: number): string => [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
