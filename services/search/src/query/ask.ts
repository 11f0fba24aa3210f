import type { SearchAnswer } from '@sidekick/contracts';
import type { Audience, Engine } from '../engine/engine.ts';
import type { Kind } from '../index/documents.ts';
import { correct, editsFor } from './correct.ts';
import { type ParsedQuery, parseQuery } from './parse.ts';

/** Known words of each audience, read once after every change of the index. */
export type Vocabulary = (audience: Audience) => readonly (readonly [string, number])[];

export function vocabularyOf(engine: Engine, version: () => number): Vocabulary {
  const kept = new Map<Audience, { version: number; words: (readonly [string, number])[] }>();
  return (audience) => {
    const found = kept.get(audience);
    if (found?.version === version()) return found.words;
    const words = [...engine.words(audience)];
    kept.set(audience, { version: version(), words });
    return words;
  };
}

export interface SearchRequest {
  q: string;
  type: Kind | null;
  audience: Audience;
  offset: number;
  limit: number;
  /** No correction. */
  exact: boolean;
  typing: boolean;
}

/** Unknown words of a query that are compared with all known ones, which takes milliseconds each; the rest stays as typed. */
const mostCorrected = 8;

/** Answers a query: words that the index does not know are corrected and the answer says so; known words never are. */
export function answer(engine: Engine, vocabulary: Vocabulary, request: SearchRequest): SearchAnswer {
  const began = performance.now();
  const query = parseQuery(request.q, request.typing);
  const corrections: { from: string; to: string }[] = [];
  if (!request.exact) {
    let compared = 0;
    query.words = query.words.map((word) => {
      if (compared >= mostCorrected || editsFor(word) === 0 || engine.knows(word, request.audience)) return word;
      compared += 1;
      const to = correct(word, vocabulary(request.audience));
      if (to) corrections.push({ from: word, to });
      return to ?? word;
    });
    correctBeginning(query, corrections, engine, vocabulary, request.audience);
  }
  const { audience, type, offset, limit } = request;
  const { items, counts } = engine.search({ query, audience, type, offset, limit });
  const total = type ? counts[type] : counts.section + counts.person + counts.project;
  const next = offset + items.length;
  return {
    items,
    nextCursor: items.length > 0 && next < total ? String(next) : null,
    total,
    counts,
    corrections,
    took: Math.round((performance.now() - began) * 100) / 100,
  };
}

/** A last word that no known word begins with is taken as typed to its end, and corrected. */
function correctBeginning(
  query: ParsedQuery,
  corrections: { from: string; to: string }[],
  engine: Engine,
  vocabulary: Vocabulary,
  audience: Audience,
): void {
  const { prefix } = query;
  if (!prefix || editsFor(prefix) === 0) return;
  if (engine.wordsFrom(prefix, audience, 1).length > 0 || engine.knows(prefix, audience)) return;
  const to = correct(prefix, vocabulary(audience));
  if (!to) return;
  corrections.push({ from: prefix, to });
  query.words.push(to);
  query.prefix = null;
}
