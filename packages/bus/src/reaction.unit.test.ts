import { expect, test } from '@jest/globals';
import { type Store, sqliteStore, TakenKey } from '@sidekick/store';
import { until } from '@sidekick/testing';
import { insertOnce, reactionsOf } from './index.ts';
import { aProjectEvent } from './testing/events.ts';
import { told } from './testing/told.ts';

const clock = { now: () => new Date() };

test('an insert that loses a claim to another document is no repetition', async () => {
  const insert = (key: string) => ({ insert: () => Promise.reject(new TakenKey(key)) });
  expect(await insertOnce(insert('id:a'), { _id: 'a' })).toBe(false);
  await expect(insertOnce(insert('id:b'), { _id: 'a' })).rejects.toThrow('taken: id:b');
  await expect(insertOnce(insert('path:/a'), { _id: 'a' })).rejects.toThrow('taken: path:/a');
});

test('a beat that comes late does not take back that the try has failed', async () => {
  const store = sqliteStore({ file: ':memory:' });
  const late = lateBeats(store);
  let fail = (_: Error) => {};
  const failure = new Promise<void>((_, reject) => {
    fail = reject;
  });
  const slow = reactionsOf({ store: late.store, clock, leaseMs: 100 }).once(told, () => failure);
  const event = aProjectEvent(1);
  const failed = expect(slow(event)).rejects.toThrow('no room');
  await until('a beat under way', () => late.held() > 0);
  fail(new Error('no room'));
  await failed;
  await late.release();
  let runs = 0;
  const next = reactionsOf({ store, clock, leaseMs: 600_000 }).once(told, async () => {
    runs += 1;
  });
  const done = next(event);
  await until('the next try, which waits for no lease', () => runs === 1, 5);
  await done;
  await store.close();
});

/** A store in which beats are on their way until they are released; releasing resolves when each has looked what became of its try. */
function lateBeats(store: Store) {
  const held: (() => void)[] = [];
  let holds = true;
  let looks = 0;
  const late: Pick<Store, 'collection'> = {
    collection(def) {
      const collection = store.collection(def);
      return {
        ...collection,
        async replace(old, doc) {
          if (holds && (doc as { state?: string }).state === 'begun') await new Promise<void>((resolve) => held.push(resolve));
          return collection.replace(old, doc);
        },
        async get(id) {
          const look = await collection.get(id);
          looks += 1;
          return look;
        },
      };
    },
  };
  return {
    store: late,
    held: () => held.length,
    async release() {
      holds = false;
      const wanted = looks + held.length;
      for (const go of held) go();
      await until('all looked', () => looks === wanted);
    },
  };
}
