import type { Envelope } from '@sidekick/contracts';
import type { Model } from 'mongoose';
import type { Collection, CollectionDef, EventOf, Outbox, Query, Stored, Write, WriteResult } from './collection.ts';
import { eventText, prepare, prepareNext, repeated, reservedKey, resultOf, schemaOf, upcast } from './definition.ts';
import { StaleVersion, TakenKey } from './errors.ts';
import { isDuplicate, pause } from './mongo-connection.ts';
import { decodeKeys, encodeKeys } from './mongo-keys.ts';
import type { MongoRow } from './mongo-model.ts';
import { type Filter, findOf } from './mongo-query.ts';
import { pageOf, planOf } from './query.ts';
import { wavesOf } from './waves.ts';

export interface MongoParts {
  model: Model<MongoRow>;
  /** Runs against a server that is there and migrated. */
  use: <T>(work: () => Promise<T>) => Promise<T>;
  now: () => number;
  wrote: () => void;
}

const columns = { version: 1, schemaVersion: 1, doc: 1 } as const;

export function mongoCollection<T extends { _id: string }, I extends string>(
  def: CollectionDef<T, I>,
  { model, use, now, wrote }: MongoParts,
): Collection<T, I> {
  const read = (row: MongoRow): Stored<T> => ({
    doc: upcast({ _id: row._id, ...(decodeKeys(row.doc) as object) }, row.schemaVersion, def.upcasts) as T,
    version: row.version,
  });
  const find = (filter: Filter) => model.find(filter as never, columns).lean<MongoRow[]>();
  const one = async (filter: Filter) => {
    const [row] = await use(() => find(filter).limit(1).exec());
    return row ? read(row) : null;
  };
  const write: Pick<Collection<T, I>, 'insert' | 'replace' | 'remove'> = writerOf(def, { model, use, now, wrote });
  const run = (single: Write<T>): Promise<WriteResult<T>> => {
    if (single.do === 'insert') return resultOf(write.insert(single.doc, single.event));
    if (single.do === 'replace') return resultOf(write.replace(single.old, single.doc, single.event));
    return resultOf<T>(write.remove(single.old, single.event).then(() => null));
  };

  return {
    get: (id) => one({ _id: id, deletedAt: null }),
    async getMany(ids) {
      const rows = await use(() => find({ _id: { $in: [...new Set(ids)] }, deletedAt: null }).exec());
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
          .exec(),
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
            .exec(),
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

/** The three writes, each one operation on one document. */
function writerOf<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>, { model, use, now, wrote }: MongoParts) {
  const schemaVersion = schemaOf(def.upcasts);
  const outbox = (event: string | null, version: number) => (event === null ? {} : { event, eventVersion: version, writtenAt: now() });
  const bodyOf = (doc: T) => {
    const { _id, ...body } = doc;
    return encodeKeys(body) as object;
  };
  const unlessTaken = takenCheck({ model, use });
  const keysOf = (id: string, claims: readonly string[]) => [`id:${id}`, ...claims];
  /** Compare-and-set. */
  const update = async (old: Stored<T>, claims: readonly string[], set: object) => {
    const live = { _id: old.doc._id, version: old.version, deletedAt: null };
    const written = await unlessTaken(model, old.doc._id, claims, () =>
      use(() => model.updateOne(live as never, { $set: set } as never).exec()),
    );
    if (written.matchedCount === 0) throw new StaleVersion(old.doc._id);
  };

  return {
    async insert(given: T, eventOf?: EventOf) {
      const { doc, claims } = prepare(def, given);
      const event = eventText(eventOf, 1);
      const row = { _id: doc._id, version: 1, schemaVersion, doc: bodyOf(doc), keys: keysOf(doc._id, claims), ...outbox(event, 1) };
      await unlessTaken(doc._id, [`id:${doc._id}`, ...claims], () => model.create(row));
      if (event !== null) wrote();
      return { doc, version: 1 };
    },
    async replace(old: Stored<T>, given: T, eventOf?: EventOf) {
      const { doc, claims } = prepareNext(def, old, given);
      const version = old.version + 1;
      const event = eventText(eventOf, version);
      const set = { version, schemaVersion, doc: bodyOf(doc), keys: keysOf(doc._id, claims), ...outbox(event, version) };
      await update(old, claims, set);
      if (event !== null) wrote();
      return { doc, version };
    },
    async remove(old: Stored<T>, eventOf?: EventOf) {
      const version = old.version + 1;
      const event = eventText(eventOf, version);
      await update(old, [], { version, doc: null, keys: keysOf(old.doc._id, []), deletedAt: now(), ...outbox(event, version) });
      if (event !== null) wrote();
      return { version };
    },
  };
}

/** The holder may be gone again when it is looked for: then the write is tried once more. */
const triesOnTaken = 5;

/** Servers of the protocol differ in what a duplicate key error says, so the taken key is found by reading. Throws TakenKey. */
const takenCheck =
  ({ model, use }: Pick<MongoParts, 'model' | 'use'>) =>
  async <R>(id: string, wanted: readonly string[], work: () => Promise<R>) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await use(work);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const rows = await model
          .find({ keys: { $in: wanted } } as never, { keys: 1 })
          .lean<Pick<MongoRow, '_id' | 'keys'>[]>()
          .exec();
        const own = `id:${id}`;
        const held = new Set(rows.flatMap((row) => (row._id === id ? [own] : row.keys)));
        const taken = wanted.find((key) => held.has(key));
        if (taken !== undefined) throw new TakenKey(taken);
        if (attempt === triesOnTaken) throw error;
        await pause(attempt);
      }
    }
  };

/** What the relay sees of a collection. */
export function mongoOutbox(name: string, { model, use }: Pick<MongoParts, 'model' | 'use'>, onWrite: Outbox['onWrite']): Outbox {
  const oldest = (limit: number) =>
    use(() =>
      model
        .find({ writtenAt: { $gt: Number.NEGATIVE_INFINITY } } as never, { event: 1, eventVersion: 1, writtenAt: 1 })
        .sort({ writtenAt: 1, _id: 1 })
        .limit(limit)
        .lean<Pick<MongoRow, '_id' | 'event' | 'eventVersion' | 'writtenAt'>[]>()
        .exec(),
    );
  return {
    name,
    async unsent(limit) {
      return (await oldest(limit)).map(({ _id, event, eventVersion, writtenAt }) => ({
        id: _id,
        version: eventVersion ?? 0,
        event: JSON.parse(event ?? 'null') as Envelope,
        writtenAt: writtenAt ?? 0,
      }));
    },
    async sent(id, version) {
      const clear = { $unset: { event: 1, eventVersion: 1, writtenAt: 1 } };
      await use(() => model.updateOne({ _id: id, eventVersion: version } as never, clear as never).exec());
    },
    oldestUnsent: async () => (await oldest(1))[0]?.writtenAt ?? null,
    onWrite,
  };
}
