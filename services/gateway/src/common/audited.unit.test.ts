import { expect, test } from '@jest/globals';
import { BusUnavailable } from '@sidekick/bus';
import { type Collection, StoreFull, StoreUnavailable } from '@sidekick/store';
import { audited } from './audited.ts';

/** As much of a log as is needed. */
function aLog({ removes = true } = {}) {
  const kept = new Map<string, { _id: string }>();
  const log = {
    insert: async (doc: { _id: string }) => void kept.set(doc._id, doc),
    get: async (id: string) => (kept.has(id) ? { doc: kept.get(id), version: 1 } : null),
    remove: async ({ doc }: { doc: { _id: string } }) => {
      if (!removes) throw new StoreUnavailable('away');
      kept.delete(doc._id);
    },
  };
  return { log: log as unknown as Collection<{ _id: string }>, kept };
}
const failing = (error: Error, { log, kept }: ReturnType<typeof aLog>) =>
  audited(log, [{ _id: 'a' }], () => Promise.reject(error)).catch((thrown: unknown) => ({ thrown, kept: [...kept.keys()] }));

test.each([new Error('refused'), new StoreFull('no room')])('a deed that was not done is not kept: %s', async (error) => {
  expect(await failing(error, aLog())).toEqual({ thrown: error, kept: [] });
});

test.each([new StoreUnavailable('late'), new BusUnavailable('late')])('one that may be done is kept: %s', async (error) => {
  expect(await failing(error, aLog())).toEqual({ thrown: error, kept: ['a'] });
});

test('why it was not done is told, also where its note cannot be taken back', async () => {
  const error = new Error('refused');
  expect(await failing(error, aLog({ removes: false }))).toEqual({ thrown: error, kept: ['a'] });
});
