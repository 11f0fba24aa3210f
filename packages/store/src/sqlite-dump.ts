import type { Envelope } from '@sidekick/contracts';
import type { Row } from '@sidekick/sqlite';
import type { AnyDef, Upcasts } from './definition.ts';
import type { DocumentLine, DumpSide, EntryLine, Loaded } from './dump.ts';
import { TakenKey } from './errors.ts';
import type { SchemaVersion } from './schema.ts';
import type { Database } from './sqlite-database.ts';
import { logTableOf, tableOf } from './sqlite-schema.ts';
import type { SqliteStanding } from './sqlite-standing.ts';

export interface SqliteDumpParts {
  db: Database;
  definitions: () => readonly AnyDef[];
  logs: ReadonlyMap<string, Upcasts>;
  schema: SchemaVersion;
  standing: SqliteStanding;
}

/** Rows as they are, past collections and logs. */
export function sqliteDump({ db, definitions, logs, schema, standing }: SqliteDumpParts): DumpSide {
  const tables = () => [...definitions().map(({ name }) => tableOf(name)), ...[...logs.keys()].map(logTableOf)];
  const positionKey = (log: string) => `position:${log}`;
  return {
    schema,
    kept: async () => standing.kept(),
    raise: standing.raise,
    definitions,
    logs: () => logs,
    async documents({ name }, after, limit) {
      return db
        .all(`SELECT * FROM ${tableOf(name)} WHERE id > ? ORDER BY id LIMIT ?`, [after, limit])
        .map((row) => documentLine(name, row));
    },
    async entries(log, after, limit) {
      const sql = `SELECT number, request_id, schema, entry FROM ${logTableOf(log)} WHERE number > ? ORDER BY number LIMIT ?`;
      return db.all(sql, [after, limit]).map((row) => entryLine(log, row));
    },
    position: async (log) => Number(db.get('SELECT value FROM meta WHERE key = ?', [positionKey(log)])?.['value'] ?? 0),
    isEmpty: async () => tables().every((table) => db.all(`SELECT 1 FROM ${table} LIMIT 1`).length === 0),
    async clear() {
      await db.write(() => {
        for (const table of [...tables(), 'claims', 'snapshots']) db.run(`DELETE FROM ${table}`);
        db.run(`DELETE FROM meta WHERE key LIKE 'position:%' OR key LIKE 'redacted:%'`);
      });
    },
    async addDocuments(def, loaded) {
      await Promise.all(loaded.map((one) => db.write(() => addDocument(db, def, one))));
    },
    async addEntries(log, lines) {
      const sql = `INSERT INTO ${logTableOf(log)} (number, request_id, schema, entry) VALUES (?, ?, ?, ?)`;
      await Promise.all(
        lines.map(({ number, requestId, schema, entry }) =>
          db.write(() => db.run(sql, [number, requestId, schema, JSON.stringify(entry)])),
        ),
      );
    },
    async setPosition(log, position) {
      await db.write(() => db.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', [positionKey(log), String(position)]));
    },
  };
}

function documentLine(collection: string, row: Row): DocumentLine {
  const { _id, ...doc } = row['body'] === null ? {} : JSON.parse(String(row['body']));
  const unsent = () => ({
    event: JSON.parse(String(row['event'])) as Envelope,
    version: Number(row['event_version']),
    writtenAt: Number(row['written_at']),
  });
  return {
    is: 'document',
    collection,
    id: String(row['id']),
    version: Number(row['version']),
    schema: Number(row['schema']),
    doc: row['body'] === null ? null : doc,
    ...(row['deleted_at'] === null ? {} : { deletedAt: Number(row['deleted_at']) }),
    ...(row['event'] === null ? {} : { unsent: unsent() }),
  };
}

const entryLine = (log: string, row: Row): EntryLine => ({
  is: 'entry',
  log,
  number: Number(row['number']),
  requestId: String(row['request_id']),
  schema: Number(row['schema']),
  entry: JSON.parse(String(row['entry'])),
});

function addDocument(db: Database, def: AnyDef, { line, schema, prepared }: Loaded): void {
  const { id, version, deletedAt, unsent } = line;
  const claims = prepared?.claims ?? [];
  const held = claims.find((key) => db.get('SELECT id FROM claims WHERE collection = ? AND key = ?', [def.name, key]));
  if (held !== undefined) throw new TakenKey(held);
  for (const key of claims) db.run('INSERT INTO claims (collection, key, id) VALUES (?, ?, ?)', [def.name, key, id]);
  db.run(
    `INSERT INTO ${tableOf(def.name)} (id, version, schema, body, event, event_version, written_at, deleted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[id, version, schema, prepared?.text ?? null],
      ...[unsent ? JSON.stringify(unsent.event) : null, unsent?.version ?? null, unsent?.writtenAt ?? null, deletedAt ?? null],
    ],
  );
}
