import type { Envelope } from '@sidekick/contracts';
import { isDamage } from '@sidekick/sqlite';
import { boundedWorkers } from '@sidekick/workers';
import type { Engine, Shadow, Source } from './engine.ts';
import type { IndexState, WriterTasks } from './fts-writer.worker.ts';
import { workerHeaps } from './heaps.ts';
import { startReaders } from './readers.ts';

export interface FtsOptions {
  file: string;
  /** Told when a file was damaged and an empty index stands in its place. */
  notify?(notice: { damaged: string; why: string }): void;
}

/** Processor time that one write may take, in milliseconds: a page of megabytes takes seconds. */
const longestWrite = 120_000;

/**
 * The default engine: one file that is only ever a projection, and during a rebuild a second one beside it. One process writes,
 * others read, so that neither a page of a thousand sections nor a costly query keeps the service from answering.
 */
export async function ftsEngine({ file, notify }: FtsOptions): Promise<Engine> {
  const bounds = { ...workerHeaps.writer, limitMs: longestWrite, kept: 1, longestQueue: 10_000 };
  const writer = boundedWorkers<WriterTasks>(import.meta.url, './fts-writer.worker', bounds);
  const readers = startReaders();
  const damaged = new Set<() => void>();
  let repairing: Promise<void> | null = null;
  const first = await writer.run('open', { file }).catch(async (error: unknown) => {
    await writer.close();
    throw error;
  });
  let state: IndexState = first.state;
  // At once, before the next answer of the writer comes.
  const told = (next: IndexState) => {
    state = next;
  };
  if (first.damage !== null) notify?.({ damaged: file, why: first.damage });

  /** An index that turns out to be damaged is worth nothing: an empty one asks to be built. */
  const repair = (error: Error) => {
    repairing ??= readers
      .without(() => writer.run('reset', { file }).then(told))
      .finally(() => {
        repairing = null;
        notify?.({ damaged: file, why: error.message });
        for (const listener of damaged) listener();
      });
    return repairing;
  };
  const watched = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (isDamage(error)) await repair(error as Error);
      throw error;
    }
  };
  const shadow: Shadow = {
    copy: (states: readonly Envelope[]) => writer.run('copy', { file, states }),
    copyOld: (source: Source) => watched(writer.run('copyOld', { file, source })),
    settle: (source: Source) => writer.run('settle', { source }),
    swap: () => watched(readers.without(() => writer.run('swap', { file }).then(told))),
    discard: () => writer.run('discard', { file }),
  };
  return {
    search: (request, asker) => watched(readers.run(asker, (pool, bounds) => pool.run('search', { file, request }, bounds))),
    complete: (request, asker) => watched(readers.run(asker, (pool, bounds) => pool.run('complete', { file, request }, bounds))),
    take: (event) =>
      watched(
        writer.run('take', { file, event }).then(({ state: next, ...taken }) => {
          told(next);
          return taken;
        }),
      ),
    size: () => state.documents,
    epochOf: (source) => state.epochs[source] ?? null,
    builtAt: () => state.builtAt,
    newestEventAt: () => state.newestEventAt,
    stale: () => state.stale,
    markStale: (sources) => watched(writer.run('markStale', { file, sources }).then(told)),
    async shadow() {
      await writer.run('begin', { file });
      return shadow;
    },
    onDamage: (listener) => void damaged.add(listener),
    async close() {
      await readers.close();
      await writer.run('close', undefined);
      await writer.close();
    },
  };
}
