import type { Cache } from '@sidekick/cache';
import { LRUCache } from 'lru-cache';

/** Bytes kept in all, and of one answer at most. */
const most = 16 * 1024 * 1024;
const largest = 256 * 1024;

export interface Bytes {
  /** Like the cache's own, as UTF-8. */
  through(key: string, ttlSeconds: number, compute: () => Promise<string>): Promise<Buffer>;
}

/**
 * The answers asked for last, encoded, before a cache that keeps text: encoding a page for each reader would take a fifth
 * of its answer. Keys name everything that a value depends on, so nothing here grows old.
 */
export function bytesOver(cache: Cache): Bytes {
  const kept = new LRUCache<string, Buffer>({ maxSize: most, maxEntrySize: largest, sizeCalculation: ({ length }) => length || 1 });
  return {
    async through(key, ttlSeconds, compute) {
      const found = kept.get(key);
      if (found) return found;
      const bytes = Buffer.from(await cache.through(key, ttlSeconds, compute));
      kept.set(key, bytes);
      return bytes;
    },
  };
}
