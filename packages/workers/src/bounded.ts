import pLimit from 'p-limit';
import { lanesOf } from './lanes.ts';
import { startProcess, type WorkerProcess } from './process.ts';
import type { Tasks } from './tasks.ts';
import { TooBusy } from './too-costly.ts';
import { unlessLate } from './unless-late.ts';

export interface WorkerBounds {
  /** Tasks at once; each has a process of its own, started when first needed. */
  processes: number;
  /** Processor time one task may take, in milliseconds, from when a process is ready for it. */
  limitMs: number;
  /** Old-generation heap of a process, in MiB. */
  heapMiB: number;
  /** A process that has not started after that many milliseconds is given up: 60,000. */
  startMs?: number;
  /** A process without work ends after that many milliseconds: 60,000. */
  idleMs?: number;
  /** So many stay for good, once started: 0. */
  kept?: number;
  /** Tasks that may wait for a process: 1,000. */
  longestQueue?: number;
}

export interface TaskBounds {
  /** Stands in for that of the pool. */
  limitMs?: number;
  /** Tasks of one lane are done one after the other, so that whoever has many leaves room for others. */
  lane?: string;
  /** Tasks of the lane that may wait: 10. */
  longestLane?: number;
  /** A task that has not begun after that many milliseconds is refused; without it each waits for its turn. */
  longestWait?: number;
}

export interface BoundedWorkers<T extends Tasks> {
  /** Throws TooCostly, TooBusy, or what the task threw (name, message and code). */
  run<K extends keyof T & string>(task: K, argument: Parameters<T[K]>[0], bounds?: TaskBounds): Promise<Awaited<ReturnType<T[K]>>>;
  /** Ends all processes for good; work under way and work that waits is told so. */
  close(): Promise<void>;
}

/**
 * Work on texts of users that may be made to blow up: each task in a process with a limit in processor time and memory, so
 * that the event loop stays free and a text that kills its process is refused. A thread would not do: V8 ends the whole
 * process when one array of a thread outgrows its heap. What a process takes to start does not count, nor what others on the
 * machine take, since neither says anything of the text. `own` is `import.meta.url` of the caller, `file` a file beside it
 * without its ending, so that it is found as `.ts` and as `.js`.
 */
export function boundedWorkers<T extends Tasks>(own: string, file: string, bounds: WorkerBounds): BoundedWorkers<T> {
  const url = new URL(`${file}${own.slice(own.lastIndexOf('.'))}`, own);
  const limit = pLimit(bounds.processes);
  const lanes = lanesOf();
  const idle: WorkerProcess[] = [];
  const all = new Set<WorkerProcess>();
  const longest = bounds.longestQueue ?? 1_000;
  let closed = false;

  function worker(): WorkerProcess {
    for (let known = idle.pop(); known; known = idle.pop()) if (!known.ended()) return known;
    const made = startProcess(url, bounds, () => all.delete(made));
    all.add(made);
    return made;
  }
  const work = (task: string, argument: unknown, limitMs: number) => async (): Promise<unknown> => {
    if (closed) throw new Error('The workers are closed');
    const one = worker();
    try {
      return await one.ask({ task, argument, limitMs });
    } finally {
      if (!one.ended()) {
        // The last to come is the first to go to work again: those before it stay idle, and the very first of them are kept.
        const stays = idle.length < (bounds.kept ?? 0);
        idle.push(one);
        one.rest(stays ? null : (bounds.idleMs ?? 60_000));
      }
    }
  };
  return {
    run(task, argument, { limitMs = bounds.limitMs, lane, longestLane = 10, longestWait } = {}) {
      const isFull = limit.pendingCount >= longest || (lane !== undefined && lanes.waiting(lane) >= longestLane);
      if (isFull) return Promise.reject(new TooBusy('Too much work waits; try again in a moment'));
      const inTurn = (done: () => Promise<unknown>) => (lane === undefined ? limit(done) : lanes.run(lane, () => limit(done)));
      const done = work(task, argument, limitMs);
      return (longestWait === undefined ? inTurn(done) : unlessLate(longestWait, done, inTurn)) as Promise<never>;
    },
    async close() {
      closed = true;
      await Promise.all([...all].map((one) => one.end()));
    },
  };
}
