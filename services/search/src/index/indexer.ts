import type { Envelope } from '@sidekick/contracts';
import { type Logger, sleep } from '@sidekick/service-kit';
import type { Engine, Source } from '../engine/engine.ts';
import { type Rebuild, type Snapshot, startRebuild } from './rebuild.ts';
import { watchRestores } from './restores.ts';

export interface IndexerOptions {
  engine: Engine;
  snapshots: readonly Snapshot[];
  depth(): Promise<number>;
  log: Logger;
  /** Milliseconds between tries of a rebuild that fails; the last one goes on. */
  pauses?: readonly number[];
  /** Milliseconds between looks for a source that was restored without any event since, and after a look that failed. */
  looks?: { every: number; again: number };
}

export interface Indexer {
  /** Events were missed: notes it so that it outlives a crash. */
  missed(): Promise<void>;
  /** The queue is bound: what is stale can be built now. */
  bound(): void;
  /** One event into the index, and into the one that is being built. */
  take(event: Envelope): Promise<void>;
  /**
   * Whether the index is fit to answer. One that begins with an index that missed events is not before that is built anew:
   * others answer better. Once fit it stays so, since an old index answers better than nobody.
   */
  fit(): boolean;
  /** States copied by the rebuild under way; null when there is none. */
  rebuilding(): { done: number } | null;
  /** Why the last try of a rebuild failed; null when it did not. */
  failure(): string | null;
  /** Resolves when there is an index to answer from. */
  built(): Promise<void>;
  /** Gives up a rebuild under way: the next start begins it again. */
  stop(): Promise<void>;
}

const growing = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000];
const restored = 'its owner was restored';
const rarely = { every: 600_000, again: 15_000 };

/** Keeps the index whole: it is built anew where events were missed and where an owner was restored to an older state. */
export function indexerOf(options: IndexerOptions): Indexer {
  const { engine, snapshots, log, pauses = growing, looks = rarely } = options;
  const all = snapshots.map(({ source }) => source);
  const stopping = new AbortController();
  let handled = 0;
  let isBound = false;
  let rebuild: Rebuild | null = null;
  let attempt = new AbortController();
  let running: Promise<void> | null = null;
  let looking: Promise<void> | null = null;
  let failure: string | null = null;
  let wasFit = false;
  let whenBuilt = () => {};
  const built = new Promise<void>((resolve) => {
    whenBuilt = resolve;
  });
  if (engine.builtAt() !== null) whenBuilt();

  const isNeeded = () => engine.builtAt() === null || engine.stale().length > 0;
  const run = () => {
    if (!isBound || !isNeeded() || stopping.signal.aborted) return;
    running ??= untilBuilt().finally(() => {
      running = null;
      run();
    });
  };
  /** What is under way began before something was missed. */
  const again = (sources: readonly Source[], why: string) => {
    log.info({ sources, why }, 'index is stale');
    attempt.abort();
    run();
  };
  engine.onDamage(() => again(all, 'its file was damaged'));

  async function untilBuilt(): Promise<void> {
    for (let tries = 0; isNeeded() && !stopping.signal.aborted; ) {
      attempt = new AbortController();
      const signal = AbortSignal.any([attempt.signal, stopping.signal]);
      try {
        rebuild = startRebuild({ engine, snapshots, depth: options.depth, handled: () => handled }, signal);
        await rebuild.ended.finally(() => {
          rebuild = null;
        });
        failure = null;
        wasFit ||= !isNeeded();
        log.info({ documents: engine.size() }, 'index built');
        whenBuilt();
      } catch (error) {
        // Given up for a new one, or for the end: no failure.
        if (signal.aborted) continue;
        failure = error instanceof Error ? error.message : String(error);
        log.warn({ failure }, 'index cannot be built yet');
        await sleep(pauses[Math.min(tries, pauses.length - 1)] ?? 60_000, stopping.signal);
        tries += 1;
      }
    }
  }

  return {
    async missed() {
      await engine.markStale(all);
      again(all, 'its queue was missing');
    },
    bound() {
      isBound = true;
      wasFit ||= !isNeeded();
      run();
      looking ??= watchRestores(
        {
          engine,
          snapshots,
          looks,
          onRestore: async (source) => {
            await engine.markStale([source]);
            again([source], restored);
          },
        },
        stopping.signal,
      );
    },
    async take(event) {
      try {
        const taken = await engine.take(event);
        if (taken.restored) again([event.source], restored);
      } finally {
        handled += 1;
      }
    },
    fit() {
      wasFit ||= !isNeeded();
      return wasFit;
    },
    rebuilding: () => rebuild && { done: rebuild.done() },
    failure: () => failure,
    built: () => built,
    async stop() {
      stopping.abort();
      await running;
      await looking;
    },
  };
}
