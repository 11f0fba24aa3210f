import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { fitsSchema, tombstoneSweeper } from './upkeep.ts';

const month = 30 * 24 * 3_600_000;
const hour = 3_600_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('sweeps what is 30 days old, at the start and every hour until it is stopped', async () => {
  const ages: number[] = [];
  const sweep = async (age: number) => ages.push(age);
  const sweeper = tombstoneSweeper({ store: { sweep }, failed: () => {} });
  sweeper.start();
  await jest.advanceTimersByTimeAsync(2 * hour);
  await sweeper.stop();
  await jest.advanceTimersByTimeAsync(2 * hour);
  expect(ages).toEqual([month, month, month]);
});

test('goes on after a sweep that failed, and runs one at a time', async () => {
  const failures: unknown[] = [];
  let running = 0;
  const ends: (() => void)[] = [];
  const sweep = () =>
    new Promise<number>((resolve, reject) => {
      running += 1;
      if (running === 1) reject(new Error('away'));
      else ends.push(() => resolve(0));
    });
  const sweeper = tombstoneSweeper({ store: { sweep }, failed: (error) => failures.push(error) });
  sweeper.start();
  await jest.advanceTimersByTimeAsync(3 * hour);
  expect([failures.length, running]).toEqual([1, 2]);
  ends[0]?.();
  await jest.advanceTimersByTimeAsync(hour);
  expect(running).toBe(3);
  const stopping = sweeper.stop();
  ends[1]?.();
  await stopping;
});

test('a store that is away is no schema that does not fit', async () => {
  const fits = (ready: () => Promise<{ ok: true } | { ok: false; reason: 'too-old' }>) => fitsSchema({ ready })();
  expect(await fits(async () => ({ ok: true }))).toBe(true);
  expect(await fits(async () => ({ ok: false, reason: 'too-old' }))).toBe(false);
  expect(await fits(() => Promise.reject(new Error('away')))).toBe(true);
});
