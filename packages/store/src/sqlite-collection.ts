import type { Envelope } from '@sidekick/contracts';
import type { Collection, CollectionDef, EventOf, Outbox, Query, Stored, WriteResult } from './collection.ts';
import {
  eventText,
  type IndexValue,
  type Prepared,
  prepare,
  prepareNext,
  repeated,
  reservedKey,
  resultOf,
  schemaOf,
  upcast,
} from './definition.ts';
import { StaleVersion, TakenKey } from './errors.ts';
import { type Bound, type Plan, pageOf, planOf } from './query.ts';
import type { Database, Param, Row } from './sqlite-database.ts';
import { columnOf, nothing, tableOf } from './sqlite-schema.ts';

export interface SqliteParts {
  db: Database;
  now: () => number;
  wrote: () => void;
}

export function sqliteCollection<T extends { _id: string }, I extends string>(
  def: CollectionDef<T, I>,
  parts: SqliteParts,
): Collection<T, I> {
  const { db } = parts;
  const table = tableOf(def.name);
  const live = `SELECT id, version, schema, body FROM ${table} WHERE body IS NOT NULL`;
  const read = (row: Row): Stored<T> => ({
    doc: upcast(JSON.parse(String(row['body'])), Number(row['schema']), def.upcasts) as T,
    version: Number(row['version']),
  });
  const writer = writerOf(def, parts);
  const write: Pick<Collection<T, I>, 'insert' | 'replace' | 'remove'> = writer;

  return {
    async get(id) {
      const row = db.get(`${live} AND id = ?`, [id]);
      return row ? read(row) : null;
    },
    async getMany(ids) {
      const rows = db.all(`${live} AND id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
      const byId = new Map(rows.map((row) => [String(row['id']), row]));
      return ids
        .map((id) => byId.get(id))
        .filter((row) => row !== undefined)
        .map(read);
    },
    async byKey(key) {
      if (reservedKey(key)) return null;
      const row = db.get(`${live} AND id = (SELECT id FROM claims WHERE collection = ? AND key = ?)`, [def.name, key]);
      return row ? read(row) : null;
    },
    async query(query: Query<T, I>) {
      const plan = planOf(def, query);
      const { where, params, orderBy } = clauses(plan);
      const rows = db.all(`${live}${where} ORDER BY ${orderBy} LIMIT ?`, [...params, plan.limit + 1]);
      return pageOf(plan, rows.map(read));
    },
    ...write,
    async writeMany(writes) {
      const refused = repeated(writes);
      return Promise.all(
        writes.map((one, index): Promise<WriteResult<T>> => {
          const error = refused[index];
          if (error) return Promise.resolve({ ok: false as const, error });
          if (one.do === 'insert') return resultOf(write.insert(one.doc, one.event));
          if (one.do === 'replace') return resultOf(write.replace(one.old, one.doc, one.event));
          return resultOf<T>(write.remove(one.old, one.event).then(() => null));
        }),
      );
    },
    async *scan() {
      const sql = `SELECT id, version, schema, body FROM ${table} WHERE id > ? ORDER BY id LIMIT 200`;
      let after = '';
      for (let rows = db.all(sql, [after]); rows.length > 0; rows = db.all(sql, [after])) {
        for (const row of rows) {
          yield { id: String(row['id']), version: Number(row['version']), doc: row['body'] === null ? null : read(row).doc };
        }
        after = String(rows.at(-1)?.['id']);
      }
    },
    sweep: (olderThan) =>
      db.write(() => db.run(`DELETE FROM ${table} WHERE body IS NULL AND deleted_at < ? AND event IS NULL`, [olderThan])),
  };
}

/** The three writes. Everything that can be wrong is found before the first change, so a refused write leaves nothing. */
function writerOf<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>, { db, now, wrote }: SqliteParts) {
  const table = tableOf(def.name);
  const schema = schemaOf(def.upcasts);
  const claims = claimsOf(def.name, db);
  const commit = async <R>(event: string | null, job: () => R): Promise<R> => {
    const result = await db.write(job);
    if (event !== null) wrote();
    return result;
  };
  const expect = ({ doc, version }: Stored<T>) => {
    const row = db.get(`SELECT version FROM ${table} WHERE id = ? AND body IS NOT NULL`, [doc._id]);
    if (row?.['version'] !== version) throw new StaleVersion(doc._id);
  };
  const keepEvent = (id: string, version: number, event: string | null) => {
    if (event === null) return;
    db.run(`UPDATE ${table} SET event = ?, event_version = ?, written_at = ? WHERE id = ?`, [event, version, now(), id]);
  };

  return {
    async insert(given: T, eventOf?: EventOf) {
      const { doc, text, claims: wanted } = prepare(def, given);
      const event = eventText(eventOf, 1);
      return commit(event, () => {
        if (db.get(`SELECT id FROM ${table} WHERE id = ?`, [doc._id])) throw new TakenKey(`id:${doc._id}`);
        claims.check(doc._id, wanted);
        db.run(`INSERT INTO ${table} (id, version, schema, body) VALUES (?, 1, ?, ?)`, [doc._id, schema, text]);
        claims.set(doc._id, wanted);
        keepEvent(doc._id, 1, event);
        return { doc, version: 1 };
      });
    },
    async replace(old: Stored<T>, given: T, eventOf?: EventOf) {
      const { doc, text, claims: wanted }: Prepared<T> = prepareNext(def, old, given);
      const version = old.version + 1;
      const event = eventText(eventOf, version);
      return commit(event, () => {
        expect(old);
        claims.check(doc._id, wanted);
        db.run(`UPDATE ${table} SET version = ?, schema = ?, body = ? WHERE id = ?`, [version, schema, text, doc._id]);
        claims.set(doc._id, wanted);
        keepEvent(doc._id, version, event);
        return { doc, version };
      });
    },
    async remove(old: Stored<T>, eventOf?: EventOf) {
      const id = old.doc._id;
      const version = old.version + 1;
      const event = eventText(eventOf, version);
      return commit(event, () => {
        expect(old);
        db.run(`UPDATE ${table} SET version = ?, body = NULL, deleted_at = ? WHERE id = ?`, [version, now(), id]);
        claims.set(id, []);
        keepEvent(id, version, event);
        return { version };
      });
    },
  };
}

function claimsOf(collection: string, db: Database) {
  const held = (id: string) => db.all('SELECT key FROM claims WHERE collection = ? AND id = ?', [collection, id]).map((row) => row['key']);
  return {
    /** Throws TakenKey for the first that another document holds. */
    check(id: string, wanted: readonly string[]): void {
      for (const key of wanted) {
        const holder = db.get('SELECT id FROM claims WHERE collection = ? AND key = ?', [collection, key]);
        if (holder && holder['id'] !== id) throw new TakenKey(key);
      }
    },
    set(id: string, wanted: readonly string[]): void {
      const before = new Set(held(id));
      const after = new Set<unknown>(wanted);
      for (const key of before) {
        if (!after.has(key)) db.run('DELETE FROM claims WHERE collection = ? AND key = ?', [collection, String(key)]);
      }
      for (const key of wanted) {
        if (!before.has(key)) db.run('INSERT INTO claims (collection, key, id) VALUES (?, ?, ?)', [collection, key, id]);
      }
    },
  };
}

/** Index columns are never NULL (sqlite-schema.ts), so one row value compares a whole cursor and the index serves it. */
function clauses({ equals, rest, range, order, after }: Plan): { where: string; params: Param[]; orderBy: string } {
  const all: { sql: string; params: Param[] }[] = equals.map(({ field, value }) => ({
    sql: `${columnOf(field)} = ?`,
    params: [sortable(value)],
  }));
  if (range) {
    const column = columnOf(range.field);
    const [low, high] = wholeRange(range);
    if (low) all.push({ sql: `${column} ${low.strict ? '>' : '>='} ?`, params: [low.value] });
    if (high) all.push({ sql: `${column} ${high.strict ? '<' : '<='} ?`, params: [high.value] });
  }
  const columns = [...rest.map(columnOf), 'id'];
  if (after) all.push({ sql: `(${columns}) ${order === 'asc' ? '>' : '<'} (${columns.map(() => '?')})`, params: after.map(sortable) });
  return {
    where: all.map(({ sql }) => ` AND ${sql}`).join(''),
    params: all.flatMap(({ params }) => params),
    orderBy: [...equals.map(({ field }) => columnOf(field)), ...columns].map((column) => `${column} ${order}`).join(', '),
  };
}

const sortable = (value: IndexValue): Param => value ?? nothing;

/** A bound finds values of its own type alone, as on the other side: numbers lie below '' and above what stands for null. */
function wholeRange({ low, high }: NonNullable<Plan['range']>): [Bound | undefined, Bound | undefined] {
  const numeric = typeof (low ?? high)?.value === 'number';
  return [
    low ?? (numeric ? { value: nothing, strict: true } : { value: '', strict: false }),
    high ?? (numeric ? { value: '', strict: true } : undefined),
  ];
}

/** What the relay sees of a collection. */
export function sqliteOutbox(def: { name: string }, db: Database, onWrite: Outbox['onWrite']): Outbox {
  const table = tableOf(def.name);
  return {
    name: def.name,
    async unsent(limit) {
      const rows = db.all(
        `SELECT id, event_version, event, written_at FROM ${table} WHERE event IS NOT NULL ORDER BY written_at, id LIMIT ?`,
        [limit],
      );
      return rows.map((row) => ({
        id: String(row['id']),
        version: Number(row['event_version']),
        event: JSON.parse(String(row['event'])) as Envelope,
        writtenAt: Number(row['written_at']),
      }));
    },
    async sent(id, version) {
      await db.write(() =>
        db.run(`UPDATE ${table} SET event = NULL, event_version = NULL, written_at = NULL WHERE id = ? AND event_version = ?`, [
          id,
          version,
        ]),
      );
    },
    async oldestUnsent() {
      const row = db.get(`SELECT min(written_at) AS oldest FROM ${table} WHERE event IS NOT NULL`);
      return row?.['oldest'] == null ? null : Number(row['oldest']);
    },
    onWrite,
  };
}
