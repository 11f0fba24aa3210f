import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limiter } from './cache.ts';

/** A limiter whose store fails lets through: nobody is locked out by a cache that is gone. */
export function limiterOver(counter: RateLimiterAbstract): Limiter {
  return {
    async take(key) {
      try {
        await counter.consume(key);
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return { waitSeconds: Math.max(0.001, refusal.msBeforeNext / 1000) };
      }
      return { waitSeconds: 0 };
    },
    async look(key) {
      const counted = await counter.get(key).catch(() => null);
      const isSpent = counted !== null && counted.consumedPoints >= counter.points;
      return { waitSeconds: isSpent ? Math.max(0.001, counted.msBeforeNext / 1000) : 0 };
    },
    async reset(key) {
      await counter.delete(key).catch(() => false);
    },
  };
}
