import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Connection, type Model, Schema } from 'mongoose';
import { schemaOf, type Upcasts, upcast } from './definition.ts';
import type { Appended, Entry, Log, LogOptions } from './log.ts';
import { type RedactionSide, redactEarlier } from './log-redaction.ts';
import { checkNext } from './log-rules.ts';
import { type Race, type Use, unlessDuplicate } from './mongo-connection.ts';
import { atOnce } from './mongo-query.ts';

/** An entry; its number is its id, so inserting is the commit. `entry` is JSON text: words of users are keys in it. */
export interface LogRow {
  _id: number;
  requestId: string;
  schemaVersion: number;
  entry: string;
}
/** Epoch, schema document, snapshots and positions of a database. A snapshot is gzipped JSON, which keeps it below 16 MB. */
export interface MetaRow {
  _id: string;
  text?: string;
  number?: number;
  schemaVersion?: number;
  /** Of the schema document. */
  version?: number;
  oldestReader?: number;
  bytes?: { buffer: Uint8Array };
}

const strict = { strict: 'throw', versionKey: false, autoIndex: false, autoCreate: false } as const;

export function logModelOf(connection: Connection, name: string): Model<LogRow> {
  const schema = new Schema(
    { _id: Number, requestId: String, schemaVersion: Number, entry: String },
    { ...strict, collection: `log.${name}` },
  );
  return connection.model(`log.${name}`, schema) as unknown as Model<LogRow>;
}

export function metaModelOf(connection: Connection): Model<MetaRow> {
  const paths = { _id: String, text: String, number: Number, schemaVersion: Number, bytes: Buffer };
  return connection.model('store.meta', new Schema(paths, { ...strict, collection: 'store.meta' })) as unknown as Model<MetaRow>;
}

export interface MongoLogParts {
  model: Model<LogRow>;
  meta: Model<MetaRow>;
  use: Use;
  race: Race;
  wrote: () => void;
  onAppend: Log<unknown>['onAppend'];
}

export function mongoLog<E>(name: string, options: LogOptions<E>, parts: MongoLogParts): Log<E> {
  const { upcasts, redacts } = options;
  const { model, use, race, wrote, onAppend } = parts;
  const { head, byRequestId, ...reads } = readsOf<E>(options, parts);
  const { noted, noteHigher, ...snapshots } = progressOf(name, parts);
  /** The highest number seen: the log only grows, so nothing below it needs another look. */
  let known = 0;
  const read: Log<E>['read'] = async (after, limit) => {
    const entries = await reads.read(after, limit);
    known = Math.max(known, entries.at(-1)?.number ?? 0);
    return entries;
  };
  const append = async ({ number, requestId, entry }: Entry<E>): Promise<Appended> => {
    if (number > known + 1) known = Math.max(known, await head());
    if (number > known + 1 && (await byRequestId(requestId))) return { ok: false, taken: 'requestId' };
    checkNext(name, number, known);
    const row = { _id: number, requestId, schemaVersion: schemaOf(upcasts), entry: JSON.stringify(entry) };
    const taken = await inserted(row, { model, use, race });
    known = taken === 'requestId' ? known : Math.max(known, number);
    return taken ? { ok: false, taken } : { ok: true };
  };
  const redaction: RedactionSide<E> = {
    read,
    done: () => noted(`redacted:${name}`),
    setDone: (number) => noteHigher(`redacted:${name}`, number),
    replace: (number, change) => replaced(number, change, options, parts),
    fenceSnapshots: snapshots.fence,
  };
  return {
    async append(entry) {
      const appended = await append(entry);
      if (appended.ok) wrote();
      return appended;
    },
    read,
    head,
    byRequestId,
    onAppend,
    redact: () => redactEarlier(redaction, redacts),
    saveSnapshot: snapshots.save,
    loadSnapshot: snapshots.load,
    position: () => noted(`position:${name}`),
    moveTo: (position) => noteHigher(`position:${name}`, position),
  };
}

const entryOf = <E>(row: LogRow, upcasts: Upcasts): Entry<E> => ({
  number: row._id,
  requestId: row.requestId,
  entry: upcast(JSON.parse(row.entry), row.schemaVersion, upcasts) as E,
});

