import type { SearchAnswer, SearchNote } from '@sidekick/contracts';
import { correct, editsFor } from '../query/correct.ts';
import { after, markOf, writeCursor } from '../query/cursor.ts';
import { most, type ParsedQuery, withoutStopWords } from '../query/parse.ts';
import { isUnspaced } from '../text/words.ts';
import type { Audience, Found, Reads, SearchRequest } from './engine.ts';

/** Known words of an audience, read once after every change of the index. */
export type Vocabulary = (audience: Audience) => readonly (readonly [string, number])[];

export function vocabularyOf(reads: Pick<Reads, 'words'>, version: () => number): Vocabulary {
  const kept = new Map<Audience, { version: number; words: (readonly [string, number])[] }>();
  return (audience) => {
    const found = kept.get(audience);
    if (found?.version === version()) return found.words;
    const words = [...reads.words(audience)];
    kept.set(audience, { version: version(), words });
    return words;
  };
}

/** Unknown words of a query that are compared with all known ones, which takes milliseconds each; the rest stays as typed. */
const mostCorrected = 8;

/**
 * Answers a query: words that the index does not know are corrected and the answer says so; known words never are. What was
 * read otherwise than it was typed is in the notes.
 */
export function answer(reads: Reads, vocabulary: Vocabulary, request: SearchRequest): SearchAnswer {
  const began = performance.now();
  const { audience, type, cursor, limit } = request;
  const notes: SearchNote[] = request.query.left > 0 ? [{ kind: 'shortened', words: [], count: request.query.left }] : [];
  if (cursor.at !== null && cursor.at !== request.newestEvent) notes.push({ kind: 'moved', words: [], count: 0 });
  const { query, dashes } = settled(reads, request);
  const corrected = request.exact ? { query, corrections: [] } : corrections(reads, vocabulary, query, audience);
  const find = (asked: ParsedQuery): Found =>
    reads.search({ query: asked, audience, type, seen: new Set(cursor.seen), place: cursor.place, limit });
  let found = find(corrected.query);
  let spelled = corrected.corrections;
  if (!request.exact && query.phrases.length > 0 && sum(found.counts) === 0) {
    const loose = corrections(reads, vocabulary, inWords(query), audience);
    found = find(loose.query);
    spelled = loose.corrections;
    notes.push({ kind: 'phrase', words: query.phrases.map((phrase) => phrase.join(' ')), count: query.phrases.length });
  }
  const marks = found.items.map((hit) => markOf(hit.id, hit.type === 'section' ? hit.anchor : ''));
  return {
    items: found.items,
    nextCursor: found.more ? writeCursor(after(cursor, marks, request.newestEvent)) : null,
    total: type ? found.counts[type] : sum(found.counts),
    counts: found.counts,
    corrections: spelled,
    notes: [...dashes, ...notes],
    took: Math.round((performance.now() - began) * 100) / 100,
  };
}

const sum = ({ section, person, project }: Found['counts']): number => section + person + project;

/** A word after a dash is an option where pages write it so, else it is excluded, as a field after one always is. */
function settled(reads: Reads, { query, audience, typing }: SearchRequest): { query: ParsedQuery; dashes: SearchNote[] } {
  const isOption = ([first = '']: readonly string[]) =>
    reads.hasOption(`-${first}`, audience) || (typing && reads.wordsFrom(`-${first}`, audience, 1).length > 0);
  const options = query.dashed.filter(isOption);
  const excluded = [...query.excluded, ...query.dashed.filter((words) => !options.includes(words))];
  const room = Math.max(0, most.words - query.words.length);
  const words = [...new Set([...query.words, ...options.flat().slice(0, room)])];
  const told = (kind: 'option' | 'excluded', what: readonly string[]): SearchNote[] =>
    what.length > 0 ? [{ kind, words: [...what], count: what.length }] : [];
  const textOf = (run: readonly string[]) => run.join(' ');
  const without = [...excluded.map(textOf), ...query.excludedFilters.map(({ field, value }) => `${field}:${value}`)];
  return {
    query: { ...query, words, excluded, dashed: [] },
    dashes: [...told('option', options.map(textOf)), ...told('excluded', without)],
  };
}

/** The words of its phrases, since nothing holds them in this order. */
function inWords(query: ParsedQuery): ParsedQuery {
  const words = [...new Set([...query.words, ...query.phrases.flat()])].slice(0, most.words);
  return { ...query, words: withoutStopWords(words, { ...query, phrases: [] }), phrases: [] };
}

interface Corrected {
  query: ParsedQuery;
  corrections: { from: string; to: string }[];
}

function corrections(reads: Reads, vocabulary: Vocabulary, query: ParsedQuery, audience: Audience): Corrected {
  const made: Corrected['corrections'] = [];
  let compared = 0;
  const words = query.words.map((word) => {
    if (compared >= mostCorrected || isUnspaced(word) || editsFor(word) === 0 || reads.knows(word, audience)) return word;
    compared += 1;
    const to = correct(word, vocabulary(audience));
    if (to) made.push({ from: word, to });
    return to ?? word;
  });
  const spelled = new Map(made.map(({ from, to }) => [from, to]));
  const again = query.again.map((word) => spelled.get(word) ?? word);
  const beginning = correctedBeginning(reads, vocabulary, query.prefix, audience);
  if (!beginning) return { query: { ...query, words, again }, corrections: made };
  return { query: { ...query, words: [...words, beginning.to], again, prefix: null }, corrections: [...made, beginning] };
}

/** A last word that no known word begins with is taken as typed to its end, and corrected. */
function correctedBeginning(
  reads: Reads,
  vocabulary: Vocabulary,
  prefix: string | null,
  audience: Audience,
): { from: string; to: string } | null {
  if (!prefix || editsFor(prefix) === 0) return null;
  if (reads.wordsFrom(prefix, audience, 1).length > 0 || reads.knows(prefix, audience)) return null;
  const to = correct(prefix, vocabulary(audience));
  return to ? { from: prefix, to } : null;
}
