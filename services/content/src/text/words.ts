import { isSeen, tidyName, unseen } from '@sidekick/contracts';

/** The beginning of a text, trimmed, at most `length` long and never half a character. */
export const cut = (text: string, length: number): string =>
  text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();

/** A name as a file spells it: tidy, without what cannot be seen, at most `length` long; empty for none. */
export function nameFrom(text: string, length: number): string {
  const name = cut(tidyName([...text].filter((char) => /\s/.test(char) || !unseen.test(char)).join('')), length);
  return isSeen(name) ? name : '';
}

/** Words of a file's or folder's name; the hyphens of a date or number stay. */
export const wordsOfName = (name: string): string =>
  name
    .replaceAll(/_+|(?<!\d)-+|-+(?!\d)/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
