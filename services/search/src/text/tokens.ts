import { isPlain } from '@sidekick/contracts/names';
import { stemmer } from 'stemmer';
import { stopWords, withoutMarks } from './forms.ts';
import { lettersOf, run } from './words.ts';

/** Stands between the letters of a run; the tokenizer ends a word there, and no text holds it. */
const gap = '\u001f';
/** Stands behind a word that has no stem; the tokenizer takes it for a letter, and no text holds it. */
const whole = '\ue002';

const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const stopStems = new Set([...stopWords].map((stop) => stemmer(stop)));

/** Whether the stemmer would take a word for one that says nothing, as it does the name Ines (`in`) and ISE (`is`). */
function isLost(text: string): boolean {
  const seen = isPlain(text) ? text.toLowerCase() : withoutMarks(text.toLowerCase());
  return /^[a-z]+$/.test(seen) && !stopWords.has(seen) && stopStems.has(stemmer(seen));
}

/** What the tokenizer reads of a text or of a query: composed, with a gap around each letter of a run, and lost words kept whole. */
export function tokensOf(text: string): string {
  const known = new Map<string, string>();
  return text
    .normalize('NFC')
    .replaceAll(run, (found) => `${gap}${lettersOf(found).join(gap)}${gap}`)
    .replaceAll(word, (found) => {
      const kept = known.get(found) ?? (isLost(found) ? found + whole : found);
      known.set(found, kept);
      return kept;
    });
}

/** What `tokensOf` was made of, composed. */
export const asWritten = (tokens: string): string => tokens.replaceAll(gap, '').replaceAll(whole, '');
