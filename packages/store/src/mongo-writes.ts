import type { Model } from 'mongoose';
import type { Collection, CollectionDef, EventOf, Stored } from './collection.ts';
import { eventText, prepare, prepareNext, schemaOf } from './definition.ts';
import { StaleVersion, TakenKey } from './errors.ts';
import { isDuplicate, pause } from './mongo-connection.ts';
import { encodeKeys } from './mongo-keys.ts';
import type { MongoRow } from './mongo-model.ts';

export interface MongoParts {
  model: Model<MongoRow>;
  /** Runs against a server that is there and migrated. */
  use: <T>(work: () => Promise<T>) => Promise<T>;
  now: () => number;
  wrote: () => void;
}

export type Writes<T extends { _id: string }> = Pick<Collection<T>, 'insert' | 'replace' | 'remove'>;

/** The three writes, each one operation on one document. */
export function mongoWrites<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>, { model, use, now, wrote }: MongoParts) {
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
    const written = await unlessTaken(old.doc._id, claims, () => model.updateOne(live as never, { $set: set } as never).exec());
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
