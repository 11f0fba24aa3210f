import { ulid } from 'ulid';
import type { Collection, CollectionDef } from './collection.ts';
import type { AnyDef, Upcasts } from './definition.ts';
import { dumpOf, loadInto } from './dump.ts';
import { listeners } from './listeners.ts';
import { registry } from './registry.ts';
import { checkReader, checkSchema, firstSchema, type SchemaVersion } from './schema.ts';
import { sqliteCollection } from './sqlite-collection.ts';
import { openDatabase } from './sqlite-database.ts';
import { sqliteDump } from './sqlite-dump.ts';
import { sqliteLog } from './sqlite-log.ts';
import { sqliteOutbox } from './sqlite-outbox.ts';
import { createCollectionTable, createCommonTables, createLogTable, upcastAll } from './sqlite-schema.ts';
import { sqliteStanding } from './sqlite-standing.ts';
import type { Store } from './store.ts';

export interface SqliteStoreOptions {
  /** Its folder is made when missing; `:memory:` keeps nothing. */
  file: string;
  /** Stamps outbox entries and tombstones. */
  clock?: { now(): Date };
  /** What this release says of the database; 1 and 1 by default. */
  schema?: SchemaVersion;
}

/**
 * A store in one SQLite file, for one process: safe against `kill -9` and power loss. Tables and indexes are made
 * where a collection or log is declared, so a new file needs no migration. Throws StoreInUse while another connection
 * holds the file.
 */
export function sqliteStore({ file, clock, schema = firstSchema }: SqliteStoreOptions): Store {
  checkSchema(schema);
  const db = openDatabase(file);
  createCommonTables(db);
  const isNew = db.run(`INSERT INTO meta (key, value) VALUES ('epoch', ?) ON CONFLICT DO NOTHING`, [ulid()]) === 1;
  const now = () => (clock?.now() ?? new Date()).getTime();
  const declared = registry();
  const logs = new Map<string, Upcasts>();
  const standing = sqliteStanding(db, schema, isNew);
  const { usable, ready, markRestoring, migrate } = standing;
  const dumping = sqliteDump({ db, definitions: declared.definitions, logs, schema, standing });

  return {
    collection<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>): Collection<T, I> {
      return declared.collection(def, () => {
        createCollectionTable(db, def as unknown as AnyDef);
        const { tell, on } = listeners();
        return { collection: sqliteCollection(def, { db: usable, now, wrote: tell }), outbox: sqliteOutbox(def, usable, on) };
      });
    },
    outboxes: () => declared.outboxes(),
    sweep: (age) => declared.sweep(now() - age),
    log: (name, options) =>
      declared.log(name, () => {
        createLogTable(db, name);
        logs.set(name, options?.upcasts);
        const { tell, on } = listeners();
        return sqliteLog(name, options ?? {}, { db: usable, wrote: tell, onAppend: on });
      }),
    epoch: async () => String(db.get(`SELECT value FROM meta WHERE key = 'epoch'`)?.['value']),
    async renewEpoch() {
      const epoch = ulid();
      await db.write(() => db.run(`UPDATE meta SET value = ? WHERE key = 'epoch'`, [epoch]));
      return epoch;
    },
    dump: () => dumpOf(dumping),
    load: (lines, options) => loadInto(dumping, lines, options),
    markRestoring,
    migrate: () =>
      migrate(async () => {
        for (const def of declared.definitions()) await upcastAll(db, def);
      }),
    async requireReader(version) {
      checkReader(schema, version);
      if (standing.kept().oldestReader < version) await standing.raise({ ...schema, oldestReader: version });
    },
    ready: async () => ready(),
    async ping() {
      db.get('SELECT 1 AS one');
    },
    close: () => db.close(),
  };
}
