import { describe, expect, test } from '@jest/globals';
import { cacheContract, limiterContract } from './cache.contract.ts';
import { memoryCache, memoryLimiter } from './index.ts';

describe('cache in memory', () => {
  cacheContract(async () => memoryCache());

  const compute = (value: string) => async () => value;

  test('drops the longest unused when it is full', async () => {
    // Two bytes a character, key and value: each entry takes 2 × (1 + 9) = 20 bytes.
    const cache = memoryCache({ maxBytes: 60 });
    for (const key of ['a', 'b', 'c']) await cache.through(key, 60, compute('123456789'));
    await cache.through('a', 60, compute('not asked'));
    await cache.through('d', 60, compute('123456789'));
    expect(await cache.through('a', 60, compute('gone'))).toBe('123456789');
    expect(await cache.through('b', 60, compute('gone'))).toBe('gone');
  });

  test('answers what is too large and keeps the rest', async () => {
    const cache = memoryCache({ maxBytes: 60 });
    await cache.through('a', 60, compute('kept'));
    expect(await cache.through('b', 60, compute('x'.repeat(100)))).toHaveLength(100);
    expect(await cache.through('a', 60, compute('gone'))).toBe('kept');
    expect(await cache.through('b', 60, compute('anew'))).toBe('anew');
  });
});

describe('limiter in memory', () => {
  let count = 0;
  limiterContract(() => {
    count += 1;
    return { makeLimiter: memoryLimiter, name: `test${count}` };
  });
});
