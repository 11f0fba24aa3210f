import type { Connection, Model } from 'mongoose';
import { type AnyDef, schemaOf, upcast } from './definition.ts';
import { unhurried } from './mongo-connection.ts';
import { decodeKeys, encodeKeys } from './mongo-keys.ts';
import type { MongoRow } from './mongo-model.ts';
import { atOnce, pathOf } from './mongo-query.ts';

export type Indexes = readonly { name: string; key: Record<string, 1>; unique?: true; sparse?: true }[];

const ascending = (paths: readonly string[]): Record<string, 1> => Object.fromEntries(paths.map((path) => [path, 1 as const]));

/** One that begins with the id is the one that every collection has. */
export function indexesOf(def: AnyDef): Indexes {
  return [
    { name: 'keys', key: { keys: 1 }, unique: true },
    { name: 'unsent', key: { writtenAt: 1, _id: 1 }, sparse: true },
    { name: 'deleted', key: { deletedAt: 1 }, sparse: true },
    ...Object.entries(def.indexes)
      .filter(([, fields]) => fields[0] !== '_id')
      .map(([name, fields]) => ({ name: `by ${name}`, key: ascending([...fields.map(pathOf), '_id']) })),
  ];
}

export const logIndexes: Indexes = [{ name: 'requestId', key: { requestId: 1 }, unique: true }];

const present = async (connection: Connection, collection: string): Promise<Map<string, string>> => {
  const indexes = await connection.collection(collection).listIndexes().toArray().catch(noneYet);
  return new Map(indexes.map(({ name, key }) => [String(name), JSON.stringify(key)]));
};

/** A collection that does not exist yet: NamespaceNotFound. */
function noneYet(error: { code?: unknown }): never[] {
  if (error.code === 26) return [];
  throw error;
}

export async function hasIndexes(connection: Connection, collection: string, wanted: Indexes): Promise<boolean> {
  const found = await present(connection, collection);
  return wanted.every(({ name, key }) => found.get(name) === JSON.stringify(key));
}

/**
 * Those no longer declared are dropped, and those that changed are made anew, only when this release is `alone`: an older
 * one beside it goes on to use what it declared. Throws when it is not and an index changed, which then needs a new name.
 */
export async function createIndexes(connection: Connection, collection: string, wanted: Indexes, alone: boolean): Promise<void> {
  const found = await present(connection, collection);
  const keep = new Map(wanted.map(({ name, key }) => [name, JSON.stringify(key)]));
  const changed = wanted.find(({ name, key }) => found.has(name) && found.get(name) !== JSON.stringify(key));
  if (changed && !alone) throw new Error(`${collection}: "${changed.name}" changed while an older release uses it: give it another name`);
  const native = connection.collection(collection);
  for (const [name, key] of found) {
    if (alone && name !== '_id_' && keep.get(name) !== key) await native.dropIndex(name, unhurried);
  }
  for (const { key, ...options } of wanted) await native.createIndex(key, { ...options, ...unhurried });
}

/** Writes documents of older schema versions as the newest; their version stays, since nothing they say has changed. */
export async function upcastAll(def: AnyDef, model: Model<MongoRow>): Promise<void> {
  const schemaVersion = schemaOf(def.upcasts);
  const some = () =>
    model.collection.find<MongoRow>({ schemaVersion: { $lt: schemaVersion }, deletedAt: null }, { ...atOnce(200), ...unhurried }).toArray();
  for (let rows = await some(); rows.length > 0; rows = await some()) {
    for (const row of rows) {
      const old = { _id: row._id, ...(decodeKeys(row.doc) as object) };
      const { _id, ...doc } = upcast(old, row.schemaVersion, def.upcasts) as { _id: string };
      const set = { $set: { doc: encodeKeys(doc), schemaVersion } };
      await model.collection.updateOne({ _id: row._id, version: row.version } as never, set as never, unhurried);
    }
  }
}
