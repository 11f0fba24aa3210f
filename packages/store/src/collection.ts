import type { Envelope } from '@sidekick/contracts';
import type { z } from 'zod';
import type { StaleVersion, TakenKey } from './errors.ts';

/**
 * Declares a collection once, for both sides. Queries name one of `indexes`. `unique` lists the claims that no other
 * live document may hold, e.g. `['path:/a', 'path:/old-a']`. `upcasts[n]` turns schema version n + 1 into n + 2; pure.
 */
export interface CollectionDef<T extends { _id: string }, I extends string = never> {
  name: string;
  schema: z.ZodType<T>;
  /** Index name to its fields, in order. Values of indexed fields are strings, numbers or null, never arrays. */
  indexes: Record<I, readonly (keyof T & string)[]>;
  unique?: (doc: T) => string[];
  upcasts?: readonly ((old: unknown) => unknown)[];
}

/** A document as it is kept. `version` starts at 1 and is raised by 1 with every write. */
export interface Stored<T> {
  readonly doc: T;
  readonly version: number;
}

/** The one unsent state event of a document; given the version that the write makes. */
export type EventOf = (version: number) => Envelope;

/** Equalities on leading fields of a named index, then at most one range on the next field, in index order. */
export interface Query<T, I extends string> {
  index: I;
  equals?: Partial<T>;
  /** Bounds on the first field of the index that `equals` does not name: `gte`/`gt` and `lte`/`lt`. */
  range?: { gte?: string | number; gt?: string | number; lte?: string | number; lt?: string | number };
  order?: 'asc' | 'desc';
  limit: number;
  cursor?: string | undefined;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type Write<T> =
  | { do: 'insert'; doc: T; event?: EventOf }
  | { do: 'replace'; old: Stored<T>; doc: T; event?: EventOf }
  | { do: 'remove'; old: Stored<T>; event?: EventOf };
export type WriteResult<T> = { ok: true; stored: Stored<T> | null } | { ok: false; error: StaleVersion | TakenKey };

/**
 * A write that rejects with StoreUnavailable was not done; one that rejects with AnswerLost may have been, a batch also in part. A batch
 * that ended with StoreFull may be written in part too: then the request has noted that it wrote.
 */
export interface Collection<T extends { _id: string }, I extends string = never> {
  /** Null when it is not there or deleted. */
  get(id: string): Promise<Stored<T> | null>;
  /** In the order of `ids`, without those that are not there. */
  getMany(ids: readonly string[]): Promise<Stored<T>[]>;
  /** The live document that holds a unique claim. */
  byKey(key: string): Promise<Stored<T> | null>;
  query(query: Query<T, I>): Promise<Page<Stored<T>>>;
  /** Throws TakenKey when the id (also of a deleted document) or a claim is taken. */
  insert(doc: T, event?: EventOf): Promise<Stored<T>>;
  /** Compare-and-set. Throws StaleVersion when somebody else has written since, TakenKey when a claim is taken. */
  replace(old: Stored<T>, doc: T, event?: EventOf): Promise<Stored<T>>;
  /** Leaves a tombstone: body cleared, claims released, version raised; the id is never given again. Throws StaleVersion. */
  remove(old: Stored<T>, event?: EventOf): Promise<{ version: number }>;
  /**
   * Deletes for good what `equals` finds in an index, and answers how many: no tombstones, and ids that may be given again.
   * Only for what nobody is told of by events, e.g. parts of a document that is gone.
   */
  erase(what: Pick<Query<T, I>, 'index' | 'equals'>): Promise<number>;
  /** Each write by itself, results in order; a batch may share one commit. Two writes of one document in a batch: the second is stale. */
  writeMany(writes: readonly Write<T>[]): Promise<WriteResult<T>[]>;
  /** All live documents and tombstones in order of id, for snapshots and backups. */
  scan(): AsyncIterable<{ id: string; version: number; doc: T | null }>;
  /** Forgets tombstones made before `olderThan` (milliseconds since the epoch) whose events are all sent; answers how many. */
  sweep(olderThan: number): Promise<number>;
}

/** The side of a collection that the relay sees. */
export interface Outbox {
  readonly name: string;
  /** Oldest first by the time the event was written. */
  unsent(limit: number): Promise<{ id: string; version: number; event: Envelope; writtenAt: number }[]>;
  /** Clears each event of that version without raising the version; nothing happens to one behind which a newer one waits. */
  sent(events: readonly { id: string; version: number }[]): Promise<void>;
  /** Milliseconds since the epoch at which the oldest unsent event was written; null when none waits. */
  oldestUnsent(): Promise<number | null>;
  /** Calls back after every write of this process that carries an event; names the document where other processes share the store. */
  onWrite(listener: (id?: string) => void): () => void;
}
