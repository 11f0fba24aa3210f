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
    async reset(key) {
      await counter.delete(key).catch(() => false);
    },
  };
}
