import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { mongoCollection } from './mongo-collection.ts';
import { unhurried } from './mongo-connection.ts';
import type { MongoParts } from './mongo-writes.ts';

const parts = { name: 'parts', schema: z.strictObject({ _id: z.string(), of: z.string() }), indexes: { 'by-of': ['of'] as const } };

test('what may be very much is erased without the deadline of a request', async () => {
  const asked: unknown[][] = [];
  const deleteMany = async (...given: unknown[]) => {
    asked.push(given);
    return { deletedCount: 700 };
  };
  const collection = mongoCollection(parts, {
    model: { collection: { deleteMany } },
    longWrite: (work: (mark: (sent: object) => object) => Promise<unknown>) => work((sent) => sent),
    use: () => Promise.reject(new Error('given up at the deadline')),
  } as unknown as MongoParts);
  expect(await collection.erase({ index: 'by-of', equals: { of: 'a page' } })).toBe(700);
  expect(asked).toEqual([[expect.anything(), unhurried]]);
});
