import type { Write } from './writer.ts';

export interface Counts {
  sent: number;
  /** Requests without a good answer, by kind; nothing of them was sent again before it was counted. */
  failed: Record<string, number>;
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
  /**
   * The most that were under way within the tenth of a second in which one failed, since the last counts; 0 when none failed. A
   * client that has not heard yet that the other end is gone sends on for a moment.
   */
  underWayAtFailure: number;
  /** Milliseconds of good answers. */
  p50: number;
  p95: number;
  slowest: number;
}

export interface Tally {
  sent: number;
  /** Requests under way now, and what `Counts` says of them. */
  underWay: Set<Promise<void>>;
  mostAtOnce: number;
  mostAtFailure: number;
  /** When requests failed within the last tenth of a second. */
  failedJustNow: number[];
  failed: Map<string, number>;
  acknowledged: number;
  hadHappened: number;
  happenedNow: number;
  old: number;
  skipped: number;
  times: number[];
}
export const newTally = (): Tally => ({
  sent: 0,
  underWay: new Set(),
  mostAtOnce: 0,
  mostAtFailure: 0,
  failedJustNow: [],
  failed: new Map(),
  acknowledged: 0,
  hadHappened: 0,
  happenedNow: 0,
  old: 0,
  skipped: 0,
  times: [],
});
export function fail(tally: Tally, kind: string): void {
  tally.failed.set(kind, (tally.failed.get(kind) ?? 0) + 1);
  const now = performance.now();
  tally.failedJustNow = tally.failedJustNow.filter((at) => now - at < 100);
  tally.mostAtFailure = Math.max(tally.mostAtFailure, tally.underWay.size + tally.failedJustNow.length);
  tally.failedJustNow.push(now);
}

/** Begins the spans anew for which the most under way is told. */
export function countsOf(tally: Tally, open: ReadonlySet<Write>): Counts {
  const times = tally.times.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  const { sent, acknowledged, hadHappened, happenedNow, old, skipped } = tally;
  const writes = { acknowledged, hadHappened, happenedNow, open: open.size };
  const spans = { underWay: tally.mostAtOnce, underWayAtFailure: tally.mostAtFailure };
  tally.mostAtOnce = tally.underWay.size;
  tally.mostAtFailure = 0;
  return { sent, failed: Object.fromEntries(tally.failed), writes, old, skipped, ...spans, p50: at(0.5), p95: at(0.95), slowest: at(1) };
}
