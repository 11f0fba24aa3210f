import type { Collection, CollectionDef, Query, Stored, Write, WriteResult } from './collection.ts';
import { repeated, reservedKey, resultOf, upcast } from './definition.ts';
import { decodeKeys } from './mongo-keys.ts';
import type { MongoRow } from './mongo-model.ts';
import { type Filter, findOf } from './mongo-query.ts';
import { type MongoParts, mongoWrites } from './mongo-writes.ts';
import { pageOf, planOf } from './query.ts';
import { wavesOf } from './waves.ts';

const columns = { version: 1, schemaVersion: 1, doc: 1 } as const;

export function mongoCollection<T extends { _id: string }, I extends string>(
  def: CollectionDef<T, I>,
  parts: MongoParts,
): Collection<T, I> {
  const { model, use } = parts;
  const read = (row: MongoRow): Stored<T> => ({
    doc: upcast({ _id: row._id, ...(decodeKeys(row.doc) as object) }, row.schemaVersion, def.upcasts) as T,
    version: row.version,
  });
  /** Past mongoose, which would cast a bound to the type of its field: a number that stands before all strings would become one. */
  const find = (filter: Filter) => model.collection.find<MongoRow>(filter, { projection: columns });
  const one = async (filter: Filter) => {
    const [row] = await use(() => find(filter).limit(1).toArray());
    return row ? read(row) : null;
  };
  const write = mongoWrites(def, parts);
  const run = (single: Write<T>): Promise<WriteResult<T>> => {
    if (single.do === 'insert') return resultOf(write.insert(single.doc, single.event));
    if (single.do === 'replace') return resultOf(write.replace(single.old, single.doc, single.event));
    return resultOf<T>(write.remove(single.old, single.event).then(() => null));
  };

  return {
    get: (id) => one({ _id: id, deletedAt: null }),
    async getMany(ids) {
      const rows = await use(() => find({ _id: { $in: [...new Set(ids)] }, deletedAt: null }).toArray());
      const byId = new Map(rows.map((row) => [row._id, row]));
      return ids
        .map((id) => byId.get(id))
        .filter((row) => row !== undefined)
        .map(read);
    },
    byKey: async (key) => (reservedKey(key) ? null : one({ keys: key })),
    async query(query: Query<T, I>) {
      const plan = planOf(def, query);
      const { filter, sort } = findOf(plan);
      const rows = await use(() =>
        find(filter)
          .sort(sort)
          .limit(plan.limit + 1)
          .toArray(),
      );
      return pageOf(plan, rows.map(read));
    },
    ...write,
    async writeMany(writes) {
      const refused = repeated(writes);
      const results = refused.map((error): WriteResult<T> | null => (error ? { ok: false, error } : null));
      for (const wave of wavesOf(def, writes, results)) {
        const done = await Promise.all(wave.map(({ write: single }) => run(single)));
        for (const [at, { index }] of wave.entries()) results[index] = done[at] ?? null;
      }
      return results as WriteResult<T>[];
    },
    async *scan() {
      const next = (after: string) =>
        use(() =>
          find({ _id: { $gt: after } })
            .sort({ _id: 1 })
            .limit(200)
            .toArray(),
        );
      for (let rows = await next(''); rows.length > 0; rows = await next(rows.at(-1)?._id ?? '')) {
        for (const row of rows) yield { id: row._id, version: row.version, doc: row.doc === null ? null : read(row).doc };
      }
    },
    async sweep(olderThan) {
      const swept = await use(() => model.deleteMany({ deletedAt: { $lt: olderThan }, writtenAt: null } as never).exec());
      return swept.deletedCount;
    },
  };
}
