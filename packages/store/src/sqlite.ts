import { ulid } from 'ulid';
import type { Collection, CollectionDef } from './collection.ts';
import type { AnyDef } from './definition.ts';
import { listeners } from './listeners.ts';
import { registry } from './registry.ts';
import { sqliteCollection } from './sqlite-collection.ts';
import { openDatabase } from './sqlite-database.ts';
import { sqliteLog } from './sqlite-log.ts';
import { sqliteOutbox } from './sqlite-outbox.ts';
import { createCollectionTable, createCommonTables, createLogTable, upcastAll } from './sqlite-schema.ts';
import type { Store } from './store.ts';

export interface SqliteStoreOptions {
  /** Its folder is made when missing; `:memory:` keeps nothing. */
  file: string;
  /** Stamps outbox entries and tombstones. */
  clock?: { now(): Date };
}

/**
 * A store in one SQLite file, for one process: safe against `kill -9` and power loss. Tables and indexes are made
 * where a collection or log is declared. Throws StoreInUse while another connection holds the file.
 */
export function sqliteStore({ file, clock }: SqliteStoreOptions): Store {
  const db = openDatabase(file);
  createCommonTables(db);
  db.run(`INSERT INTO meta (key, value) VALUES ('epoch', ?) ON CONFLICT DO NOTHING`, [ulid()]);
  const now = () => (clock?.now() ?? new Date()).getTime();
  const declared = registry();

  return {
    collection<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>): Collection<T, I> {
      return declared.collection(def, () => {
        createCollectionTable(db, def as unknown as AnyDef);
        const { tell, on } = listeners();
        return { collection: sqliteCollection(def, { db, now, wrote: tell }), outbox: sqliteOutbox(def, db, on) };
      });
    },
    outboxes: () => declared.outboxes(),
    log: (name, options) =>
      declared.log(name, () => {
        createLogTable(db, name);
        const { tell, on } = listeners();
        return sqliteLog(name, options?.upcasts, { db, wrote: tell, onAppend: on });
      }),
    epoch: async () => String(db.get(`SELECT value FROM meta WHERE key = 'epoch'`)?.['value']),
    async migrate() {
      for (const def of declared.definitions()) await upcastAll(db, def);
    },
    async ping() {
      db.get('SELECT 1 AS one');
    },
    close: () => db.close(),
  };
}
