import { expect, test } from '@jest/globals';
import { coalesced } from './coalesced.ts';

test('a call is answered by a round that began after it, one round at a time, shared by those who wait', async () => {
  let calls = 0;
  let atOnce = 0;
  let begun = 0;
  const ask = coalesced(async () => {
    begun += 1;
    atOnce += 1;
    expect(atOnce).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
  });
  const one = async () => {
    calls += 1;
    const before = begun;
    await ask();
    expect(begun).toBeGreaterThan(before);
  };
  await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      for (let wait = 0; wait < n % 7; wait += 1) await new Promise((resolve) => setImmediate(resolve));
      await one();
    }),
  );
  expect([calls, begun < 50]).toEqual([50, true]);
});

test('a round that fails fails for those who wait for it alone', async () => {
  let fails = true;
  const ask = coalesced(async () => {
    if (fails) throw new Error('away');
  });
  await expect(ask()).rejects.toThrow('away');
  fails = false;
  await expect(ask()).resolves.toBeUndefined();
});
