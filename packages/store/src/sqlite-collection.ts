import type { Collection, CollectionDef, Query, Stored, Write, WriteResult } from './collection.ts';
import { repeated, reservedKey, resultOf, upcast } from './definition.ts';
import type { StaleVersion, TakenKey } from './errors.ts';
import { pageOf, planOf } from './query.ts';
import type { Row } from './sqlite-database.ts';
import { clausesOf } from './sqlite-query.ts';
import { tableOf } from './sqlite-schema.ts';
import { type SqliteParts, sqliteWrites } from './sqlite-writes.ts';

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
  const write = sqliteWrites(def, parts);

  const run = (one: Write<T>, error: StaleVersion | TakenKey | null): Promise<WriteResult<T>> => {
    if (error) return Promise.resolve({ ok: false, error });
    if (one.do === 'insert') return resultOf(write.insert(one.doc, one.event));
    if (one.do === 'replace') return resultOf(write.replace(one.old, one.doc, one.event));
    return resultOf<T>(write.remove(one.old, one.event).then(() => null));
  };

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
      const { where, params, orderBy } = clausesOf(plan);
      const rows = db.all(`${live}${where} ORDER BY ${orderBy} LIMIT ?`, [...params, plan.limit + 1]);
      return pageOf(plan, rows.map(read));
    },
    ...write,
    async writeMany(writes) {
      const refused = repeated(writes);
      return Promise.all(writes.map((one, index) => run(one, refused[index] ?? null)));
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
