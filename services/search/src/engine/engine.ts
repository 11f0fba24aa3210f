import type { Envelope, SearchHit } from '@sidekick/contracts';
import type { IndexDocument, Kind } from '../index/documents.ts';
import type { ParsedQuery } from '../query/parse.ts';

/** Who asks decides what exists: anonymous readers see public pages, no people or projects. */
export type Audience = 'public' | 'internal';

/** The service that owns an aggregate. */
export type Source = Envelope['source'];

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

/** One aggregate with everything that can be found of it; without documents it is a tombstone, whose sequence is kept. */
export interface Aggregate {
  id: string;
  source: Source;
  epoch: string;
  sequence: number;
  documents: IndexDocument[];
}

/** Where aggregates are written to. */
export interface Writable {
  /**
   * Replaces all documents of the aggregate, unless this epoch's sequence, or a later one, is there already, or its source
   * has a later epoch. Answers whether it was written. `eventAt` is when the event that says so happened.
   */
  put(aggregate: Aggregate, eventAt?: string): boolean;
  /** The newest epoch that was written of a source; null when nothing of it was. */
  epochOf(source: Source): string | null;
}

/** An index that is built beside the one that answers. A crash leaves nothing of it. */
export interface Shadow extends Writable {
  /** Forgets what a source said in epochs that are over. */
  settle(source: Source): void;
  /** From now on this is the index that answers, with nothing stale; it survives power loss from here. */
  swap(): void;
  discard(): void;
}

/** A full-text engine. One suite runs against every implementation. */
export interface Engine extends Writable {
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
  /** The aggregates of a source, tombstones included, as they could be put again; may be written to meanwhile. */
  aggregates(source: Source): Iterable<Aggregate>;
  /** Instant at which the last rebuild ended; null: none ever has, so there is no index to answer from. */
  builtAt(): string | null;
  /** Instant of the newest event in it; null: no event has reached it. */
  newestEventAt(): string | null;
  /** Sources that have said something which this index missed. */
  stale(): Source[];
  /** Kept until a shadow takes over. */
  markStale(sources: readonly Source[]): void;
  /** Begins an empty one; one at a time. */
  shadow(): Shadow;
  close(): void;
}
