import { settle } from './batch.ts';
import type { Collection, CollectionDef, Stored, Write, WriteResult } from './collection.ts';
import { inOrder, repeated, reservedKey, resultOf, upcast } from './definition.ts';
import { unhurried } from './mongo-connection.ts';
import { decodeKeys } from './mongo-keys.ts';
import type { MongoRow } from './mongo-model.ts';
import { atOnce, type Filter, findOf, isLive, type Sort } from './mongo-query.ts';
import { type MongoParts, mongoWrites } from './mongo-writes.ts';
import { pageOf, planOf } from './query.ts';
import { wavesOf } from './waves.ts';

const columns = { version: 1, schemaVersion: 1, doc: 1 } as const;

export function mongoCollection<T extends { _id: string }, I extends string>(
  def: CollectionDef<T, I>,
  parts: MongoParts,
): Collection<T, I> {
  const { model, longWrite } = parts;
  const write = mongoWrites(def, parts);
  const run = (single: Write<T>): Promise<WriteResult<T>> => {
    if (single.do === 'insert') return resultOf(write.insert(single.doc, single.event));
    if (single.do === 'replace') return resultOf(write.replace(single.old, single.doc, single.event));
    return resultOf<T>(write.remove(single.old, single.event).then(() => null));
  };
  return {
    ...readsOf(def, parts),
    ...write,
    async writeMany(writes) {
      const refused = repeated(writes);
      const results = refused.map((error): WriteResult<T> | null => (error ? { ok: false, error } : null));
      for (const wave of wavesOf(def, writes, results)) await settle(results, wave, ({ write: single }) => run(single));
      return results as WriteResult<T>[];
    },
    async erase(what) {
      const { filter } = findOf(planOf(def, { ...what, limit: 1 }));
      // Hundreds of large documents: given up at a deadline, they would stay for ever.
      return (await longWrite((mark) => model.collection.deleteMany(mark(filter) as never, unhurried))).deletedCount;
    },
    async sweep(olderThan) {
      const confirmed = { deletedAt: { $lt: olderThan }, writtenAt: null };
      return (await longWrite((mark) => model.collection.deleteMany(mark(confirmed) as never, unhurried))).deletedCount;
    },
  };
}

type Reads<T extends { _id: string }, I extends string> = Pick<Collection<T, I>, 'get' | 'getMany' | 'byKey' | 'query' | 'scan'>;
function readsOf<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>, { model, use }: MongoParts): Reads<T, I> {
  const read = (row: MongoRow): Stored<T> => ({
    doc: upcast({ _id: row._id, ...(decodeKeys(row.doc) as object) }, row.schemaVersion, def.upcasts) as T,
    version: row.version,
  });
  /** Past mongoose, which would cast a bound to the type of its field: a number that stands before all strings would become one. */
  const find = (filter: Filter, sort: Sort, limit: number) =>
    use(() => model.collection.find<MongoRow>(filter, { projection: columns, sort, ...atOnce(limit) }).toArray());
  const one = async (filter: Filter) => {
    const [row] = await find(filter, {}, 1);
    return row ? read(row) : null;
  };
  return {
    get: (id) => one({ _id: id, ...isLive }),
    async getMany(ids) {
      if (ids.length === 0) return [];
      const asked = [...new Set(ids)];
      return inOrder(ids, (await find({ _id: { $in: asked }, ...isLive }, {}, asked.length)).map(read));
    },
    byKey: async (key) => (reservedKey(key) ? null : one({ keys: key })),
    async query(query) {
      const plan = planOf(def, query);
      const { filter, sort } = findOf(plan);
      return pageOf(plan, (await find(filter, sort, plan.limit + 1)).map(read));
    },
    async *scan() {
      const next = (after: string) => find({ _id: { $gt: after } }, { _id: 1 }, 200);
      for (let rows = await next(''); rows.length > 0; rows = await next(rows.at(-1)?._id ?? '')) {
        for (const row of rows) yield { id: row._id, version: row.version, doc: row.doc === null ? null : read(row).doc };
      }
    },
  };
}
