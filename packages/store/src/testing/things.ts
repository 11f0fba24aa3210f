import type { Envelope } from '@sidekick/contracts';
import { z } from 'zod';
import type { Collection, CollectionDef } from '../collection.ts';
import type { Store } from '../store.ts';

const Shape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('round'), radius: z.number() }),
  z.strictObject({ kind: z.literal('square'), side: z.number() }),
]);

/** A document with every form that schemas of the portal have: optional, nullable, nested, list, record, union. */
export const Thing = z.strictObject({
  _id: z.string(),
  name: z.string(),
  rank: z.number().nullable(),
  group: z.string().nullable().optional(),
  claims: z.array(z.string()),
  words: z.record(z.string(), z.unknown()).optional(),
  shape: Shape.optional(),
  parts: z.array(z.strictObject({ label: z.string(), sizes: z.array(z.number()).optional() })).optional(),
  nested: z.strictObject({ on: z.boolean(), note: z.string().nullable() }).nullable().optional(),
  version: z.number().optional(),
});
export type Thing = z.infer<typeof Thing>;
export type ThingIndex = 'by-rank' | 'by-group' | 'by-id';

/** A definition of its own each time, as a second process or release has it. */
export const things = (): CollectionDef<Thing, ThingIndex> => ({
  name: 'things',
  schema: Thing,
  indexes: { 'by-rank': ['rank'], 'by-group': ['group', 'rank', 'name'], 'by-id': ['_id'] },
  unique: (thing) => thing.claims,
});
export type Things = Collection<Thing, ThingIndex>;

/** A test that gets an empty collection of its own, open and migrated. */
export type ThingsTest = (title: string, body: (collection: Things, store: Store) => Promise<void>, timeout?: number) => void;

export const aThing = (over: Partial<Thing> & { _id: string }): Thing => ({ name: over._id, rank: null, claims: [], ...over });

/** An event of some aggregate: the store keeps it as it is. */
export const anEvent = (subject: string) => (sequence: number) =>
  ({
    specversion: '1.0',
    id: `${subject}:${sequence}`,
    source: 'content',
    type: 'content.page.changed.v1',
    time: '2026-11-25T08:00:00Z',
    subject,
    sequence,
    epoch: '01JZZZZZZZZZZZZZZZZZZZZZZZ',
    data: { reason: 'test', deleted: false, state: null, 'a.$b': { constructor: '😀' } },
  }) as unknown as Envelope;

/** Code-point order, as both sides sort strings. */
export const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
