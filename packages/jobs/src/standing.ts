/** `dead` is for good: whoever wants it done asks again. */
export type JobState = 'waiting' | 'running' | 'done' | 'dead' | 'cancelled';

/** How it stands with a job. Times are milliseconds since the epoch. */
export interface Standing {
  state: JobState;
  /** Jobs of one key run one at a time; null: beside any other. */
  key: string | null;
  /**
   * The claim that it is under, a new one with each try; null: anybody's. A bound job is under one claim from the beginning, which
   * is its own id.
   */
  owner: string | null;
  /** When its owner last said so. */
  beatAt: number;
  /** Begun so far. */
  tries: number;
  /** Not to be begun before. */
  dueAt: number;
  /** Who asked for it to end; null: nobody. */
  cancelledBy: string | null;
  endedAt: number | null;
  /** Why it is dead, or why the last try failed: in words for people. */
  reason: string | null;
}

export const isEnded = ({ state }: Standing): boolean => state === 'done' || state === 'dead' || state === 'cancelled';

/** Whether a claim still stands: what it says of the job is written only then. */
export const stands = (standing: Standing, claim: string): boolean => !isEnded(standing) && standing.owner === claim;

export const begun = (standing: Standing, claim: string, now: number): Standing => ({
  ...standing,
  state: 'running',
  owner: claim,
  beatAt: now,
  tries: standing.tries + 1,
});

export const beaten = (standing: Standing, now: number): Standing => ({ ...standing, beatAt: now });

const ended = (standing: Standing, state: JobState, reason: string | null, now: number): Standing => ({
  ...standing,
  state,
  owner: null,
  beatAt: now,
  endedAt: now,
  reason,
});
export const done = (standing: Standing, now: number): Standing => ended(standing, 'done', null, now);
export const dead = (standing: Standing, reason: string, now: number): Standing => ended(standing, 'dead', reason, now);
export const cancelled = (standing: Standing, now: number): Standing =>
  ended(standing, 'cancelled', `Cancelled by ${standing.cancelledBy}`, now);

/** What failed, or what is handed on, is anybody's again. */
const again = (standing: Standing, dueAt: number): Standing => ({ ...standing, state: 'waiting', owner: null, dueAt });

/** A process that stops gives back what it has begun: others take it at once, and the try counts as none. */
export const handedBack = (standing: Standing, now: number): Standing =>
  standing.cancelledBy === null ? { ...again(standing, now), tries: standing.tries - 1 } : cancelled(standing, now);

export interface Patience {
  /** Tries before it is dead, 1 or more. */
  tries: number;
  /** Milliseconds to wait after so many failed tries. */
  waitAfter(tries: number): number;
}

/** A try that failed: another one later, while there is one left and nobody asked for an end. */
export function failed(standing: Standing, reason: string, { tries, waitAfter }: Patience, now: number): Standing {
  if (standing.cancelledBy !== null) return cancelled(standing, now);
  if (standing.tries >= tries) return dead(standing, reason, now);
  return { ...again(standing, now + waitAfter(standing.tries)), reason };
}
