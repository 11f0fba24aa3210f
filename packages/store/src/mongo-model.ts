import { type Connection, type Model, Schema } from 'mongoose';
import { z } from 'zod';
import type { AnyDef } from './definition.ts';
import { encodeKey } from './mongo-keys.ts';

/** A document as it is kept. The fields of `doc` are those of the zod schema less `_id`; null in a tombstone. */
export interface MongoRow {
  _id: string;
  version: number;
  schemaVersion: number;
  doc: object | null;
  /** `id:<_id>` first, then the unique claims: never empty, since an empty array would be indexed as null and collide. */
  keys: string[];
  /** The unsent event as JSON text, so that no key in it needs care. */
  event?: string;
  eventVersion?: number;
  writtenAt?: number;
  deletedAt?: number;
}

const strict = { strict: 'throw', versionKey: false, autoIndex: false, autoCreate: false, minimize: false, id: false } as const;

/** Throws when the connection has a model of that name. Indexes are made by migrations alone. */
export function modelOf(connection: Connection, def: AnyDef): Model<MongoRow> {
  const json = z.toJSONSchema(def.schema, { io: 'output', unrepresentable: 'any' }) as JsonSchema;
  const schema = new Schema(
    {
      _id: String,
      version: Number,
      schemaVersion: Number,
      doc: { type: json.properties && !isOpen(json) ? subSchema(json, ['_id']) : Schema.Types.Mixed },
      keys: { type: [String], default: undefined },
      event: String,
      eventVersion: Number,
      writtenAt: Number,
      deletedAt: Number,
    },
    { ...strict, collection: def.name },
  );
  return connection.model(def.name, schema) as unknown as Model<MongoRow>;
}

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

const scalars = new Map<string | undefined, unknown>([
  ['string', String],
  ['number', Number],
  ['integer', Number],
  ['boolean', Boolean],
]);

/** Unions, records and what is recursive stay mixed: zod has checked them. */
function pathOf(json: JsonSchema): unknown {
  const [only, ...others] = (json.anyOf ?? []).filter((one) => one.type !== 'null');
  if (only) return others.length > 0 ? Schema.Types.Mixed : pathOf(only);
  if (json.properties && !isOpen(json)) return subSchema(json);
  if (json.type === 'array' && json.items) return [pathOf(json.items)];
  return scalars.get(json.type) ?? Schema.Types.Mixed;
}

const isOpen = (json: JsonSchema): boolean => typeof json.additionalProperties === 'object' || json.additionalProperties === true;

/** The parent's strictness does not reach a sub-schema, and its arrays would come into being where the document has none. */
function subSchema(json: JsonSchema, without: readonly string[] = []): Schema {
  const paths = Object.entries(json.properties ?? {}).filter(([key]) => !without.includes(key));
  const unfit = paths.find(([key]) => encodeKey(key) !== key);
  if (unfit) throw new Error(`"${unfit[0]}" cannot be the name of a field`);
  const shape = Object.fromEntries(paths.map(([key, value]) => [key, { type: pathOf(value), default: undefined }]));
  return new Schema(shape as never, { ...strict, _id: false, suppressReservedKeysWarning: true });
}
