import type { CollectionDef, EventOf, Stored, Write, WriteResult } from './collection.ts';
import { StaleVersion, StoreUnavailable, TakenKey, Unstorable } from './errors.ts';

/** A definition as adapters see it, whatever its documents are. */
export type AnyDef = CollectionDef<{ _id: string }, string>;
export type Upcasts = readonly ((old: unknown) => unknown)[] | undefined;

/** A document checked and made ready for either side. `doc` is a deep copy: nobody's later change reaches it. */
export interface Prepared<T> {
  doc: T;
  text: string;
  claims: string[];
}

/** What a value of an indexed field may be. Order: null, numbers, strings by code point. */
export type IndexValue = string | number | null;

const name = /^[a-z][a-z0-9-]{0,40}$/;
const field = /^[A-Za-z_][A-Za-z0-9_]{0,40}$/;

/** Throws on names and indexes that one of the sides could not keep. */
export function checkDefinition(def: AnyDef): void {
  checkName(def.name);
  for (const [index, fields] of Object.entries(def.indexes)) {
    checkName(index);
    const wrong = fields.length === 0 || fields.some((one) => !field.test(one)) || new Set(fields).size < fields.length;
    if (wrong) throw new Error(`index ${index} of ${def.name} needs distinct plain field names`);
  }
}

export function checkName(given: string): void {
  if (!name.test(given)) throw new Error(`"${given}" is no name for a collection, log or index: lower case, digits and hyphens`);
}

export const schemaOf = (upcasts: Upcasts): number => 1 + (upcasts?.length ?? 0);

/** Brings a value of schema version `from` to the newest this release knows; a newer one is left as it is. */
export function upcast(value: unknown, from: number, upcasts: Upcasts): unknown {
  return (upcasts ?? []).slice(Math.max(0, from - 1)).reduce((old, next) => next(old), value);
}

/** Throws Unstorable for anything that the schema does not name or that one side would change. */
export function prepare<T extends { _id: string }>(def: CollectionDef<T, string>, given: T): Prepared<T> {
  const parsed = def.schema.safeParse(given);
  if (!parsed.success)
    throw new Unstorable(`${def.name}: ${parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`);
  const lost = firstLost(given, parsed.data);
  if (lost !== null) throw new Unstorable(`${def.name}: unknown field ${lost}`);
  const text = wellFormed(JSON.stringify(parsed.data));
  const doc = JSON.parse(text) as T;
  checkPlain(def, '_id', doc._id);
  if (typeof doc._id !== 'string' || doc._id === '') throw new Unstorable(`${def.name}: _id is a string with at least one character`);
  for (const one of new Set(Object.values<readonly string[]>(def.indexes).flat())) checkPlain(def, one, valueAt(doc, one));
  const claims = [...new Set(def.unique?.(doc) ?? [])];
  for (const claim of claims) checkClaim(def, claim);
  return { doc, text, claims };
}

/**
 * As `prepare`, for a document that was stored before: fields that this release does not know are those of a newer one that ran
 * beside it or was undone, and are kept as they are.
 */
export function prepareStored<T extends { _id: string }>(def: CollectionDef<T, string>, given: T): Prepared<T> {
  const known = withoutUnknown(def, given);
  if (!known) return prepare(def, given);
  const { claims } = prepare(def, known);
  const text = wellFormed(JSON.stringify(given));
  return { doc: JSON.parse(text) as T, text, claims };
}

/** Null where the schema knows every field. */
function withoutUnknown<T extends { _id: string }>({ schema }: CollectionDef<T, string>, given: T): T | null {
  const unknownIn = (doc: T) => (schema.safeParse(doc).error?.issues ?? []).filter(({ code }) => code === 'unrecognized_keys');
  let unknown = unknownIn(given);
  if (unknown.length === 0) return null;
  const doc = structuredClone(given);
  for (; unknown.length > 0; unknown = unknownIn(doc)) {
    for (const { path, keys } of unknown as { path: string[]; keys: string[] }[]) {
      const holder = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], doc) as Record<string, unknown>;
      for (const key of keys) delete holder[key];
    }
  }
  return doc;
}

/** The value of an indexed field; what is missing counts as null. */
export function valueAt(doc: { _id: string }, one: string): unknown {
  return (Object.hasOwn(doc, one) ? (doc as Record<string, unknown>)[one] : null) ?? null;
}

