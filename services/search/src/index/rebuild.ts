import type { Envelope } from '@sidekick/contracts';
import type { Engine, Shadow, Source } from '../engine/engine.ts';
import { copy, project } from './projection.ts';

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
  /** Gives it an event that came meanwhile. False: a source began a new epoch, so that it has to begin again. */
  take(event: Envelope): boolean;
  /** States copied so far. */
  done(): number;
  /** Resolves when the new index answers. Rejects when a snapshot fails or `signal` ends it; the old index stays then. */
  readonly ended: Promise<void>;
}

/** Milliseconds between looks whether the queue is empty. */
const pause = 100;
/** States copied without a break for others. */
const atOnce = 50;

/**
 * Builds an index beside the one that answers: of stale sources from their owners, of the others from the old index, with
 * the events that come meanwhile through the same conditional write. It takes over once the events that waited when the
 * last snapshot ended are in it. The queue must be bound before (DESIGN §4).
 */
export function startRebuild(options: RebuildOptions, signal: AbortSignal): Rebuild {
  const { engine, snapshots } = options;
  const shadow = engine.shadow();
  const copied = { count: 0 };
  let broken: unknown;
  const build = async () => {
    try {
      const stale = engine.builtAt() === null ? null : engine.stale();
      for (const snapshot of snapshots) {
        if (stale === null || stale.includes(snapshot.source)) await readOwner(shadow, engine, snapshot, copied, signal);
        else await readOld(shadow, engine, snapshot.source, copied, signal);
        shadow.settle(snapshot.source);
      }
      await caughtUp(options, signal);
      signal.throwIfAborted();
      if (broken) throw broken;
      shadow.swap();
    } catch (error) {
      shadow.discard();
      throw error;
    }
  };
  return {
    take(event) {
      const known = shadow.epochOf(event.source);
      if (known !== null && event.epoch > known) return false;
      try {
        project(shadow, event);
      } catch (error) {
        broken ??= error;
      }
      return true;
    },
    done: () => copied.count,
    ended: build(),
  };
}

type Copied = { count: number };

async function readOwner(shadow: Shadow, engine: Engine, { source, read }: Snapshot, copied: Copied, signal: AbortSignal): Promise<void> {
  for await (const event of read(signal)) {
    signal.throwIfAborted();
    if ([shadow, engine].some((index) => event.epoch < (index.epochOf(source) ?? '')))
      throw new Error(`${source} still answers from an epoch that is over`);
    copy(shadow, event);
    await counted(copied);
  }
}

async function readOld(shadow: Shadow, engine: Engine, source: Source, copied: Copied, signal: AbortSignal): Promise<void> {
  for (const aggregate of engine.aggregates(source)) {
    signal.throwIfAborted();
    shadow.put(aggregate);
    await counted(copied);
  }
}

async function counted(copied: Copied): Promise<void> {
  copied.count += 1;
  if (copied.count % atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
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
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
