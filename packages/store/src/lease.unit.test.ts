import { expect, test } from '@jest/globals';
import { leaseOf } from './lease.ts';

const times = { fresh: 10, valid: 30 };

/** A look that is answered by hand, under a clock that is set by hand. */
function byHand() {
  const clock = { now: 0 };
  const looks: { answer(found: string): void; fail(): void }[] = [];
  const look = () => new Promise<string>((resolve, reject) => looks.push({ answer: resolve, fail: () => reject(new Error('gone')) }));
  const lease = leaseOf(
    look,
    (found) => found !== 'not yet',
    times,
    () => clock.now,
  );
  const settled = () => new Promise((done) => setImmediate(done));
  return { clock, looks, lease, settled };
}

test('looks once for all who ask at once, and not again while it is fresh', async () => {
  const { clock, looks, lease } = byHand();
  const asked = [lease.held(), lease.held()];
  looks[0]?.answer('ok');
  expect(await Promise.all(asked)).toEqual(['ok', 'ok']);
  clock.now = 9;
  expect(lease.held()).toBe('ok');
  expect(looks).toHaveLength(1);
});

test('answers from what it holds while it looks again, and never once that has run out', async () => {
  const { clock, looks, lease, settled } = byHand();
  const first = lease.held();
  looks[0]?.answer('ok');
  await first;
  clock.now = 10;
  expect([lease.held(), lease.held(), looks.length]).toEqual(['ok', 'ok', 2]);
  looks[1]?.fail();
  await settled();
  clock.now = 29;
  expect([lease.held(), looks.length]).toEqual(['ok', 3]);
  clock.now = 30;
  const waits = lease.held();
  expect(waits).toBeInstanceOf(Promise);
  looks[2]?.answer('old by then');
  expect(await waits).toBe('old by then');
  clock.now = 58;
  expect(lease.held()).toBe('old by then');
  clock.now = 59;
  expect(lease.held()).toBeInstanceOf(Promise);
});

test('holds nothing that does not last, and nothing that was found before it was told to forget', async () => {
  const { looks, lease, settled } = byHand();
  const first = lease.held();
  looks[0]?.answer('not yet');
  expect(await first).toBe('not yet');
  const second = lease.held();
  expect(looks).toHaveLength(2);
  lease.forget();
  looks[1]?.answer('ok');
  expect(await second).toBe('ok');
  await settled();
  expect(lease.held()).toBeInstanceOf(Promise);
  expect(looks).toHaveLength(3);
});
