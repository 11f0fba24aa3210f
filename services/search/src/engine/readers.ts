import { type BoundedWorkers, boundedWorkers } from '@sidekick/workers';
import type { ReaderTasks } from './fts-reader.worker.ts';

/** Queries at once, how much processor time one may take in milliseconds, and how many may wait. */
const threads = 2;
const limitMs = 2_000;
const longestQueue = 100;
/** One process stays for as long as the service: what it has read of the index is worth more than its memory. Others serve a rush. */
const kept = 1;

export interface Readers {
  run<T>(ask: (pool: BoundedWorkers<ReaderTasks>) => Promise<T>): Promise<T>;
  /** No query has the file open while `work` is done; what is asked meanwhile waits. */
  without<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Processes that read the index, so that a costly query holds nobody but itself. */
export function startReaders(): Readers {
  const start = () =>
    boundedWorkers<ReaderTasks>(import.meta.url, './fts-reader.worker', { threads, limitMs, heapMiB: 256, kept, longestQueue });
  let pool = start();
  let gate: Promise<unknown> = Promise.resolve();
  const running = new Set<Promise<unknown>>();
  return {
    async run(ask) {
      await gate;
      const answer = ask(pool);
      const done = answer.catch(() => {}).finally(() => running.delete(done));
      running.add(done);
      return answer;
    },
    without(work) {
      const done = gate.then(async () => {
        await Promise.all(running);
        await pool.close();
        pool = start();
        return work();
      });
      gate = done.catch(() => {});
      return done;
    },
    close: () => pool.close(),
  };
}
