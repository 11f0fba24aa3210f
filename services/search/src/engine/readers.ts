import { type BoundedWorkers, boundedWorkers, type TaskBounds } from '@sidekick/workers';
import type { ReaderTasks } from './fts-reader.worker.ts';
import { workerHeaps } from './heaps.ts';

/** How much processor time a query may take, in milliseconds, and how many may wait. */
const limitMs = 2_000;
const longestQueue = 100;
/** Of one asker one query is read at a time, and none waits longer than that for its turn, in milliseconds: by then people ask anew. */
const longestWait = 3_000;
/** One process stays for as long as the service: what it has read of the index is worth more than its memory. Others serve a rush. */
const kept = 1;

export interface Readers {
  /** `asker` is an account; all who have none are one. */
  run<T>(asker: string | null, ask: (pool: BoundedWorkers<ReaderTasks>, bounds: TaskBounds) => Promise<T>): Promise<T>;
  /** No query has the file open while `work` is done; what is asked meanwhile waits. */
  without<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Processes that read the index, so that a costly query holds nobody but itself. */
export function startReaders(): Readers {
  const start = () =>
    boundedWorkers<ReaderTasks>(import.meta.url, './fts-reader.worker', { ...workerHeaps.readers, limitMs, kept, longestQueue });
  let pool = start();
  let gate: Promise<unknown> = Promise.resolve();
  const running = new Set<Promise<unknown>>();
  return {
    async run(asker, ask) {
      await gate;
      const answer = ask(pool, { lane: asker === null ? 'nobody' : `of ${asker}`, longestLane: longestQueue, longestWait });
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
