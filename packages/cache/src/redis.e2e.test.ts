import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWith, proxyTo, until } from '@sidekick/testing';
import { cacheContract, limiterContract } from './cache.contract.ts';
import { redisCache, redisLimiter } from './redis.ts';

const aPrefix = () => `test:${randomUUID()}:`;

describeWith('redis', 'cache in Redis', (url) => {
  const ready = async (address: string, prefix = aPrefix()) => {
    const cache = redisCache({ url: address, prefix });
    await until('a connection', () => cache.health().ok);
    return cache;
  };
  cacheContract(() => ready(url));

  test('shares values between processes', async () => {
    const prefix = aPrefix();
    const [one, two] = [await ready(url, prefix), await ready(url, prefix)];
    await until('it in the other', async () => {
      await one.through('k', 60, async () => 'of one');
      return (await two.through('k', 0.001, async () => 'of two')) === 'of one';
    });
    await one.close();
    await two.close();
  });

  test('one process sees at once what another has stamped; what is not known is null', async () => {
    const prefix = aPrefix();
    const proxy = await proxyTo(url);
    const [one, two] = [await ready(url, prefix), await ready(proxy.url, prefix)];
    for (let n = 0; n < 20; n += 1) {
      const before = await two.stampOf('pages');
      await one.stamp('pages');
      expect(await two.stampOf('pages')).not.toBe(before);
    }
    await proxy.cut();
    await until('ill health', () => !two.health().ok);
    expect(await two.stampOf('pages')).toBeNull();
    await two.stamp('pages');
    await one.close();
    await two.close();
    await proxy.close();
  });

  test('is passed by within its patience when it hangs, and used again when it answers', async () => {
    const proxy = await proxyTo(url);
    const cache = await ready(proxy.url);
    await cache.through('k', 60, async () => 'kept');
    await until('it kept', async () => (await cache.through('k', 60, async () => 'other')) === 'kept');
    proxy.pause();
    const began = Date.now();
    for (let n = 0; n < 50; n += 1) expect(await cache.through('k', 60, async () => 'computed')).toBe('computed');
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(cache.health().ok).toBe(false);
    await proxy.mend();
    await until('health', () => cache.health().ok);
    expect(typeof (await cache.through('k', 60, async () => 'computed'))).toBe('string');
    await until('a kept value', async () => {
      let asked = false;
      await cache.through('k', 60, async () => {
        asked = true;
        return 'anew';
      });
      return !asked;
    });
    await cache.close();
    await proxy.close();
  });

  test('is passed by at once when it is gone, and comes back by itself', async () => {
    const proxy = await proxyTo(url);
    const cache = await ready(proxy.url);
    await proxy.cut();
    await until('ill health', () => !cache.health().ok);
    const began = Date.now();
    for (let n = 0; n < 200; n += 1) expect(await cache.through(`k${n}`, 60, async () => 'computed')).toBe('computed');
    expect(Date.now() - began).toBeLessThan(5_000);
    await proxy.mend();
    await until('health', () => cache.health().ok);
    await cache.close();
    await proxy.close();
  });
});

describeWith('redis', 'limiter in Redis', (url) => {
  const prefix = aPrefix();
  let shared: ReturnType<typeof redisLimiter>;
  let count = 0;
  beforeAll(async () => {
    shared = redisLimiter({ url, prefix });
    await until('a connection', () => shared.health().ok);
  });
  limiterContract(() => {
    count += 1;
    return { makeLimiter: shared.makeLimiter, name: `test${count}` };
  });
  afterAll(() => shared.close());

  test('says so when the server hangs, though nobody asks it anything', async () => {
    const proxy = await proxyTo(url);
    const limiters = redisLimiter({ url: proxy.url, prefix });
    await until('a connection', () => limiters.health().ok);
    proxy.pause();
    await until('ill health', () => !limiters.health().ok);
    await proxy.mend();
    await until('health', () => limiters.health().ok);
    await limiters.close();
    await proxy.close();
  });

  test('counts in one place for several processes', async () => {
    const other = redisLimiter({ url, prefix });
    const options = { name: 'shared', points: 2, seconds: 60 };
    const [one, two] = [shared.makeLimiter(options), other.makeLimiter(options)];
    await until('a connection', () => other.health().ok);
    expect(await one.take('somebody')).toEqual({ waitSeconds: 0 });
    expect(await two.take('somebody')).toEqual({ waitSeconds: 0 });
    expect((await one.take('somebody')).waitSeconds).toBeGreaterThan(0);
    expect((await two.take('somebody')).waitSeconds).toBeGreaterThan(0);
    await other.close();
  });

  test('lets through while its store is gone or hangs', async () => {
    const proxy = await proxyTo(url);
    const far = redisLimiter({ url: proxy.url, prefix });
    const limiter = far.makeLimiter({ name: 'far', points: 1, seconds: 60 });
    await until('a count', async () => (await limiter.take('somebody')).waitSeconds > 0);
    proxy.pause();
    const began = Date.now();
    expect(await limiter.take('somebody')).toEqual({ waitSeconds: 0 });
    expect(Date.now() - began).toBeLessThan(1_500);
    await proxy.cut();
    await until('passing', async () => (await limiter.take('somebody')).waitSeconds === 0);
    await limiter.reset('somebody');
    await far.close();
    await proxy.close();
  });
});
