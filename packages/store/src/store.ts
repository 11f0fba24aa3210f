import type { Collection, CollectionDef, Outbox } from './collection.ts';
import type { DumpLine, LoadOptions } from './dump.ts';
import type { Log } from './log.ts';

/** The database of one service. */
export interface Store {
  /** Declared collections only; the same definition twice answers the same collection. */
  collection<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>): Collection<T, I>;
  outboxes(): Outbox[];
  /** `upcasts[n]` turns entry schema n + 1 into n + 2. */
  log<E>(name: string, options?: { upcasts?: readonly ((old: unknown) => unknown)[] }): Log<E>;
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
  /** While it is marked, collections and logs of stores opened from then on reject with StoreUnavailable: it may be half of one thing, half of another. */
  markRestoring(restoring: boolean): Promise<void>;
  /** Creates tables and indexes; idempotent. A step of its own on the real side. */
  migrate(): Promise<void>;
  /** Resolves when the store answers; rejects within two seconds otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
