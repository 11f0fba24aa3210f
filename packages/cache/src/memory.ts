import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Cache, MakeLimiter } from './cache.ts';
import { limiterOver } from './limiter.ts';
import { singleFlight } from './single-flight.ts';

export interface MemoryCacheOptions {
  /** Bytes of keys and values kept; the longest unused go first. */
  maxBytes?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** A cache of one process. A value larger than the whole is computed and not kept. */
export function memoryCache(options: MemoryCacheOptions = {}): Cache {
  const { maxBytes = 64 * 1024 * 1024, now = Date.now } = options;
  const kept = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (value, key) => bytesOf(key) + bytesOf(value),
    perf: { now },
    ttlResolution: 0,
  });
  const flight = singleFlight<string>();
  const stamps = new Map<string, number>();
  return {
    through: async (key, ttlSeconds, compute) =>
      kept.get(key) ??
      flight(key, async () => {
        const value = await compute();
        kept.set(key, value, { ttl: ttlSeconds * 1000 });
        return value;
      }),
    stamp: async (name) => void stamps.set(name, (stamps.get(name) ?? 0) + 1),
    stampOf: async (name) => String(stamps.get(name) ?? ''),
    close: async () => kept.clear(),
    health: () => ({ ok: true }),
  };
}

/** V8 keeps a string in one byte a character, or two as soon as one does not fit: two is the bound. */
const bytesOf = (text: string): number => text.length * 2;

/** Counts in this process. */
export const memoryLimiter: MakeLimiter = ({ name, points, seconds }) =>
  limiterOver(new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }));
