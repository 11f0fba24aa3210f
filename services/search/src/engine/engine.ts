import type { SearchHit } from '@sidekick/contracts';
import type { IndexDocument, Kind } from '../index/documents.ts';
import type { ParsedQuery } from '../query/parse.ts';

/** Who asks decides what exists: anonymous readers see public pages, no people or projects. */
export type Audience = 'public' | 'internal';

export interface Ask {
  query: ParsedQuery;
  audience: Audience;
  type: Kind | null;
  offset: number;
  limit: number;
}

export interface Found {
  items: SearchHit[];
  /** Matches in all and by kind, of what this audience may see. */
  counts: Record<Kind, number>;
}

/** One aggregate with everything that can be found of it. */
export interface Aggregate {
  id: string;
  epoch: string;
  sequence: number;
  documents: IndexDocument[];
}

/** A full-text engine. One suite runs against every implementation. */
export interface Engine {
  /** Replaces all documents of the aggregate, unless this epoch's sequence, or a later one, is there already. Answers whether it was written. */
  put(aggregate: Aggregate): boolean;
  search(ask: Ask): Found;
  /** Titles that begin with a text, or hold a word that does. */
  complete(text: string, audience: Audience, limit: number): { text: string; type: Kind; id: string; path: string }[];
  /** Whether a word, in any of its forms, occurs in what this audience may see. */
  knows(word: string, audience: Audience): boolean;
  /** Words of what this audience may see, with the number of documents that hold them. */
  words(audience: Audience): Iterable<readonly [string, number]>;
  wordsFrom(prefix: string, audience: Audience, limit: number): string[];
  /** Documents in the index. */
  size(): number;
  /** Whether a full rebuild has once ended. */
  built(): boolean;
  markBuilt(): void;
  close(): void;
}
