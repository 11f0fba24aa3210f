import type { Row } from '@sidekick/sqlite';
import { settle } from './batch.ts';
import type { Collection, CollectionDef, Stored, Write, WriteResult } from './collection.ts';
import { inOrder, repeated, reservedKey, resultOf, upcast } from './definition.ts';
import { pageOf, planOf } from './query.ts';
import type { Database } from './sqlite-database.ts';
import { clausesOf } from './sqlite-query.ts';
import { tableOf } from './sqlite-schema.ts';
import { type SqliteParts, sqliteWrites } from './sqlite-writes.ts';

export function sqliteCollection<T extends { _id: string }, I extends string>(
  def: CollectionDef<T, I>,
  parts: SqliteParts,
): Collection<T, I> {
  const { db } = parts;
  const write = sqliteWrites(def, parts);
  const run = (one: Write<T>): Promise<WriteResult<T>> => {
    if (one.do === 'insert') return resultOf(write.insert(one.doc, one.event));
    if (one.do === 'replace') return resultOf(write.replace(one.old, one.doc, one.event));
    return resultOf<T>(write.remove(one.old, one.event).then(() => null));
  };
  return {
    ...readsOf(def, db),
    ...write,
    async writeMany(writes) {
      const results = repeated(writes).map((error): WriteResult<T> | null => (error ? { ok: false, error } : null));
      const left = writes.flatMap((one, index) => (results[index] ? [] : [{ index, one }]));
      // Those of many transactions: a disk that is full ends one of them, and not those before it.
      await settle(results, left, ({ one }) => run(one));
      return results as WriteResult<T>[];
    },
    erase(what) {
      const { where, params } = clausesOf(planOf(def, { ...what, limit: 1 }));
      const those = `FROM ${tableOf(def.name)} WHERE body IS NOT NULL${where}`;
      return db.write(() => {
        db.run(`DELETE FROM claims WHERE collection = ? AND id IN (SELECT id ${those})`, [def.name, ...params]);
        return db.run(`DELETE ${those}`, params);
      });
    },
    sweep(olderThan) {
      const sql = `DELETE FROM ${tableOf(def.name)} WHERE body IS NULL AND deleted_at < ? AND event IS NULL`;
      return db.write(() => db.run(sql, [olderThan]));
    },
  };
}

type Reads<T extends { _id: string }, I extends string> = Pick<Collection<T, I>, 'get' | 'getMany' | 'byKey' | 'query' | 'scan'>;
function readsOf<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>, db: Database): Reads<T, I> {
  const columns = `SELECT id, version, schema, body FROM ${tableOf(def.name)}`;
  const live = `${columns} WHERE body IS NOT NULL`;
  const read = (row: Row): Stored<T> => ({
    doc: upcast(JSON.parse(String(row['body'])), Number(row['schema']), def.upcasts) as T,
    version: Number(row['version']),
  });
  const one = (condition: string, params: readonly string[]) => {
    const row = db.get(`${live} AND ${condition}`, params);
    return row ? read(row) : null;
  };
  return {
    get: async (id) => one('id = ?', [id]),
    async getMany(ids) {
      const rows = db.all(`${live} AND id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
      return inOrder(ids, rows.map(read));
    },
    async byKey(key) {
      return reservedKey(key) ? null : one('id = (SELECT id FROM claims WHERE collection = ? AND key = ?)', [def.name, key]);
    },
    async query(query) {
      const plan = planOf(def, query);
      const { where, params, orderBy } = clausesOf(plan);
      const rows = db.all(`${live}${where} ORDER BY ${orderBy} LIMIT ?`, [...params, plan.limit + 1]);
      return pageOf(plan, rows.map(read));
    },
    async *scan() {
      const next = (after: string) => db.all(`${columns} WHERE id > ? ORDER BY id LIMIT 200`, [after]);
      for (let rows = next(''); rows.length > 0; rows = next(String(rows.at(-1)?.['id']))) {
        for (const row of rows) {
          yield { id: String(row['id']), version: Number(row['version']), doc: row['body'] === null ? null : read(row).doc };
        }
      }
    },
  };
}
