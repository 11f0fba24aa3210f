import type { Row } from '@sidekick/sqlite';
import { schemaOf, upcast } from './definition.ts';
import type { Entry, Log, LogOptions } from './log.ts';
import { type RedactionSide, redactEarlier } from './log-redaction.ts';
import { checkNext } from './log-rules.ts';
import type { Database } from './sqlite-database.ts';
import { logTableOf } from './sqlite-schema.ts';

export function sqliteLog<E>(name: string, { upcasts, redacts }: LogOptions<E>, { db, wrote, onAppend }: SqliteLogParts): Log<E> {
  const table = logTableOf(name);
  const positionKey = `position:${name}`;
  const entryOf = (row: Row): Entry<E> => ({
    number: Number(row['number']),
    requestId: String(row['request_id']),
    entry: upcast(JSON.parse(String(row['entry'])), Number(row['schema']), upcasts) as E,
  });
  const columns = 'number, request_id, schema, entry';
  const head = () => Number(db.get(`SELECT max(number) AS head FROM ${table}`)?.['head'] ?? 0);
  const noted = (key: string) => Number(db.get('SELECT value FROM meta WHERE key = ?', [key])?.['value'] ?? 0);
  const noteHigher = (key: string, value: number) =>
    db.write(() => {
      if (value <= noted(key)) return;
      db.run('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [key, String(value)]);
    });
  const read = async (after: number, limit: number) =>
    db.all(`SELECT ${columns} FROM ${table} WHERE number > ? ORDER BY number LIMIT ?`, [after, limit]).map(entryOf);

  const redaction: RedactionSide<E> = {
    read,
    done: async () => noted(`redacted:${name}`),
    setDone: (number) => noteHigher(`redacted:${name}`, number),
    replace: (number, change) =>
      db.write(() => {
        const [row] = db.all(`SELECT ${columns} FROM ${table} WHERE number = ?`, [number]);
        const text = row && JSON.stringify(change(entryOf(row).entry));
        if (text === undefined || text === row?.['entry']) return false;
        const schema = Math.max(schemaOf(upcasts), Number(row?.['schema']));
        return db.run(`UPDATE ${table} SET schema = ?, entry = ? WHERE number = ?`, [schema, text, number]) === 1;
      }),
    async fenceSnapshots(head) {
      const sql = `INSERT INTO snapshots (log, head, schema, state) VALUES (?, ?, 0, ?)
        ON CONFLICT (log) DO UPDATE SET head = excluded.head, schema = 0, state = excluded.state WHERE excluded.head > head`;
      await db.write(() => db.run(sql, [name, head, fence]));
    },
  };

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
    read,
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
      if (!row || row['state'] === fence) return null;
      return { head: Number(row['head']), schema: Number(row['schema']), state: JSON.parse(String(row['state'])) };
    },
    redact: () => redactEarlier(redaction, redacts),
    position: async () => noted(positionKey),
    moveTo: (target) => noteHigher(positionKey, target),
  };
}

/** Stands for a snapshot that was forgotten; no JSON. */
const fence = '';

export interface SqliteLogParts {
  db: Database;
  wrote: () => void;
  onAppend: Log<unknown>['onAppend'];
}
