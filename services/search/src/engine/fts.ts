import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Engine, Shadow } from './engine.ts';
import { openIndex } from './fts-file.ts';

/** The default engine: one file that is only ever a projection, and during a rebuild a second one beside it. */
export function ftsEngine({ file }: { file: string }): Engine {
  const next = `${file}.next`;
  remove(next);
  let current = openIndex(file, 'durable');
  return {
    put: (aggregate, eventAt) => current.put(aggregate, eventAt),
    epochOf: (source) => current.epochOf(source),
    search: (ask) => current.search(ask),
    complete: (...asked) => current.complete(...asked),
    knows: (...asked) => current.knows(...asked),
    words: (audience) => current.words(audience),
    wordsFrom: (...asked) => current.wordsFrom(...asked),
    size: () => current.size(),
    aggregates: (source) => current.aggregates(source),
    builtAt: () => current.note('built'),
    newestEventAt: () => current.note('newest-event'),
    stale: () => current.stale(),
    markStale: (sources) => current.markStale(sources),
    shadow(): Shadow {
      remove(next);
      const shadow = openIndex(next, 'until-closed');
      return {
        put: (aggregate, eventAt) => shadow.put(aggregate, eventAt),
        epochOf: (source) => shadow.epochOf(source),
        settle: (source) => shadow.settle(source),
        swap() {
          const newest = current.note('newest-event');
          if (newest && newest > (shadow.note('newest-event') ?? '')) shadow.setNote('newest-event', newest);
          shadow.setNote('built', new Date().toISOString());
          shadow.close();
          sync(next);
          current.close();
          try {
            // The log of the old file is gone for good before the new one stands in its place: it must never be applied to that.
            sync(dirname(file));
            renameSync(next, file);
            sync(dirname(file));
          } finally {
            current = openIndex(file, 'durable');
          }
        },
        discard() {
          shadow.close();
          remove(next);
        },
      };
    },
    close: () => current.close(),
  };
}

function remove(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
