import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { type Answer, type Connection, kindOf, type Lost } from './client.ts';
import type { Write } from './writer.ts';

export interface Counts {
  sent: number;
  /** Requests without a good answer, by kind; nothing of them was sent again before it was counted. */
  failed: Record<string, number>;
  /** Those since the last counts. */
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
  /** Milliseconds of the longest wait since the last counts, for an answer of any kind or for none. */
  longest: number;
  /** Milliseconds of good answers. */
  p50: number;
  p95: number;
  slowest: number;
}

/** When a request was sent and when it failed, in milliseconds since 1970. */
export interface Failure {
  kind: string;
  sent: number;
  failed: number;
  /** What it was sent on, where it got no answer at all. */
  connection?: Connection | undefined;
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
  longest: number;
  /** Whole milliseconds of good answers: counted, so that asking for them costs the same after hours. */
  times: RecordableHistogram;
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
  longest: 0,
  times: createHistogram(),
});

/** What came of a request by name instead of a good answer; `sent` as of Date.now(). */
export function fail(tally: Tally, name: string, got: Answer | Error, sent: number): void {
  const kind = kindOf(name, got);
  tally.failed.set(kind, (tally.failed.get(kind) ?? 0) + 1);
  const connection = got instanceof Error ? (got as Lost).connection : undefined;
  tally.failures.push({ kind, sent, failed: Date.now(), ...(connection && { connection }) });
}

/** However it ended. */
export function waited(tally: Tally, milliseconds: number): void {
  tally.longest = Math.max(tally.longest, Math.round(milliseconds));
}

export function good(tally: Tally, milliseconds: number): void {
  tally.times.record(Math.max(1, Math.round(milliseconds)));
}

/** Takes what is told since the last counts with it. */
export function countsOf(tally: Tally, open: ReadonlySet<Write>, underWay: number): Counts {
  const { sent, acknowledged, hadHappened, happenedNow, old, skipped, times } = tally;
  const writes = { acknowledged, hadHappened, happenedNow, open: open.size };
  const failed = Object.fromEntries(tally.failed);
  const { longest } = tally;
  tally.longest = 0;
  const [p50, p95, slowest] = [times.percentile(50), times.percentile(95), times.max];
  return { sent, failed, failures: tally.failures.splice(0), writes, old, skipped, underWay, longest, p50, p95, slowest };
}
