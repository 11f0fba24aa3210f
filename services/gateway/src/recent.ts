/** Milliseconds for which what was found is not looked for again. */
const trust = 1_000;

/**
 * Remembers sessions or tokens for a moment; what this process ends, it forgets at once. What is being looked for while
 * all is forgotten is answered and not remembered.
 */
export function recentOf<T>() {
  const kept = new Map<string, { value: T; until: number }>();
  let forgotten = 0;
  return {
    /** `at` is now, in milliseconds since the epoch. */
    through: async (key: string, at: number, find: () => Promise<T | null>): Promise<T | null> => {
      const hit = kept.get(key);
      if (hit && hit.until > at) return hit.value;
      const before = forgotten;
      const value = await find();
      if (value === null) kept.delete(key);
      else if (before === forgotten) {
        if (kept.size >= 1_000) kept.clear();
        kept.set(key, { value, until: at + trust });
      }
      return value;
    },
    forget: () => {
      forgotten += 1;
      kept.clear();
    },
  };
}
