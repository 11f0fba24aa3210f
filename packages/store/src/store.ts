import type { Collection, CollectionDef, Outbox } from './collection.ts';
import type { DumpLine, LoadOptions } from './dump.ts';
import type { Log, LogOptions } from './log.ts';
import type { Ready } from './schema.ts';

/** The database of one service. */
export interface Store {
  /** Declared collections only; the same definition twice answers the same collection. */
  collection<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>): Collection<T, I>;
  outboxes(): Outbox[];
  /**
   * Forgets tombstones of all collections that are older than this many milliseconds by the clock that stamped them, and whose
   * events are all sent; answers how many. A log has none: its deletions are entries.
   */
  sweep(age: number): Promise<number>;
  log<E>(name: string, options?: LogOptions<E>): Log<E>;
  /** ULID of this database, renewed by a restore; sent in every event. */
  epoch(): Promise<string>;
  /** A new one: whoever follows this database reads it anew. Answers it. */
  renewEpoch(): Promise<string>;
  /** Everything declared here, each document as it was at one moment while writes go on; the same from either side. */
  dump(): AsyncIterable<DumpLine>;
  /**
   * Writes what `dump` gave; events that were unsent still are. Close it afterwards: what was read before is not true any more.
   * Throws Unstorable for what this release does not know, TakenKey for a claim of two; what came before it in the dump is then there.
   */
  load(lines: AsyncIterable<DumpLine>, options?: LoadOptions): Promise<void>;
  /** While it is marked no store that knows of it (some seconds later at most) can be used: it may be half of one thing, half of another. */
  markRestoring(restoring: boolean): Promise<void>;
  /**
   * Creates tables and indexes, writes documents of older schemas as the newest, then raises the schema document; idempotent.
   * A step of its own on the real side. Does nothing where a newer release has migrated, and throws StoreUnavailable where this
   * one may not run beside it. One that raises `oldestReader` first waits until the older ones have stopped, some seconds.
   */
  migrate(): Promise<void>;
  /**
   * Shuts out every release of a schema older than `version`, for good: called before the first thing is written that those could not
   * read. Cheap once it was done; on a server it resolves when they have stopped, some seconds later. Throws RangeError for a version
   * newer than this release's own.
   */
  requireReader(version: number): Promise<void>;
  /**
   * Whether this release may use the database as it has been migrated. While it may not, collections and logs reject with
   * StoreUnavailable, reads too, since what they would read is not theirs to understand. Rejects while the server is away.
   */
  ready(): Promise<Ready>;
  /** Resolves when the store answers; rejects within two seconds otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
