import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { sleep } from './sleep.ts';

const long = 3_600_000;

test('sleeps for so long', async () => {
  const began = performance.now();
  await sleep(30, new AbortController().signal);
  expect(performance.now() - began).toBeGreaterThan(25);
});

test('ends at once, without an error, when it is told to, before or meanwhile', async () => {
  await sleep(long, AbortSignal.abort());
  const stopping = new AbortController();
  const slept = sleep(long, stopping.signal);
  expect(await Promise.race([slept.then(() => 'ended'), wait(1, 'sleeps')])).toBe('sleeps');
  stopping.abort();
  await slept;
});
