import { ulid } from 'ulid';
import type { Collection, CollectionDef } from './collection.ts';
import type { AnyDef, Upcasts } from './definition.ts';
import { dumpOf, loadInto } from './dump.ts';
import { StoreUnavailable } from './errors.ts';
import { listeners } from './listeners.ts';
import { registry } from './registry.ts';
import { sqliteCollection } from './sqlite-collection.ts';
import { type Database, openDatabase } from './sqlite-database.ts';
import { sqliteDump } from './sqlite-dump.ts';
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
  const logs = new Map<string, Upcasts>();
  const { whole, mark } = wholeness(db);
  const dumping = sqliteDump({ db, definitions: declared.definitions, logs });

  return {
    collection<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>): Collection<T, I> {
      return declared.collection(def, () => {
        createCollectionTable(db, def as unknown as AnyDef);
        const { tell, on } = listeners();
        return { collection: sqliteCollection(def, { db: whole, now, wrote: tell }), outbox: sqliteOutbox(def, whole, on) };
      });
    },
    outboxes: () => declared.outboxes(),
    log: (name, options) =>
      declared.log(name, () => {
        createLogTable(db, name);
        logs.set(name, options?.upcasts);
        const { tell, on } = listeners();
        return sqliteLog(name, options?.upcasts, { db: whole, wrote: tell, onAppend: on });
      }),
    epoch: async () => String(db.get(`SELECT value FROM meta WHERE key = 'epoch'`)?.['value']),
    async renewEpoch() {
      const epoch = ulid();
      await db.write(() => db.run(`UPDATE meta SET value = ? WHERE key = 'epoch'`, [epoch]));
      return epoch;
    },
    dump: () => dumpOf(dumping),
    load: (lines, options) => loadInto(dumping, lines, options),
    markRestoring: mark,
    async migrate() {
      for (const def of declared.definitions()) await upcastAll(db, def);
    },
    async ping() {
      db.get('SELECT 1 AS one');
    },
    close: () => db.close(),
  };
}

/** The same database, but for reads and writes while a restore is under way or was interrupted. */
function wholeness(db: Database): { whole: Database; mark: Store['markRestoring'] } {
  let restoring = db.get(`SELECT 1 FROM meta WHERE key = 'restoring'`) !== undefined;
  const check = () => {
    if (restoring) throw new StoreUnavailable('a restore was interrupted: run it again');
  };
  const checked =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      check();
      return work(...args);
    };
  return {
    whole: { ...db, all: checked(db.all), get: checked(db.get), write: checked(db.write) as Database['write'] },
    async mark(now) {
      const sql = now ? `INSERT OR REPLACE INTO meta (key, value) VALUES ('restoring', '')` : `DELETE FROM meta WHERE key = 'restoring'`;
      await db.write(() => db.run(sql));
      restoring = now;
    },
  };
}
