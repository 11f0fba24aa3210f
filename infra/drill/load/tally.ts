import type { Write } from './writer.ts';

export interface Counts {
  sent: number;
  /** Requests without a good answer, by kind; nothing of them was sent again before it was counted. */
  failed: Record<string, number>;
  /** Those since the last counts: when each was sent and when it failed, in milliseconds since 1970. */
  failures: Failure[];
  writes: {
    acknowledged: number;
    /** Unanswered writes asked for again later: what they turned out to be, and those still open. */
    hadHappened: number;
    happenedNow: number;
    open: number;
  };
  /** Reads that answered a state from before an acknowledged write. */
  old: number;
  /** Not sent since too many were under way. */
  skipped: number;
  /** The most requests that were under way at once since the last counts. */
  underWay: number;
  /** Milliseconds of good answers. */
  p50: number;
  p95: number;
  slowest: number;
}

export interface Failure {
  sent: number;
  failed: number;
}

export interface Tally {
  sent: number;
  failed: Map<string, number>;
  failures: Failure[];
  acknowledged: number;
  hadHappened: number;
  happenedNow: number;
  old: number;
  skipped: number;
  times: number[];
}
export const newTally = (): Tally => ({
  sent: 0,
  failed: new Map(),
  failures: [],
  acknowledged: 0,
  hadHappened: 0,
  happenedNow: 0,
  old: 0,
  skipped: 0,
  times: [],
});

/** `sent` as of Date.now(). */
export function fail(tally: Tally, kind: string, sent: number): void {
  tally.failed.set(kind, (tally.failed.get(kind) ?? 0) + 1);
  tally.failures.push({ sent, failed: Date.now() });
}

/** Takes the failures since the last counts with it. */
export function countsOf(tally: Tally, open: ReadonlySet<Write>, underWay: number): Counts {
  const times = tally.times.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  const { sent, acknowledged, hadHappened, happenedNow, old, skipped } = tally;
  const writes = { acknowledged, hadHappened, happenedNow, open: open.size };
  const failed = Object.fromEntries(tally.failed);
  return { sent, failed, failures: tally.failures.splice(0), writes, old, skipped, underWay, p50: at(0.5), p95: at(0.95), slowest: at(1) };
}
