import type { Envelope } from '@sidekick/contracts';
import { type AnyDef, type Prepared, prepareStored, schemaOf, type Upcasts, upcast } from './definition.ts';
import { Unstorable } from './errors.ts';
import type { SchemaVersion } from './schema.ts';

/**
 * One line of a dump. A database is its lines in this order: the store's own, then every collection by name and its documents by
 * id, then every log by name, its entries by number and the position of its relay. The epoch is no part of it: a restore renews it.
 */
export type DumpLine = StoreLine | DocumentLine | EntryLine | PositionLine;

export interface StoreLine {
  is: 'store';
  /** What the database has been migrated to: newer than the release that dumps where one was undone. */
  schema: SchemaVersion;
}
/** `doc` is null in a tombstone, as it is kept otherwise: at its own schema version. */
export interface DocumentLine {
  is: 'document';
  collection: string;
  id: string;
  version: number;
  schema: number;
  doc: unknown;
  deletedAt?: number;
  unsent?: { event: Envelope; version: number; writtenAt: number };
}
export interface EntryLine {
  is: 'entry';
  log: string;
  number: number;
  requestId: string;
  schema: number;
  entry: unknown;
}
export interface PositionLine {
  is: 'position';
  log: string;
  position: number;
}

export interface LoadOptions {
  /** Empties the store first; without it a store that holds anything is refused. */
  replace?: boolean;
}

/** What a dump needs of a side. Rows come in order of id or number, after the one named. */
export interface DumpSide {
  /** What this release says of the database. */
  readonly schema: SchemaVersion;
  /** What the database says of itself; null where it says nothing yet. */
  kept(): Promise<SchemaVersion | null>;
  /** Raises what the database says of itself, never lowers it. */
  raise(schema: SchemaVersion): Promise<void>;
  definitions(): readonly AnyDef[];
  /** Name of each log with what brings its entries to the newest schema. */
  logs(): ReadonlyMap<string, Upcasts>;
  documents(def: AnyDef, after: string, limit: number): Promise<DocumentLine[]>;
  entries(log: string, after: number, limit: number): Promise<EntryLine[]>;
  position(log: string): Promise<number>;
  isEmpty(): Promise<boolean>;
  /** Everything but the epoch. */
  clear(): Promise<void>;
  addDocuments(def: AnyDef, loaded: readonly Loaded[]): Promise<void>;
  addEntries(log: string, lines: readonly EntryLine[]): Promise<void>;
  setPosition(log: string, position: number): Promise<void>;
}

