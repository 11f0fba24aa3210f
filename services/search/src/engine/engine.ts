import type { CompletionsAnswer, Envelope, SearchAnswer, SearchHit } from '@sidekick/contracts';
import type { Kind } from '../documents/documents.ts';
import type { Cursor } from '../query/cursor.ts';
import type { ParsedQuery } from '../query/parse.ts';
import type { Also } from './match.ts';

/** Who asks decides what exists: anonymous readers see public pages, no people or projects. */
export type Audience = 'public' | 'internal';

/** The service that owns an aggregate. */
export type Source = Envelope['source'];

export interface SearchRequest {
  query: ParsedQuery;
  type: Kind | null;
  audience: Audience;
  cursor: Cursor;
  limit: number;
  /** No correction, and phrases as they were quoted. */
  exact: boolean;
  typing: boolean;
  /** Instant of the newest event in the index. */
  newestEvent: string | null;
}

export interface Ask {
  query: ParsedQuery;
  /** What its words are also written as. */
  also: Also;
  audience: Audience;
  type: Kind | null;
  /** Marks of the hits that were answered before, which are left out. */
  seen: ReadonlySet<string>;
  /** Hits to pass over where nothing was seen. */
  place: number;
  limit: number;
}

export interface Found {
  items: SearchHit[];
  /** Matches in all and by kind, of what this audience may see. */
  counts: Record<Kind, number>;
  /** Whether there is a hit after these. */
  more: boolean;
}

export interface CompletionRequest {
  text: string;
  audience: Audience;
  limit: number;
}
export type Completion = CompletionsAnswer['items'][number];

/** What can be asked of an index where it lies. */
export interface Reads {
  search(ask: Ask): Found;
  /** Titles that begin with a text, or hold a word that does. */
  complete(text: string, audience: Audience, limit: number): Completion[];
  /** Whether a word, in any of its forms, occurs in what this audience may see. */
  knows(word: string, audience: Audience): boolean;
  /** Whether a text holds these words beside each other, as they are written there. */
  writes(words: readonly string[], audience: Audience): boolean;
  /** Whether an option of a command, dash and all, does. */
  hasOption(option: string, audience: Audience): boolean;
  /** Words of what this audience may see, with the number of documents that hold them. */
  words(audience: Audience): Iterable<readonly [string, number]>;
  wordsFrom(prefix: string, audience: Audience, limit: number): string[];
}

export interface Taken {
  /** Whether the index has changed. */
  changed: boolean;
  /** The source has begun a new epoch: it is stale now, and what is being built will not take over. */
  restored: boolean;
}

/** An index that is built beside the one that answers. A crash leaves nothing of it. */
export interface Shadow {
  /** States of an owner's snapshot, which are no news. Throws when one is of an epoch that is over. */
  copy(states: readonly Envelope[]): Promise<void>;
  /** The next aggregates of a source from the index that answers; answers how many, 0 at the end. */
  copyOld(source: Source): Promise<number>;
  /** Forgets what a source said in epochs that are over. */
  settle(source: Source): Promise<void>;
  /** From now on this is the index that answers, with nothing stale; it survives power loss from here. Throws when it missed an event. */
  swap(): Promise<void>;
  discard(): Promise<void>;
}

/** A full-text engine: another one than FTS5 (decision 5) answers the same. */
export interface Engine {
  /**
   * `asker` is an account; all who have none are one asker. Throws TooCostly when it takes longer than a query may, TooBusy when
   * too many of one asker wait, or this one has waited too long.
   */
  search(request: SearchRequest, asker: string | null): Promise<SearchAnswer>;
  complete(request: CompletionRequest, asker: string | null): Promise<Completion[]>;
  /**
   * What an event says, here and in the shadow: it replaces all documents of its aggregate, unless this epoch's sequence, or a
   * later one, is there already, or its source has a later epoch.
   */
  take(event: Envelope): Promise<Taken>;
  /** Documents in the index. */
  size(): number;
  /** The newest epoch that was written of a source; null when nothing of it was. */
  epochOf(source: Source): string | null;
  /** Instant at which the last rebuild ended; null: none ever has, so there is no index to answer from. */
  builtAt(): string | null;
  /** Instant of the newest event in it; null: no event has reached it. */
  newestEventAt(): string | null;
  /** Sources that have said something which this index missed. */
  stale(): readonly Source[];
  /** Kept until a shadow takes over; one that is being built no longer will. */
  markStale(sources: readonly Source[]): Promise<void>;
  /** Begins an empty one; one at a time. */
  shadow(): Promise<Shadow>;
  /** Calls when the index was found damaged and an empty one stands in its place. */
  onDamage(listener: () => void): void;
  close(): Promise<void>;
}
