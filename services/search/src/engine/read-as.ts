import type { SearchAnswer } from '@sidekick/contracts';
import { correct, correctBeginning, editsFor } from '../query/correct.ts';
import { describes, type ParsedQuery } from '../query/parse.ts';
import { spelledOut, standsFor } from '../text/abbreviations.ts';
import { stopWords } from '../text/forms.ts';
import { spellingsOf } from '../text/spellings.ts';
import { isUnspaced } from '../text/words.ts';
import type { Audience, Reads } from './engine.ts';
import type { Also } from './match.ts';

type Known = readonly (readonly [string, number])[];
type Corrections = SearchAnswer['corrections'];

/** A query as the index understands it. */
export interface Read {
  query: ParsedQuery;
  /** What its words are also written as, which no correction tells. */
  also: Also;
  /** Words the index does not know and what is searched instead. */
  corrections: Corrections;
}

/** Unknown words of a query that are compared with all known ones, which takes milliseconds each; the rest stays as typed. */
const mostCorrected = 8;
/** Unknown words that are taken apart, and pairs of neighbours that are put together. */
const mostSplit = 4;
const mostJoined = 24;
const longestSplit = 24;
/** Other writings of one word. */
const mostAlso = 4;

export const asTyped = (query: ParsedQuery): Read => ({ query, also: new Map(), corrections: [] });

/**
 * Words that pages write otherwise: joined or split, in British or American spelling, short or spelled out. A known word keeps its
 * meaning and, where a query names something, is found in those forms too; neighbours are put together where no page writes them apart. One that is not known gives way to the first of: another form that is, its two halves, the
 * word nearest to it, the word that it is the beginning of; the answer says so.
 */
export function readAs(reads: Reads, known: () => Known, query: ParsedQuery, audience: Audience): Read {
  const knows = (word: string) => reads.knows(word, audience);
  const also = new Map<string, string[]>();
  const add = (word: string, forms: readonly string[]) => {
    if (forms.length > 0) also.set(word, [...new Set([...(also.get(word) ?? []), ...forms])].slice(0, mostAlso));
  };
  for (const { parts, joined } of neighbours(query.runs))
    if (knows(joined) && !reads.writes(parts, audience)) for (const part of parts) add(part, [joined]);
  const made: Corrections = [];
  const left = { compared: mostCorrected, split: mostSplit };
  const words = query.words.map((word) => {
    if (isUnspaced(word)) return word;
    const forms = [...spellingsOf(word), ...standsFor(word)].slice(0, 2 * mostAlso).filter(knows);
    if (also.has(word) || knows(word)) {
      if (!describes(query)) add(word, forms);
      return word;
    }
    const [first, ...others] = forms;
    const to = first ?? insteadOf(word, { known, knows, left });
    if (!to) return word;
    made.push({ from: word, to });
    add(to, others);
    return to;
  });
  const spelled = new Map(made.map(({ from, to }) => [from, to]));
  const again = query.again.map((word) => spelled.get(word) ?? word);
  const beginning = beginningOf(reads, known, query.prefix, audience);
  if (!beginning) return { query: { ...query, words, again }, also, corrections: made };
  return {
    query: { ...query, words: [...words, beginning.to], again, prefix: null, before: [] },
    also,
    corrections: [...made, beginning],
  };
}

/** Two or three words that stand beside each other, and as one word: `lnk 2019` is also `lnk2019`. */
const neighbours = (runs: readonly string[][]): { parts: string[]; joined: string }[] =>
  runs
    .flatMap((run) => [2, 3].flatMap((length) => run.slice(length - 1).map((_, at) => run.slice(at, at + length))))
    .map((parts) => ({ parts, joined: parts.join('') }))
    .filter(({ parts, joined }) => !parts.some(isUnspaced) && joined.length > 2 && !stopWords.has(joined))
    .slice(0, mostJoined);

interface Ways {
  known: () => Known;
  knows: (word: string) => boolean;
  /** What may still be looked for. */
  left: { compared: number; split: number };
}

/** What stands for a word that the index does not know; null when nothing does. */
function insteadOf(word: string, { known, knows, left }: Ways): string | null {
  const whole = spelledOut(word, known());
  if (whole) return whole;
  if (left.split > 0) {
    left.split -= 1;
    const halves = halvesOf(word).find(knows);
    if (halves) return halves;
  }
  if (left.compared <= 0 || editsFor(word) === 0) return null;
  left.compared -= 1;
  return correct(word, known()) ?? correctBeginning(word, known());
}

/** A word in two, first where letters meet digits: `oncall` as `on call`. */
function halvesOf(word: string): string[] {
  if (word.length < 4 || word.length > longestSplit) return [];
  const places = Array.from({ length: word.length - 3 }, (_, at) => at + 2);
  const meets = (at: number) => /\p{N}/u.test(word[at - 1] ?? '') !== /\p{N}/u.test(word[at] ?? '');
  return [...places.filter(meets), ...places.filter((at) => !meets(at))].map((at) => `${word.slice(0, at)} ${word.slice(at)}`);
}

/** A last word that no known word begins with is taken for the beginning that is nearest, or for a word that ends there. */
function beginningOf(reads: Reads, known: () => Known, prefix: string | null, audience: Audience): Corrections[number] | null {
  if (!prefix) return null;
  if (reads.wordsFrom(prefix, audience, 1).length > 0 || reads.knows(prefix, audience)) return null;
  const form = [...spellingsOf(prefix), ...standsFor(prefix)].find((one) => reads.knows(one, audience));
  const to = form ?? (editsFor(prefix) === 0 ? null : (correct(prefix, known()) ?? correctBeginning(prefix, known())));
  return to ? { from: prefix, to } : null;
}
