import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createLog } from '@sidekick/service-kit';
import { fileSweeper } from './sweep.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('sweeps within minutes of the start and every hour from then on, until it is stopped', async () => {
  let sweeps = 0;
  const nothing = (async function* () {})();
  const content = {
    replica: { refresh: async () => void sweeps++ },
    files: { scan: () => nothing },
    blobs: { list: () => nothing },
  } as unknown as Parameters<typeof fileSweeper>[0];
  const sweeper = fileSweeper(content, createLog({ level: 'silent' }));
  sweeper.start();
  await jest.advanceTimersByTimeAsync(10 * 60_000);
  expect(sweeps).toBe(1);
  await jest.advanceTimersByTimeAsync(3 * 3_600_000);
  expect(sweeps).toBe(4);
  await sweeper.stop();
  await jest.advanceTimersByTimeAsync(2 * 3_600_000);
  expect(sweeps).toBe(4);
});
