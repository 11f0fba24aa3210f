import type { SearchAnswer, SearchNote } from '@sidekick/contracts';
import { after, markOf, writeCursor } from '../query/cursor.ts';
import { most, type ParsedQuery, withoutStopWords } from '../query/parse.ts';
import type { Audience, Found, Reads, SearchRequest } from './engine.ts';
import { asTyped, type Read, readAs } from './read-as.ts';

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
  const read = request.exact ? asTyped(query) : readAs(reads, () => vocabulary(audience), query, audience);
  const find = ({ query: asked, also }: Read): Found =>
    reads.search({ query: asked, also, audience, type, seen: new Set(cursor.seen), place: cursor.place, limit });
  let found = find(read);
  let spelled = read.corrections;
  if (!request.exact && query.phrases.length > 0 && sum(found.counts) === 0) {
    const loose = readAs(reads, () => vocabulary(audience), inWords(query), audience);
    found = find(loose);
    spelled = loose.corrections;
    notes.push({ kind: 'phrase', words: query.phrases.map((phrase) => phrase.join(' ')), count: query.phrases.length });
  }
  const marks = found.items.map(({ id }) => markOf(id));
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