function readsOf<E>({ upcasts }: LogOptions<E>, { model, use }: Pick<MongoLogParts, 'model' | 'use'>) {
  const find = (filter: object, limit: number) =>
    use(() => model.collection.find<LogRow>(filter, { sort: { _id: 1 }, ...atOnce(limit) }).toArray());
  return {
    read: async (after: number, limit: number) => (await find({ _id: { $gt: after } }, limit)).map((row) => entryOf<E>(row, upcasts)),
    async byRequestId(requestId: string) {
      const [row] = await find({ requestId }, 1);
      return row ? entryOf<E>(row, upcasts) : null;
    },
    head: async () =>
      (await use(() => model.collection.find<LogRow>({}, { projection: { _id: 1 }, sort: { _id: -1 }, limit: 1 }).toArray()))[0]?._id ?? 0,
  };
}

/** Compare-and-set on the text itself: two that change the same entry at once both take effect. */
async function replaced<E>(
  number: number,
  change: (entry: E) => E,
  { upcasts }: LogOptions<E>,
  { model, use }: Pick<MongoLogParts, 'model' | 'use'>,
): Promise<boolean> {
  for (;;) {
    const row = await use(() => model.collection.findOne<LogRow>({ _id: number } as never));
    if (!row) return false;
    const entry = JSON.stringify(change(entryOf<E>(row, upcasts).entry));
    if (entry === row.entry) return false;
    const set = { $set: { entry, schemaVersion: Math.max(schemaOf(upcasts), row.schemaVersion) } };
    const { matchedCount } = await use(() => model.collection.updateOne({ _id: number, entry: row.entry } as never, set));
    if (matchedCount > 0) return true;
  }
}

/** Null when inserted, else what was taken. */
async function inserted(row: LogRow, { model, use, race }: Pick<MongoLogParts, 'model' | 'use' | 'race'>) {
  const taken = async () => {
    // One question each: for both in one, DocumentDB reads the whole log.
    const has = (one: object) => use(() => model.collection.findOne(one as never, { projection: { _id: 1 } }));
    const [byRequest, byNumber] = await Promise.all([has({ requestId: row.requestId }), has({ _id: row._id })]);
    return byRequest ? 'requestId' : byNumber ? 'number' : null;
  };
  const outcome = await race((mark) => model.collection.insertOne(mark(row) as never), taken);
  return 'lost' in outcome ? outcome.lost : null;
}

/** Snapshot and the numbers that are noted: all only move forward, whoever writes last. */
function progressOf(name: string, { meta, use }: Pick<MongoLogParts, 'meta' | 'use'>) {
  const snapshotId = `snapshot:${name}`;
  const one = (_id: string) => use(() => meta.collection.findOne<MetaRow>({ _id } as never));
  return {
    async save({ head, schema, state }: { head: number; schema: number; state: unknown }) {
      const bytes = await promisify(gzip)(JSON.stringify(state));
      const older = { $or: [{ number: { $lt: head } }, { number: head, schemaVersion: { $lt: schema } }] };
      const set = { $set: { number: head, schemaVersion: schema, bytes } };
      await use(() => meta.collection.updateOne({ _id: snapshotId, ...older } as never, set, { upsert: true })).catch(unlessDuplicate);
    },
    async load() {
      const row = await one(snapshotId);
      if (!row?.bytes) return null;
      const text = await promisify(gunzip)(row.bytes.buffer);
      return { head: row.number ?? 0, schema: row.schemaVersion ?? 0, state: JSON.parse(text.toString()) as unknown };
    },
    /** A snapshot without a state stands for the one that was forgotten. */
    async fence(head: number) {
      const older = { _id: snapshotId, number: { $lt: head } };
      const set = { $set: { number: head, schemaVersion: 0 }, $unset: { bytes: 1 } };
      await use(() => meta.collection.updateOne(older as never, set as never, { upsert: true })).catch(unlessDuplicate);
    },
    noted: async (id: string) => (await one(id))?.number ?? 0,
    async noteHigher(id: string, number: number) {
      const set = { $set: { number } };
      const lower = { _id: id, number: { $lt: number } };
      await use(() => meta.collection.updateOne(lower as never, set, { upsert: true })).catch(unlessDuplicate);
    },
  };
}
