import { schemaOf, type Upcasts, upcast } from './definition.ts';
import type { Entry, Log } from './log.ts';
import { checkNext } from './log-rules.ts';
import type { Database, Row } from './sqlite-database.ts';
import { logTableOf } from './sqlite-schema.ts';

export function sqliteLog<E>(name: string, upcasts: Upcasts, { db, wrote, onAppend }: SqliteLogParts): Log<E> {
  const table = logTableOf(name);
  const positionKey = `position:${name}`;
  const entryOf = (row: Row): Entry<E> => ({
    number: Number(row['number']),
    requestId: String(row['request_id']),
    entry: upcast(JSON.parse(String(row['entry'])), Number(row['schema']), upcasts) as E,
  });
  const columns = 'number, request_id, schema, entry';
  const head = () => Number(db.get(`SELECT max(number) AS head FROM ${table}`)?.['head'] ?? 0);
  const position = () => Number(db.get('SELECT value FROM meta WHERE key = ?', [positionKey])?.['value'] ?? 0);

  return {
    async append({ number, requestId, entry }) {
      const text = JSON.stringify(entry);
      const appended = await db.write(() => {
        if (db.get(`SELECT number FROM ${table} WHERE request_id = ?`, [requestId])) return { ok: false, taken: 'requestId' } as const;
        const last = head();
        checkNext(name, number, last);
        if (number <= last) return { ok: false, taken: 'number' } as const;
        db.run(`INSERT INTO ${table} (${columns}) VALUES (?, ?, ?, ?)`, [number, requestId, schemaOf(upcasts), text]);
        return { ok: true } as const;
      });
      if (appended.ok) wrote();
      return appended;
    },
    read: async (after, limit) =>
      db.all(`SELECT ${columns} FROM ${table} WHERE number > ? ORDER BY number LIMIT ?`, [after, limit]).map(entryOf),
    head: async () => head(),
    async byRequestId(requestId) {
      const row = db.get(`SELECT ${columns} FROM ${table} WHERE request_id = ?`, [requestId]);
      return row ? entryOf(row) : null;
    },
    onAppend,
    async saveSnapshot({ head, schema, state }) {
      await db.write(() =>
        db.run(
          `INSERT INTO snapshots (log, head, schema, state) VALUES (?, ?, ?, ?)
           ON CONFLICT (log) DO UPDATE SET head = excluded.head, schema = excluded.schema, state = excluded.state
           WHERE (excluded.head, excluded.schema) > (head, schema)`,
          [name, head, schema, JSON.stringify(state)],
        ),
      );
    },
    async loadSnapshot() {
      const row = db.get('SELECT head, schema, state FROM snapshots WHERE log = ?', [name]);
      return row ? { head: Number(row['head']), schema: Number(row['schema']), state: JSON.parse(String(row['state'])) } : null;
    },
    position: async () => position(),
    async moveTo(target) {
      await db.write(() => {
        if (target <= position()) return;
        db.run('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
          positionKey,
          String(target),
        ]);
      });
    },
  };
}

export interface SqliteLogParts {
  db: Database;
  wrote: () => void;
  onAppend: Log<unknown>['onAppend'];
}
