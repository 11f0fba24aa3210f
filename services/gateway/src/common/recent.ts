import { LRUCache } from 'lru-cache';

/** Milliseconds for which what was found is not looked for again. */
const trust = 1_000;
const most = 1_000;

/**
 * Remembers sessions, tokens or accounts for a moment; what this process ends, it forgets at once. What is being looked for while
 * all is forgotten is answered and not remembered. `now` is in milliseconds since the epoch.
 */
export function recentOf<T extends object>(now: () => number) {
  const kept = new LRUCache<string, T>({ max: most, ttl: trust, ttlResolution: 0, perf: { now } });
  let forgotten = 0;
  /** Those of several keys that are found; `find` is asked once, for what is not remembered. */
  const throughAll = async (
    keys: readonly string[],
    find: (missing: string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<ReadonlyMap<string, T>> => {
    const found = new Map<string, T>();
    const missing: string[] = [];
    for (const key of new Set(keys)) {
      const hit = kept.get(key);
      if (hit) found.set(key, hit);
      else missing.push(key);
    }
    if (missing.length === 0) return found;
    const before = forgotten;
    const start = now();
    const fresh = await find(missing);
    for (const key of missing) {
      const value = fresh.get(key);
      if (value === undefined) kept.delete(key);
      else {
        found.set(key, value);
        if (before === forgotten) kept.set(key, value, { start });
      }
    }
    return found;
  };
  return {
    throughAll,
    through: async (key: string, find: () => Promise<T | null>): Promise<T | null> => {
      const known = kept.get(key);
      if (known) return known;
      const found = await throughAll([key], async () => {
        const value = await find();
        return new Map(value === null ? [] : [[key, value]]);
      });
      return found.get(key) ?? null;
    },
    forget: () => {
      forgotten += 1;
      kept.clear();
    },
  };
}
