import type { Standing } from './standing.ts';

export interface JobTimes {
  /** How often a process says that it is still at its jobs, and how often it looks for others, in milliseconds. */
  beatMs: number;
  /** A claim that has not been heard of for so many milliseconds has lost its process. */
  leaseMs: number;
  /** How long until another look whether a key is free, in milliseconds. */
  lookMs: number;
}

export const jobTimes: JobTimes = { beatMs: 2_000, leaseMs: 12_000, lookMs: 500 };

export interface Time {
  now(): Date;
  /** Milliseconds on a clock that nobody sets. */
  elapsed(): number;
}

/**
 * Whose process has died. Where another may take the job up, no two clocks are compared: a claim has died when its document did
 * not change while this process watched for a lease. Where nobody can, so that a mistake runs nothing twice, the time of the
 * last beat is believed too, and a job that died before this process began is told at once.
 */
export function deathWatch({ leaseMs }: Pick<JobTimes, 'leaseMs'>, time: Time) {
  let seen = new Map<string, { version: number; since: number }>();
  return {
    /** Forgets what is no longer among those that are watched. */
    watching(ids: ReadonlySet<string>): void {
      seen = new Map([...seen].filter(([id]) => ids.has(id)));
    },
    isDead({ id, version, isBound, beatAt }: { id: string; version: number; isBound: boolean } & Pick<Standing, 'beatAt'>): boolean {
      if (isBound && time.now().getTime() - beatAt >= leaseMs) return true;
      const known = seen.get(id);
      if (known?.version === version) return time.elapsed() - known.since >= leaseMs;
      seen.set(id, { version, since: time.elapsed() });
      return false;
    },
  };
}
