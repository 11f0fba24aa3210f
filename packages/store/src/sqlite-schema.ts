import { type AnyDef, schemaOf, upcast } from './definition.ts';
import type { Database } from './sqlite-database.ts';

/** What an index column holds for null: below every number that JSON has. NULL itself compares with nothing. */
export const nothing = Number.NEGATIVE_INFINITY;

export const tableOf = (collection: string): string => `"doc:${collection}"`;
export const logTableOf = (log: string): string => `"log:${log}"`;
export const columnOf = (field: string): string => (field === '_id' ? 'id' : `"f:${field}"`);

export function createCommonTables(db: Database): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS claims (
      collection TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (collection, key)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS claims_of ON claims (collection, id);
    CREATE TABLE IF NOT EXISTS snapshots (
      log TEXT PRIMARY KEY NOT NULL, head INTEGER NOT NULL, schema INTEGER NOT NULL, state TEXT NOT NULL
    );`);
}

export function createLogTable(db: Database, log: string): void {
  db.exec(`CREATE TABLE IF NOT EXISTS ${logTableOf(log)} (
    number INTEGER PRIMARY KEY NOT NULL, request_id TEXT NOT NULL UNIQUE, schema INTEGER NOT NULL, entry TEXT NOT NULL
  )`);
}

/** A tombstone is a row without a body. `event*` and `written_at` are the outbox. */
export function createCollectionTable(db: Database, def: AnyDef): void {
  const table = tableOf(def.name);
  db.exec(`
    CREATE TABLE IF NOT EXISTS ${table} (
      id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT,
      event TEXT, event_version INTEGER, written_at INTEGER, deleted_at INTEGER
    );
    CREATE INDEX IF NOT EXISTS "${def.name} unsent" ON ${table} (written_at, id) WHERE event IS NOT NULL;
    CREATE INDEX IF NOT EXISTS "${def.name} deleted" ON ${table} (deleted_at) WHERE body IS NULL;`);
  createColumns(db, def);
  createIndexes(db, def);
}

/** Computed from the body when read or indexed, so that a new index needs no rewrite of documents. */
function createColumns(db: Database, def: AnyDef): void {
  const present = new Set(db.all(`SELECT name FROM pragma_table_xinfo(?)`, [`doc:${def.name}`]).map((row) => row['name']));
  for (const field of new Set(Object.values(def.indexes).flat())) {
    if (field === '_id' || present.has(`f:${field}`)) continue;
    const value = `ifnull(json_extract(body, '$."${field}"'), -9e999)`;
    db.exec(`ALTER TABLE ${tableOf(def.name)} ADD COLUMN ${columnOf(field)} GENERATED ALWAYS AS (${value}) VIRTUAL`);
  }
}

/** Indexes that changed are made anew, those no longer declared are dropped. */
function createIndexes(db: Database, def: AnyDef): void {
  const wanted = new Map(
    Object.entries(def.indexes).map(([name, fields]) => {
      const columns = [...new Set([...fields.map(columnOf), 'id'])].join(', ');
      return [
        `${def.name} by ${name}`,
        `CREATE INDEX "${def.name} by ${name}" ON ${tableOf(def.name)} (${columns}) WHERE body IS NOT NULL`,
      ];
    }),
  );
  const present = db.all(`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?`, [`doc:${def.name}`]);
  for (const { name, sql } of present) {
    if (!String(name).startsWith(`${def.name} by `)) continue;
    if (wanted.get(String(name)) === sql) wanted.delete(String(name));
    else db.exec(`DROP INDEX "${name}"`);
  }
  for (const sql of wanted.values()) db.exec(sql);
}

/** Writes documents of older schema versions as the newest; their version stays, since nothing they say has changed. */
export async function upcastAll(db: Database, def: AnyDef): Promise<void> {
  const schema = schemaOf(def.upcasts);
  const table = tableOf(def.name);
  const some = () => db.all(`SELECT id, version, schema, body FROM ${table} WHERE schema < ? AND body IS NOT NULL LIMIT 200`, [schema]);
  for (let rows = some(); rows.length > 0; rows = some()) {
    await Promise.all(
      rows.map((row) => {
        const text = JSON.stringify(upcast(JSON.parse(String(row['body'])), Number(row['schema']), def.upcasts));
        const { id, version } = row as { id: string; version: number };
        return db.write(() => db.run(`UPDATE ${table} SET schema = ?, body = ? WHERE id = ? AND version = ?`, [schema, text, id, version]));
      }),
    );
  }
}
