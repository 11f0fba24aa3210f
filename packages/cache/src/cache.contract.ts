import { expect, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import type { Cache, MakeLimiter } from './index.ts';

/** What every cache must do. `make` gives each test a cache of its own; the test closes it. */
export function cacheContract(make: () => Promise<Cache>): void {
  const withCache = (title: string, body: (cache: Cache) => Promise<void>) =>
    test(title, async () => {
      const cache = await make();
      try {
        await body(cache);
      } finally {
        await cache.close();
      }
    });
  /** Answers `value` and counts. */
  const counted = (value: string) => {
    const compute = async () => {
      compute.calls += 1;
      return value;
    };
    compute.calls = 0;
    return compute;
  };

  withCache('computes once and answers from then on, until the time is over', async (cache) => {
    const first = counted('one');
    expect(await cache.through('k', 0.4, first)).toBe('one');
    await until('a kept value', async () => (await cache.through('k', 0.4, counted('other'))) === 'one');
    expect(first.calls).toBe(1);
    await until('a new value', async () => (await cache.through('k', 60, counted('two'))) === 'two');
    expect(first.calls).toBe(1);
  });

  withCache('a stamp is empty at first, another after each stamping, and the same between them', async (cache) => {
    const seen = new Set([await cache.stampOf('pages')]);
    expect(seen).toEqual(new Set(['']));
    for (let n = 0; n < 5; n += 1) {
      await cache.stamp('pages');
      const stamp = await cache.stampOf('pages');
      expect(await cache.stampOf('pages')).toBe(stamp);
      seen.add(stamp);
    }
    expect(seen.size).toBe(6);
    expect(await cache.stampOf('others')).toBe('');
  });

  withCache('computes once for many who ask at once', async (cache) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let calls = 0;
    const asking = Array.from({ length: 20 }, () =>
      cache.through('k', 60, async () => {
        calls += 1;
        await held;
        return 'value';
      }),
    );
    await until('a computation', () => calls > 0);
    release();
    expect(new Set(await Promise.all(asking))).toEqual(new Set(['value']));
    expect(calls).toBe(1);
  });

  withCache('keeps no failure', async (cache) => {
    const failing = async (): Promise<string> => {
      throw new Error('no answer');
    };
    await expect(cache.through('k', 60, failing)).rejects.toThrow('no answer');
    expect(await cache.through('k', 60, counted('answer'))).toBe('answer');
  });

  withCache('keeps keys apart, whatever words they are', async (cache) => {
    const words = ['__proto__', 'constructor', 'toString', 'ключ 🔑', 'a:b', 'a\nb', ''];
    for (const word of words) expect(await cache.through(word, 60, counted(`of ${word}`))).toBe(`of ${word}`);
    for (const word of words) {
      await until(`the value of ${word}`, async () => (await cache.through(word, 60, counted(`of ${word}`))) === `of ${word}`);
    }
  });

  withCache('keeps empty and large values as they are', async (cache) => {
    const large = 'é🙂'.repeat(200_000);
    for (const [key, value] of [['empty', ''] as const, ['large', large] as const]) {
      await cache.through(key, 60, counted(value));
      await until('the kept value', async () => {
        const again = counted('other');
        const got = await cache.through(key, 60, again);
        return again.calls === 0 && got === value;
      });
    }
  });

  withCache('is healthy', async (cache) => {
    await until('health', () => cache.health().ok);
  });
}

/** What every limiter must do. `makeLimiter` comes anew for each test, with names of its own. */
export function limiterContract(make: () => { makeLimiter: MakeLimiter; name: string }): void {
  test('lets so many through and then says how long to wait', async () => {
    const { makeLimiter, name } = make();
    const limiter = makeLimiter({ name, points: 3, seconds: 10 });
    for (let n = 0; n < 3; n += 1) expect(await limiter.take('somebody')).toEqual({ waitSeconds: 0 });
    const { waitSeconds } = await limiter.take('somebody');
    expect(waitSeconds).toBeGreaterThan(8);
    expect(waitSeconds).toBeLessThanOrEqual(10);
    expect(await limiter.take('somebody else')).toEqual({ waitSeconds: 0 });
  });

  test('gives the points back when their time is over', async () => {
    const { makeLimiter, name } = make();
    const limiter = makeLimiter({ name, points: 1, seconds: 1 });
    await limiter.take('somebody');
    expect((await limiter.take('somebody')).waitSeconds).toBeGreaterThan(0);
    await until('a point', async () => (await limiter.take('somebody')).waitSeconds === 0, 5);
  });

  test('says how long to wait without taking a point', async () => {
    const { makeLimiter, name } = make();
    const limiter = makeLimiter({ name, points: 2, seconds: 10 });
    for (let n = 0; n < 5; n += 1) expect(await limiter.look('somebody')).toEqual({ waitSeconds: 0 });
    await limiter.take('somebody');
    expect(await limiter.look('somebody')).toEqual({ waitSeconds: 0 });
    await limiter.take('somebody');
    const { waitSeconds } = await limiter.look('somebody');
    expect(waitSeconds).toBeGreaterThan(8);
    expect(waitSeconds).toBeLessThanOrEqual(10);
    await limiter.reset('somebody');
    expect(await limiter.look('somebody')).toEqual({ waitSeconds: 0 });
  });

  test('gives all points back on reset', async () => {
    const { makeLimiter, name } = make();
    const limiter = makeLimiter({ name, points: 1, seconds: 60 });
    await limiter.take('somebody');
    await limiter.reset('somebody');
    expect(await limiter.take('somebody')).toEqual({ waitSeconds: 0 });
  });

  test('lets exactly so many of a crowd through', async () => {
    const { makeLimiter, name } = make();
    const limiter = makeLimiter({ name, points: 5, seconds: 60 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => limiter.take('somebody')));
    expect(answers.filter(({ waitSeconds }) => waitSeconds === 0)).toHaveLength(5);
  });

  test('counts limiters of different names apart', async () => {
    const { makeLimiter, name } = make();
    await makeLimiter({ name: `${name}a`, points: 1, seconds: 60 }).take('somebody');
    expect(await makeLimiter({ name: `${name}b`, points: 1, seconds: 60 }).take('somebody')).toEqual({ waitSeconds: 0 });
  });
}
