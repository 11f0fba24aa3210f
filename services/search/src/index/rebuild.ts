import { setTimeout as wait } from 'node:timers/promises';
import type { Envelope } from '@sidekick/contracts';
import { batches } from '../documents/batch.ts';
import type { Engine, Shadow, Source } from '../engine/engine.ts';

/** What a source holds: the state event of everything there ever was, tombstones included, in one epoch. */
export interface Snapshot {
  source: Source;
  /** Throws when it does not come to its end. */
  read(signal: AbortSignal): AsyncIterable<Envelope>;
}

export interface RebuildOptions {
  engine: Engine;
  snapshots: readonly Snapshot[];
  /** Events waiting or under way; rejects while the bus is away. */
  depth(): Promise<number>;
  /** Events that this process has handled, well or not. */
  handled(): number;
}

export interface Rebuild {
  /** States read so far. */
  done(): number;
  /** Resolves when the new index answers. Rejects when a snapshot fails or `signal` ends it; the old index stays then. */
  readonly ended: Promise<void>;
}

/** Milliseconds between looks whether the queue is empty. */
const pause = 100;

/**
 * Builds an index beside the one that answers: of stale sources from their owners, of the others from the old index; the engine
 * writes the events that come meanwhile into both. It takes over once the events that waited when the
 * last snapshot ended are in it. The queue must be bound before.
 */
export function startRebuild(options: RebuildOptions, signal: AbortSignal): Rebuild {
  const { engine, snapshots } = options;
  const copied = { count: 0 };
  const build = async () => {
    const shadow = await engine.shadow();
    try {
      const stale = engine.builtAt() === null ? null : engine.stale();
      for (const snapshot of snapshots) {
        if (stale === null || stale.includes(snapshot.source)) await readOwner(shadow, snapshot, copied, signal);
        else await readOld(shadow, snapshot.source, copied, signal);
        await shadow.settle(snapshot.source);
      }
      await caughtUp(options, signal);
      signal.throwIfAborted();
      await shadow.swap();
    } catch (error) {
      await shadow.discard();
      throw error;
    }
  };
  return { done: () => copied.count, ended: build() };
}

type Copied = { count: number };

async function readOwner(shadow: Shadow, { read }: Snapshot, copied: Copied, signal: AbortSignal): Promise<void> {
  let states: Envelope[] = [];
  const isFull = batches();
  const copy = async () => {
    signal.throwIfAborted();
    await shadow.copy(states);
    states = [];
  };
  for await (const event of read(signal)) {
    states.push(event);
    copied.count += 1;
    if (isFull(event)) await copy();
  }
  await copy();
}

async function readOld(shadow: Shadow, source: Source, copied: Copied, signal: AbortSignal): Promise<void> {
  for (let count = -1; count !== 0; copied.count += count) {
    signal.throwIfAborted();
    count = await shadow.copyOld(source);
  }
}

/** Until everything is handled that waited when this was asked, or the queue was once empty. Waits while the bus is away. */
async function caughtUp({ depth, handled }: RebuildOptions, signal: AbortSignal): Promise<void> {
  const waiting = () => depth().catch(() => Number.NaN);
  let goal = Number.NaN;
  for (;;) {
    const left = await waiting();
    signal.throwIfAborted();
    if (Number.isNaN(goal)) goal = handled() + left;
    if (left === 0 || handled() >= goal) return;
    await wait(pause);
  }
}
