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
  const kept = new Map<string, { value: string; bytes: number; expires: number }>();
  const flight = singleFlight<string>();
  const stamps = new Map<string, number>();
  let total = 0;

  const drop = (key: string) => {
    total -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, value: string, ttlSeconds: number) => {
    drop(key);
    const bytes = bytesOf(key) + bytesOf(value);
    if (bytes > maxBytes) return;
    kept.set(key, { value, bytes, expires: now() + ttlSeconds * 1000 });
    total += bytes;
    for (const oldest of kept.keys()) {
      if (total <= maxBytes) return;
      drop(oldest);
    }
  };
  return {
    async through(key, ttlSeconds, compute) {
      const found = kept.get(key);
      if (found && found.expires > now()) {
        // A Map keeps the order of insertion: the least used stays in front.
        kept.delete(key);
        kept.set(key, found);
        return found.value;
      }
      return flight(key, async () => {
        const value = await compute();
        keep(key, value, ttlSeconds);
        return value;
      });
    },
    stamp: async (name) => void stamps.set(name, (stamps.get(name) ?? 0) + 1),
    stampOf: async (name) => String(stamps.get(name) ?? ''),
    close: async () => {
      kept.clear();
      total = 0;
    },
    health: () => ({ ok: true }),
  };
}

/** V8 keeps a string in one byte a character, or two as soon as one does not fit: two is the bound. */
const bytesOf = (text: string): number => text.length * 2;

/** Counts in this process. */
export const memoryLimiter: MakeLimiter = ({ name, points, seconds }) =>
  limiterOver(new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }));
