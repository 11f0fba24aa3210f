import type { Model } from 'mongoose';
import type { Collection, CollectionDef, EventOf, Stored } from './collection.ts';
import { eventText, prepare, prepareNext, schemaOf } from './definition.ts';
import { StaleVersion, TakenKey } from './errors.ts';
import { racing, type Use } from './mongo-connection.ts';
import { encodeKeys } from './mongo-keys.ts';
import type { MongoRow } from './mongo-model.ts';

export interface MongoParts {
  model: Model<MongoRow>;
  /** Runs against a server that is there and migrated; write conflicts are tried again. */
  use: Use;
  /** The same without trying again. */
  once: Use;
  now: () => number;
  /** Named, since other replicas share the outbox and a relay sends its own writes first. */
  wrote: (id: string) => void;
}

export type Writes<T extends { _id: string }> = Pick<Collection<T>, 'insert' | 'replace' | 'remove'>;

/** The three writes, each one operation on one document. */
export function mongoWrites<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>, parts: MongoParts) {
  const { model, now, wrote } = parts;
  const schemaVersion = schemaOf(def.upcasts);
  const outbox = (event: string | null, version: number) => (event === null ? {} : { event, eventVersion: version, writtenAt: now() });
  const bodyOf = (doc: T) => {
    const { _id, ...body } = doc;
    return encodeKeys(body) as object;
  };
  const unlessTaken = takenCheck(parts);
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
      if (event !== null) wrote(doc._id);
      return { doc, version: 1 };
    },
    async replace(old: Stored<T>, given: T, eventOf?: EventOf) {
      const { doc, claims } = prepareNext(def, old, given);
      const version = old.version + 1;
      const event = eventText(eventOf, version);
      const set = { version, schemaVersion, doc: bodyOf(doc), keys: keysOf(doc._id, claims), ...outbox(event, version) };
      await update(old, claims, set);
      if (event !== null) wrote(doc._id);
      return { doc, version };
    },
    async remove(old: Stored<T>, eventOf?: EventOf) {
      const version = old.version + 1;
      const event = eventText(eventOf, version);
      await update(old, [], { version, doc: null, keys: keysOf(old.doc._id, []), deletedAt: now(), ...outbox(event, version) });
      if (event !== null) wrote(old.doc._id);
      return { version };
    },
  };
}

/** Runs a write that wants these keys. Throws TakenKey for the first that another document holds. */
const takenCheck =
  ({ model, use, once }: Pick<MongoParts, 'model' | 'use' | 'once'>) =>
  async <R>(id: string, wanted: readonly string[], work: () => Promise<R>): Promise<R> => {
    const taken = async () => {
      const rows = await use(() => model.collection.find<MongoRow>({ keys: { $in: [...wanted] } }, { projection: { keys: 1 } }).toArray());
      const held = new Set(rows.flatMap((row) => (row._id === id ? [`id:${id}`] : row.keys)));
      return wanted.find((key) => held.has(key)) ?? null;
    };
    const outcome = await racing(() => once(work), taken);
    if ('lost' in outcome) throw new TakenKey(outcome.lost);
    return outcome.done;
  };
