import type { Envelope } from '@sidekick/contracts';
import type { EventOf, Stored, Write, WriteResult } from '../collection.ts';
import { StaleVersion, TakenKey } from '../errors.ts';
import { byCodePoint, type Thing } from './things.ts';

interface Row {
  version: number;
  doc: Thing | null;
  event: { version: number; event: Envelope } | null;
}

/** What a collection is to do, in the plainest way: a map and linear searches. The measure of both sides. */
export function reference() {
  const rows = new Map<string, Row>();
  const live = () => [...rows.values()].flatMap(({ doc, version }) => (doc ? [{ doc, version }] : []));
  const check = (id: string, claims: readonly string[]) => {
    const held = new Set(live().flatMap(({ doc }) => (doc._id === id ? [] : doc.claims)));
    const taken = claims.find((claim) => held.has(claim));
    if (taken !== undefined) throw new TakenKey(taken);
  };
  const put = (id: string, version: number, doc: Thing | null, eventOf: EventOf | undefined) => {
    const event = eventOf ? { version, event: eventOf(version) } : (rows.get(id)?.event ?? null);
    rows.set(id, { version, doc, event });
  };
  const current = (old: Stored<Thing>) => {
    const row = rows.get(old.doc._id);
    if (!row?.doc || row.version !== old.version) throw new StaleVersion(old.doc._id);
  };
  const write = (one: Write<Thing>): Stored<Thing> | null => {
    if (one.do === 'insert') {
      if (rows.has(one.doc._id)) throw new TakenKey(`id:${one.doc._id}`);
      check(one.doc._id, one.doc.claims);
      put(one.doc._id, 1, one.doc, one.event);
      return { doc: one.doc, version: 1 };
    }
    current(one.old);
    const version = one.old.version + 1;
    if (one.do === 'remove') {
      put(one.old.doc._id, version, null, one.event);
      return null;
    }
    check(one.doc._id, one.doc.claims);
    put(one.doc._id, version, one.doc, one.event);
    return { doc: one.doc, version };
  };
  const result = (one: Write<Thing>): WriteResult<Thing> => {
    try {
      return { ok: true, stored: write(one) };
    } catch (error) {
      return { ok: false, error: error as StaleVersion };
    }
  };
  return {
    result,
    batch(writes: readonly Write<Thing>[]): WriteResult<Thing>[] {
      const seen = new Set<string>();
      return writes.map((one) => {
        const id = one.do === 'insert' ? one.doc._id : one.old.doc._id;
        if (!seen.has(id)) {
          seen.add(id);
          return result(one);
        }
        return { ok: false, error: one.do === 'insert' ? new TakenKey(`id:${id}`) : new StaleVersion(id) };
      });
    },
    get: (id: string) => live().find(({ doc }) => doc._id === id) ?? null,
    byKey: (key: string) => live().find(({ doc }) => doc.claims.includes(key)) ?? null,
    sorted: (fields: readonly (keyof Thing)[], keep: (thing: Thing) => boolean) =>
      live()
        .filter(({ doc }) => keep(doc))
        .toSorted((a, b) => fields.map((field) => compare(a.doc[field], b.doc[field])).find((order) => order !== 0) ?? 0),
    scan: () => [...rows].toSorted(([a], [b]) => byCodePoint(a, b)).map(([id, { version, doc }]) => ({ id, version, doc })),
    unsent: () => [...rows].flatMap(([id, { event }]) => (event ? [{ id, ...event }] : [])).toSorted((a, b) => byCodePoint(a.id, b.id)),
    sent(id: string, version: number): void {
      const row = rows.get(id);
      if (row?.event?.version === version) row.event = null;
    },
  };
}

/** Null (and missing), numbers, strings by code point. */
function compare(a: unknown, b: unknown): number {
  const kind = (value: unknown) => ['object', 'number', 'string'].indexOf(value === undefined ? 'object' : typeof value);
  if (kind(a) !== kind(b)) return kind(a) - kind(b);
  if (typeof a === 'number') return a - (b as number);
  return typeof a === 'string' ? byCodePoint(a, b as string) : 0;
}