/** A document at the newest schema, with its claims; null for a tombstone. */
export interface Loaded {
  line: DocumentLine;
  /** Version of the schema that it is kept at: the newest here, or a newer one at which a release that was undone left it. */
  schema: number;
  prepared: Prepared<{ _id: string }> | null;
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

/** Rows read at once, and lines written at once; an entry of a log may have some MB. */
const some = { documents: 200, entries: 20 } as const;
const heaviest = 8 * 1024 * 1024;

/** Every line of a store, a few in memory at a time. Each document as it was at one moment; writes may go on between two. */
export async function* dumpOf(side: DumpSide): AsyncIterable<DumpLine> {
  yield { is: 'store', schema: (await side.kept()) ?? side.schema };
  for (const def of side.definitions().toSorted(byName)) {
    const next = (after: string) => side.documents(def, after, some.documents);
    for (let lines = await next(''); lines.length > 0; lines = await next(lines.at(-1)?.id ?? '')) yield* lines;
  }
  for (const log of [...side.logs().keys()].sort()) {
    // Read first: what is published meanwhile is published again, and consumers know it by its id.
    const position = await side.position(log);
    const next = (after: number) => side.entries(log, after, some.entries);
    for (let lines = await next(0); lines.length > 0; lines = await next(lines.at(-1)?.number ?? 0)) yield* lines;
    yield { is: 'position', log, position };
  }
}

/**
 * Writes the lines of a dump, of either side, into a store. Documents become those of the newest schema; what a newer release
 * left, that lets this one read it (`oldestReader`) and was undone, stays as it is. Throws Unstorable for what this release does
 * not know: a collection, a log, any other newer schema, a document that its schema refuses; a field that it does not know is kept.
 */
export async function loadInto(side: DumpSide, lines: AsyncIterable<DumpLine>, { replace = false }: LoadOptions = {}): Promise<void> {
  if (replace) await side.clear();
  else if (!(await side.isEmpty())) throw new Error('the store is not empty');
  const batch = batchOf(side);
  let made: SchemaVersion | null = null;
  for await (const line of lines) {
    if (line.is === 'store') {
      made = line.schema;
      batch.mayBeNewer = mayBeNewer(side, made);
    } else if (line.is === 'document') await batch.document(line);
    else if (line.is === 'entry') await batch.entry(line);
    else {
      await batch.flush();
      await side.setPosition(knownLog(side, line.log), line.position);
    }
  }
  await batch.flush();
  if (made) await side.raise(made);
}

/** Gathers lines of one collection or log. */
function batchOf(side: DumpSide) {
  const defs = new Map(side.definitions().map((def) => [def.name, def]));
  let documents: { def: AnyDef; loaded: Loaded[] } | null = null;
  let entries: { log: string; lines: EntryLine[] } | null = null;
  let weight = 0;
  const flush = async () => {
    if (documents) await side.addDocuments(documents.def, documents.loaded);
    if (entries) await side.addEntries(entries.log, entries.lines);
    documents = entries = null;
    weight = 0;
  };
  const full = async (count: number, most: number) => {
    if (count >= most || weight > heaviest) await flush();
  };
  return {
    /** Whether lines of a newer schema than this release's may come. */
    mayBeNewer: false,
    flush,
    async document(line: DocumentLine) {
      const def = defs.get(line.collection);
      if (!def) throw new Unstorable(`this release has no collection ${line.collection}`);
      if (!this.mayBeNewer) refuseNewer(`${def.name} ${line.id}`, line.schema, def.upcasts);
      const loaded = loadedOf(def, line);
      if (documents?.def !== def) await flush();
      documents ??= { def, loaded: [] };
      documents.loaded.push(loaded);
      weight += loaded.prepared?.text.length ?? 0;
      await full(documents.loaded.length, some.documents);
    },
    async entry(line: EntryLine) {
      const upcasts = side.logs().get(knownLog(side, line.log));
      if (!this.mayBeNewer) refuseNewer(`${line.log} ${line.number}`, line.schema, upcasts);
      if (entries?.log !== line.log) await flush();
      entries ??= { log: line.log, lines: [] };
      entries.lines.push(line);
      weight += JSON.stringify(line.entry).length;
      await full(entries.lines.length, some.documents);
    },
  };
}

function refuseNewer(what: string, schema: number, upcasts: Upcasts): void {
  const newest = schemaOf(upcasts);
  if (schema > newest) throw new Unstorable(`${what} is of a newer release: schema ${schema}, here ${newest}`);
}

function loadedOf(def: AnyDef, line: DocumentLine): Loaded {
  if (line.doc === null) return { line, schema: line.schema, prepared: null };
  const old = { _id: line.id, ...(line.doc as object) };
  const prepared = prepareStored(def, upcast(old, line.schema, def.upcasts) as { _id: string });
  return { line, schema: Math.max(line.schema, schemaOf(def.upcasts)), prepared };
}

/** Throws Unstorable for a dump of a database that this release must not read. */
function mayBeNewer({ schema: ours }: DumpSide, made: SchemaVersion): boolean {
  if (ours.version < made.oldestReader) throw new Unstorable(`the dump is of a newer release: schema ${made.version}`);
  return made.version > ours.version;
}

function knownLog(side: DumpSide, log: string): string {
  if (!side.logs().has(log)) throw new Unstorable(`this release has no log ${log}`);
  return log;
}
