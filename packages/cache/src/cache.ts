/** Values under keys that name a version, so nothing is ever invalidated; and stamps. Nothing here is missed when lost. */
export interface Cache {
  /**
   * The cached value, or `compute()` once a key and process at a time, kept for `ttlSeconds`. A cache that is slow
   * (100 ms) or gone is passed by: the answer is then computed. A rejected computation is not kept.
   */
  through(key: string, ttlSeconds: number, compute: () => Promise<string>): Promise<string>;
  /** Tells every process of the installation that what a name stands for has changed. Never rejects: a cache that is gone is passed by. */
  stamp(name: string): Promise<void>;
  /**
   * Another value after each `stamp` of that name by anybody; empty before the first. Null while the cache is gone or slow:
   * whoever asks has to look for himself.
   */
  stampOf(name: string): Promise<string | null>;
  close(): Promise<void>;
  health(): { ok: boolean; reason?: string };
}

/** Counts attempts under a key. */
export interface Limiter {
  /** Takes one of `points` that return after `seconds`. Answers how long to wait (0: go on), in seconds. A limiter whose store is gone lets through. */
  take(key: string): Promise<{ waitSeconds: number }>;
  /** How long to wait for the next point, in seconds (0: there is one), without taking it. */
  look(key: string): Promise<{ waitSeconds: number }>;
  /** Gives all points of the key back, e.g. after a successful sign-in. */
  reset(key: string): Promise<void>;
}
export type MakeLimiter = (options: { name: string; points: number; seconds: number }) => Limiter;
