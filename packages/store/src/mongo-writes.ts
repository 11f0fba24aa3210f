import type { Model } from 'mongoose';
import type { CollectionDef, EventOf, Stored } from './collection.ts';
import { eventText, ofNewerRelease, prepare, prepareNext, schemaOf } from './definition.ts';
import { StaleVersion, TakenKey } from './errors.ts';
import type { Race, Use, Write } from './mongo-connection.ts';
import { encodeKeys } from './mongo-keys.ts';
import type { MongoRow } from './mongo-model.ts';
import type { Mark } from './mongo-sending.ts';

export interface MongoParts {
  model: Model<MongoRow>;
  /** Runs against a server that is there and migrated; write conflicts are tried again. */
  use: Use;
  /** A write without a deadline. */
  longWrite: Write;
  race: Race;
  now: () => number;
  /** Named, since other replicas share the outbox and a relay sends its own writes first. */
  wrote: (id: string) => void;
}

/** The three writes, each one operation on one document: past mongoose, which would check anew, at some cost, what zod has checked. */
export function mongoWrites<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>, parts: MongoParts) {
  const { model, use, race, now, wrote } = parts;
  const schemaVersion = schemaOf(def.upcasts);
  const outbox = (event: string | null, version: number) => (event === null ? {} : { event, eventVersion: version, writtenAt: now() });
  const bodyOf = (doc: T) => {
    const { _id, ...body } = doc;
    return encodeKeys(body) as object;
  };
  const keysOf = (id: string, claims: readonly string[]) => [`id:${id}`, ...claims];
  /** Throws what was lost in a race. `old` is null for an insert. */
  const write = async <R>(id: string, old: number | null, claims: readonly string[], work: (mark: Mark) => Promise<R>): Promise<R> => {
    const outcome = await race(work, () => lossOf(id, old, claims, parts));
    if ('lost' in outcome) throw outcome.lost;
    return outcome.done;
  };
  /** Compare-and-set; `where` is what else must hold of the document. */
  const update = async ({ doc: { _id }, version }: Stored<T>, claims: readonly string[], set: object, where: object = {}) => {
    const live = { _id, version, deletedAt: null };
    const written = await write(_id, version, claims, (mark) =>
      model.collection.updateOne(mark({ ...live, ...where }) as never, { $set: set }),
    );
    if (written.matchedCount > 0) return;
    const isThere = Object.keys(where).length > 0 && (await use(() => model.exists(live as never).exec()));
    throw isThere ? ofNewerRelease(def.name, _id) : new StaleVersion(_id);
  };

  return {
    async insert(given: T, eventOf?: EventOf) {
      const { doc, claims } = prepare(def, given);
      const event = eventText(eventOf, 1);
      const row = { _id: doc._id, version: 1, schemaVersion, doc: bodyOf(doc), keys: keysOf(doc._id, claims), ...outbox(event, 1) };
      await write(doc._id, null, claims, (mark) => model.collection.insertOne(mark(row) as never));
      if (event !== null) wrote(doc._id);
      return { doc, version: 1 };
    },
    async replace(old: Stored<T>, given: T, eventOf?: EventOf) {
      const { doc, claims } = prepareNext(def, old, given);
      const version = old.version + 1;
      const event = eventText(eventOf, version);
      const set = { version, schemaVersion, doc: bodyOf(doc), keys: keysOf(doc._id, claims), ...outbox(event, version) };
      await update(old, claims, set, { schemaVersion: { $lte: schemaVersion } });
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

/** Who holds what a write wants, and its own document; the version of `old` decides before any key, as on the other side. */
async function lossOf(id: string, old: number | null, wanted: readonly string[], { model, use }: Pick<MongoParts, 'model' | 'use'>) {
  const filter = { keys: { $in: [`id:${id}`, ...wanted] } };
  const rows = await use(() => model.collection.find<MongoRow>(filter, { projection: { keys: 1, version: 1 } }).toArray());
  const own = rows.find((row) => row._id === id);
  if (old !== null && own?.version !== old) return new StaleVersion(id);
  if (old === null && own) return new TakenKey(`id:${id}`);
  const held = new Set(rows.flatMap((row) => (row._id === id ? [] : row.keys)));
  const taken = wanted.find((key) => held.has(key));
  return taken === undefined ? null : new TakenKey(taken);
}
