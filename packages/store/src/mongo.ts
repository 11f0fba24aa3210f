import type { Connection, Model } from 'mongoose';
import { ulid } from 'ulid';
import type { Collection, CollectionDef } from './collection.ts';
import type { AnyDef, Upcasts } from './definition.ts';
import { dumpOf, loadInto } from './dump.ts';
import { StoreUnavailable } from './errors.ts';
import { listeners } from './listeners.ts';
import { mongoCollection } from './mongo-collection.ts';
import { mongoConnection, type Race, type Use, unlessDuplicate, type Write } from './mongo-connection.ts';
import { mongoDump } from './mongo-dump.ts';
import { createIndexes, hasIndexes, type Indexes, indexesOf, logIndexes, upcastAll } from './mongo-indexes.ts';
import { type LogRow, logModelOf, type MetaRow, metaModelOf, mongoLog } from './mongo-log.ts';
import { type MongoRow, modelOf } from './mongo-model.ts';
import { mongoOutbox } from './mongo-outbox.ts';
import { mongoSchema } from './mongo-schema.ts';
import { registry } from './registry.ts';
import { checkReader, checkSchema, firstSchema, migrates, type SchemaVersion } from './schema.ts';
import type { Store } from './store.ts';

export { mongoConnection, unlessDuplicate };

export interface MongoStoreOptions {
  url: string;
  /** The database of one service. */
  database: string;
  /** Stamps outbox entries and tombstones. */
  clock?: { now(): Date };
  /** What this release says of the database; 1 and 1 by default. */
  schema?: SchemaVersion;
}

/**
 * A store on a server that speaks MongoDB's protocol. Connects at first use. Until `migrate` has made the indexes every
 * use rejects with StoreUnavailable, since a unique claim without its index would be no claim.
 */
export function mongoStore({ url, database, clock, schema = firstSchema }: MongoStoreOptions): Store {
  checkSchema(schema);
  const { connection, use, long, longWrite, race, ping, close } = mongoConnection(url, database);
  const now = () => (clock?.now() ?? new Date()).getTime();
  const declared = registry();
  const meta = metaModelOf(connection);
  const models = new Map<AnyDef, Model<MongoRow>>();
  const wanted = new Map<string, Indexes>();
  const logs = new Map<string, { model: Model<LogRow>; upcasts: Upcasts }>();
  const standing = mongoSchema(schema, meta, use);
  const indexed = indexedCheck(connection, wanted);
  let required = schema.oldestReader;
  const dumping = mongoDump({ use: long, models, logs, meta, schema, standing });
  const usable = (collection: string): { use: Use; longWrite: Write; race: Race } => {
    const check = () => standing.check().then(() => indexed(collection));
    return {
      use: (work) => use(() => check().then(work)),
      longWrite: (work) => longWrite((mark) => check().then(() => work(mark))),
      race: (work, lost) => race((mark) => check().then(() => work(mark)), lost),
    };
  };

  return {
    collection<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>): Collection<T, I> {
      return declared.collection(def, () => {
        const known = def as unknown as AnyDef;
        const model = modelOf(connection, known);
        models.set(known, model);
        wanted.set(def.name, indexesOf(known));
        const { tell, on } = listeners();
        const parts = { model, ...usable(def.name), now, wrote: tell };
        return { collection: mongoCollection(def, parts), outbox: mongoOutbox(def.name, parts, on) };
      });
    },
    outboxes: () => declared.outboxes(),
    sweep: (age) => declared.sweep(now() - age),
    log: (name, options) =>
      declared.log(name, () => {
        const collection = `log.${name}`;
        wanted.set(collection, logIndexes);
        const { tell, on } = listeners();
        const model = logModelOf(connection, name);
        logs.set(name, { model, upcasts: options?.upcasts });
        const parts = { model, meta, ...usable(collection), wrote: tell, onAppend: on };
        return mongoLog(name, options ?? {}, parts);
      }),
    epoch: async () => (await standing.epoch()) ?? use(() => epochOf(meta)),
    renewEpoch: () => use(() => renewedEpoch(meta)).finally(standing.forget),
    dump: () => dumpOf(dumping),
    load: (lines, options) => loadInto(dumping, lines, options),
    markRestoring: standing.markRestoring,
    async migrate() {
      const kept = await standing.kept();
      if (!migrates(schema, kept)) return;
      await standing.raise({ oldestReader: schema.oldestReader });
      await long(async () => {
        const alone = schema.oldestReader === schema.version;
        for (const [collection, indexes] of wanted) await createIndexes(connection, collection, indexes, alone);
        for (const [def, model] of models) await upcastAll(def, model);
        await epochOf(meta);
      });
      await standing.raise({ version: schema.version });
    },
    async requireReader(version) {
      checkReader(schema, version);
      if (version <= required) return;
      await standing.raise({ oldestReader: version });
      required = version;
    },
    async ready() {
      const ready = await standing.ready();
      if (!ready.ok) return ready;
      const all = await Promise.all([...wanted].map(([name, indexes]) => use(() => hasIndexes(connection, name, indexes))));
      return all.every(Boolean) ? ready : { ok: false, reason: 'not-migrated' };
    },
    ping,
    close,
  };
}

/** Remembers for each collection that its indexes are there. */
function indexedCheck(connection: Connection, wanted: ReadonlyMap<string, Indexes>) {
  const found = new Map<string, Promise<void>>();
  const look = async (collection: string) => {
    if (await hasIndexes(connection, collection, wanted.get(collection) ?? [])) return;
    throw new StoreUnavailable(`${collection} has not been migrated`);
  };
  return (collection: string): Promise<void> => {
    const known = found.get(collection);
    if (known) return known;
    const looking = look(collection).catch((error) => {
      found.delete(collection);
      throw error;
    });
    found.set(collection, looking);
    return looking;
  };
}

async function epochOf(meta: Model<MetaRow>): Promise<string> {
  const made = { $setOnInsert: { text: ulid() } };
  await meta
    .updateOne({ _id: 'epoch' } as never, made as never, { upsert: true })
    .exec()
    .catch(unlessDuplicate);
  const row = await meta
    .findOne({ _id: 'epoch' } as never)
    .lean<MetaRow>()
    .exec();
  return row?.text ?? '';
}

async function renewedEpoch(meta: Model<MetaRow>): Promise<string> {
  const text = ulid();
  await meta.updateOne({ _id: 'epoch' } as never, { $set: { text } } as never, { upsert: true }).exec();
  return text;
}
