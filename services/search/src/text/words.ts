/**
 * Words of texts. Scripts that are written without blanks between words (Chinese, Japanese, Thai…), and Korean with its endings,
 * are kept letter by letter in the index, so that whatever stands inside a run is found as it is written. So are signs such as emoji.
 */

const letter = String.raw`(?:\p{So}|(?=[\p{L}\p{N}])[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}])\p{M}*`;
export const run = new RegExp(`(?:${letter})+`, 'gu');
const letters = new RegExp(letter, 'gu');
const unspaced = new RegExp(`^${letter}`, 'u');
/** Whether a word is a run of a script without blanks, or of signs. */
export const isUnspaced = (word: string): boolean => unspaced.test(word);
export const lettersOf = (word: string): string[] => word.match(letters) ?? [];

/** Words of a text: runs of letters, digits and their marks, composed, lower case. `snake_case` is two words, `camelCase` one. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll(run, ' $& ')
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*|(?:\p{So}\p{M}*)+/gu) ?? []
  );
}

/** Options of commands as they stand in a text: a dash after a blank, before a letter. With the dash, lower case. */
export const optionsOf = (text: string): string[] =>
  [...text.matchAll(/(?<![^\s`'"([=])-(?=\p{L})[\p{L}\p{N}]+/gu)].map(([option]) => option.normalize('NFC').toLowerCase());

/** Parts of identifiers that the tokenizer keeps whole: `camelCase` also as `camel Case`. */
export function identifierParts(text: string): string {
  const parts = new Set<string>();
  for (const [word] of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const inParts = word.replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ');
    if (inParts !== word) parts.add(inParts);
  }
  return [...parts].join(' ');
}

/** Words that are written with dashes or underscores, as one: `pre-commit` also as `precommit`. */
export const joinedWords = (text: string): string[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}_-])[\p{L}\p{N}]{1,20}(?:[-_][\p{L}\p{N}]{1,20}){1,2}(?![\p{L}\p{N}_-])/gu)].map(([found]) =>
    found.replaceAll(/[-_]/g, '').toLowerCase(),
  );
