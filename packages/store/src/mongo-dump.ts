import type { Envelope } from '@sidekick/contracts';
import type { Model } from 'mongoose';
import type { AnyDef, Upcasts } from './definition.ts';
import type { DocumentLine, DumpSide, Loaded } from './dump.ts';
import { TakenKey, Unstorable } from './errors.ts';
import { isDuplicate, type Use, unhurried } from './mongo-connection.ts';
import { decodeKeys, encodeKeys } from './mongo-keys.ts';
import type { LogRow, MetaRow } from './mongo-log.ts';
import type { MongoRow } from './mongo-model.ts';
import { atOnce } from './mongo-query.ts';
import type { MongoSchema } from './mongo-schema.ts';
import type { SchemaVersion } from './schema.ts';

export interface MongoDumpParts {
  use: Use;
  models: ReadonlyMap<AnyDef, Model<MongoRow>>;
  logs: ReadonlyMap<string, { model: Model<LogRow>; upcasts: Upcasts }>;
  meta: Model<MetaRow>;
  schema: SchemaVersion;
  standing: MongoSchema;
}

/** Bytes of a document as text: MongoDB takes 16 MiB with what stands around it. SQLite takes more. */
const largestDocument = 15 * 1024 * 1024;

/** Rows as they are, past collections, logs and mongoose. */
export function mongoDump({ use, models, logs, meta, schema, standing }: MongoDumpParts): DumpSide {
  const rowsOf = (def: AnyDef) => native(models.get(def));
  const entriesOf = (log: string) => native(logs.get(log)?.model);
  const all = () => [...[...models.values()].map(native), ...[...logs.values()].map(({ model }) => native(model))];
  const positionId = (log: string) => `position:${log}`;
  return {
    schema,
    kept: standing.kept,
    raise: standing.raise,
    definitions: () => [...models.keys()],
    logs: () => new Map([...logs].map(([name, { upcasts }]) => [name, upcasts])),
    async documents(def, after, limit) {
      const rows = await use(() =>
        rowsOf(def)
          .find<MongoRow>({ _id: { $gt: after } } as never, { sort: { _id: 1 }, ...atOnce(limit), ...unhurried })
          .toArray(),
      );
      return rows.map((row) => documentLine(def.name, row));
    },
    async entries(log, after, limit) {
      const rows = await use(() =>
        entriesOf(log)
          .find<LogRow>({ _id: { $gt: after } } as never, { sort: { _id: 1 }, ...atOnce(limit), ...unhurried })
          .toArray(),
      );
      return rows.map(({ _id: number, requestId, schemaVersion: schema, entry }) => ({
        ...({ is: 'entry', log, number, requestId, schema } as const),
        entry: JSON.parse(entry),
      }));
    },
    position: async (log) => (await use(() => native(meta).findOne<MetaRow>({ _id: positionId(log) } as never)))?.number ?? 0,
    async isEmpty() {
      for (const collection of all()) if (await use(() => collection.findOne({}, unhurried))) return false;
      return true;
    },
    async clear() {
      for (const collection of all()) await use(() => collection.deleteMany({}, unhurried));
      await use(() => native(meta).deleteMany({ _id: { $regex: '^(position|snapshot|redacted):' } } as never, unhurried));
    },
    async addDocuments(def, loaded) {
      for (const { line, prepared } of loaded)
        if (prepared && Buffer.byteLength(prepared.text) > largestDocument)
          throw new Unstorable(`${def.name} ${line.id} is larger than a document of MongoDB may be: shorten it where the backup was made`);
      const rows = loaded.map(rowOf);
      await use(() => rowsOf(def).insertMany(rows as never, unhurried)).catch((error) => {
        throw isDuplicate(error) ? new TakenKey(`two documents of ${def.name} claim the same`) : error;
      });
    },
    async addEntries(log, lines) {
      const rows = lines.map(({ number, requestId, schema, entry }) => ({
        ...{ _id: number, requestId, schemaVersion: schema },
        entry: JSON.stringify(entry),
      }));
      await use(() => entriesOf(log).insertMany(rows as never, unhurried));
    },
    async setPosition(log, number) {
      await use(() => native(meta).updateOne({ _id: positionId(log) } as never, { $set: { number } }, { upsert: true }));
    },
  };
}

/** Past mongoose, whose models would cast and check what is only copied. */
function native(model: Pick<Model<unknown>, 'collection'> | undefined): Model<unknown>['collection'] {
  if (!model) throw new Error('not declared');
  return model.collection;
}

function documentLine(collection: string, row: MongoRow): DocumentLine {
  const { _id: id, version, schemaVersion: schema, doc, deletedAt, event, eventVersion = 0, writtenAt = 0 } = row;
  return {
    ...({ is: 'document', collection, id, version, schema } as const),
    doc: decodeKeys(doc),
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(event === undefined ? {} : { unsent: { event: JSON.parse(event) as Envelope, version: eventVersion, writtenAt } }),
  };
}

function rowOf({ line, schema, prepared }: Loaded): MongoRow {
  const { id, version, deletedAt, unsent } = line;
  const { _id, ...doc } = prepared?.doc ?? { _id: id };
  return {
    ...{ _id: id, version, schemaVersion: schema },
    doc: prepared ? (encodeKeys(doc) as object) : null,
    keys: [`id:${id}`, ...(prepared?.claims ?? [])],
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(unsent ? { event: JSON.stringify(unsent.event), eventVersion: unsent.version, writtenAt: unsent.writtenAt } : {}),
  };
}
