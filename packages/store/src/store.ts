import type { Collection, CollectionDef, Outbox } from './collection.ts';
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
  /** Creates tables and indexes; idempotent. A step of its own on the real side. */
  migrate(): Promise<void>;
  /** Resolves when the store answers; rejects within two seconds otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