function checkPlain(def: { name: string }, one: string, value: unknown): void {
  const plain = value === null || typeof value === 'number' || (typeof value === 'string' && !value.includes('\0'));
  if (!plain) throw new Unstorable(`${def.name}: ${one} is indexed, so it holds a string without NUL, a number or null`);
}

/** `id:` is kept for ids, so that one unique rule covers both. */
export const reservedKey = (key: string): boolean => key === '' || key.startsWith('id:') || key.includes('\0');

function checkClaim(def: { name: string }, claim: unknown): void {
  if (typeof claim !== 'string' || reservedKey(claim))
    throw new Unstorable(`${def.name}: ${JSON.stringify(claim)} cannot be a unique claim`);
}

/** Path of the first field that parsing dropped: plain `z.object` and records (`__proto__`) drop without a word. */
function firstLost(given: unknown, kept: unknown): string | null {
  if (typeof given !== 'object' || typeof kept !== 'object' || given === null || kept === null) return null;
  for (const key of Object.keys(given)) {
    const value = (given as Record<string, unknown>)[key];
    if (value === undefined) continue;
    if (!Object.hasOwn(kept, key)) return key;
    const below = firstLost(value, (kept as Record<string, unknown>)[key]);
    if (below !== null) return `${key}.${below}`;
  }
  return null;
}

/** Lone surrogates are no text in UTF-8: each becomes U+FFFD here, before one side does it and the other does not. */
function wellFormed(json: string): string {
  if (!json.includes('\\ud')) return json;
  return json.replace(/\\(u[0-9a-f]{4}|.)/g, (escaped) => (/^\\ud[89a-f]/.test(escaped) ? '\ufffd' : escaped));
}

/**
 * Replacing a document by one of another id would be two writes. Throws StoreUnavailable for one that a newer release wrote
 * with fields that this one does not know: it would lose them.
 */
export function prepareNext<T extends { _id: string }>(def: CollectionDef<T, string>, old: Stored<T>, doc: T): Prepared<T> {
  if (doc._id !== old.doc._id) throw new Unstorable(`${def.name}: ${old.doc._id} cannot become ${doc._id}`);
  if (hasUnknown(def, old.doc)) throw ofNewerRelease(def.name, doc._id);
  return prepare(def, doc);
}

export const ofNewerRelease = (collection: string, id: string): StoreUnavailable =>
  new StoreUnavailable(`${collection} ${id} was written by a newer release: this one would lose what it does not know`);

function hasUnknown<T extends { _id: string }>({ schema }: CollectionDef<T, string>, doc: T): boolean {
  const parsed = schema.safeParse(doc);
  if (parsed.success) return firstLost(doc, parsed.data) !== null;
  return JSON.stringify(parsed.error.issues).includes('"unrecognized_keys"');
}

/** The event of a write, as text, made before anything is written so that a failing one writes nothing. */
export const eventText = (event: EventOf | undefined, version: number): string | null => (event ? JSON.stringify(event(version)) : null);

const idOf = <T extends { _id: string }>(write: Write<T>): string => (write.do === 'insert' ? write.doc._id : write.old.doc._id);

/** What was found, in the order it was asked for, without what is not there. */
export function inOrder<T extends { _id: string }>(ids: readonly string[], found: readonly Stored<T>[]): Stored<T>[] {
  const byId = new Map(found.map((stored) => [stored.doc._id, stored]));
  return ids.map((id) => byId.get(id)).filter((stored) => stored !== undefined);
}

/** A batch writes a document once: what is refused for a later write of the same document, or null. */
export function repeated<T extends { _id: string }>(writes: readonly Write<T>[]): (StaleVersion | TakenKey | null)[] {
  const seen = new Set<string>();
  return writes.map((write) => {
    const id = idOf(write);
    if (!seen.has(id)) {
      seen.add(id);
      return null;
    }
    return write.do === 'insert' ? new TakenKey(`id:${id}`) : new StaleVersion(id);
  });
}

/** Turns the two errors that a race may bring into a result; anything else is thrown. */
export async function resultOf<T>(write: Promise<Stored<T> | null>): Promise<WriteResult<T>> {
  try {
    return { ok: true, stored: await write };
  } catch (error) {
    if (error instanceof StaleVersion || error instanceof TakenKey) return { ok: false, error };
    throw error;
  }
}
