/** Milliseconds for which what was found is not looked for again. */
const trust = 1_000;

/**
 * Remembers sessions, tokens or accounts for a moment; what this process ends, it forgets at once. What is being looked for while
 * all is forgotten is answered and not remembered.
 */
export function recentOf<T>() {
  const kept = new Map<string, { value: T; until: number }>();
  let forgotten = 0;
  const keep = (key: string, value: T, at: number) => {
    if (kept.size >= 1_000) kept.clear();
    kept.set(key, { value, until: at + trust });
  };
  /** Those of several keys that are found; `find` is asked once, for what is not remembered. `at` is now, in milliseconds since the epoch. */
  const throughAll = async (
    keys: readonly string[],
    at: number,
    find: (missing: string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<ReadonlyMap<string, T>> => {
    const found = new Map<string, T>();
    const missing: string[] = [];
    for (const key of new Set(keys)) {
      const hit = kept.get(key);
      if (hit && hit.until > at) found.set(key, hit.value);
      else missing.push(key);
    }
    if (missing.length === 0) return found;
    const before = forgotten;
    const fresh = await find(missing);
    for (const key of missing) {
      const value = fresh.get(key);
      if (value === undefined) kept.delete(key);
      else {
        found.set(key, value);
        if (before === forgotten) keep(key, value, at);
      }
    }
    return found;
  };
  return {
    throughAll,
    through: async (key: string, at: number, find: () => Promise<T | null>): Promise<T | null> => {
      const found = await throughAll([key], at, async () => {
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
