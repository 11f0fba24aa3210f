import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { Asked, Tasks, Told } from './tasks.ts';

/** The work took longer, or more memory, than it may: its thread was ended, nothing else was harmed. */
export class TooCostly extends Error {
  readonly why: 'time' | 'memory';
  constructor(why: 'time' | 'memory', message: string) {
    super(message);
    this.name = 'TooCostly';
    this.why = why;
  }
}
/** As much work waits as may: try again in a moment. */
export class TooBusy extends Error {}

export interface WorkerBounds {
  /** Tasks at once; each has a thread of its own, started when first needed. */
  threads: number;
  /** Time one task may take, in milliseconds, from when a thread is ready for it. */
  limitMs: number;
  /** Old-generation heap of a thread, in MiB. */
  heapMiB: number;
  /** A thread without work ends after that many milliseconds: 60,000. */
  idleMs?: number;
  /** Tasks that may wait for a thread: 1,000. */
  longestQueue?: number;
}

export interface BoundedWorkers<T extends Tasks> {
  /** Throws TooCostly, TooBusy, or what the task threw (name, message and code). `limitMs` stands in for that of the pool. */
  run<K extends keyof T & string>(
    task: K,
    argument: Parameters<T[K]>[0],
    bounds?: { limitMs?: number },
  ): Promise<Awaited<ReturnType<T[K]>>>;
  /** Ends all threads; work under way is told so. */
  close(): Promise<void>;
}

/**
 * Work on texts of users that may be made to blow up: in threads, each task with a limit in time and memory, so that the event
 * loop stays free and a text that kills its thread is refused. The limit begins when a thread is ready: what a thread takes to
 * start does not count, since it says nothing of the text. `own` is `import.meta.url` of the caller, `file` a file beside it
 * without its ending, so that it is found as `.ts` and as `.js`.
 */
export function boundedWorkers<T extends Tasks>(own: string, file: string, bounds: WorkerBounds): BoundedWorkers<T> {
  const url = new URL(`${file}${own.slice(own.lastIndexOf('.'))}`, own);
  const limit = pLimit(bounds.threads);
  const idle: Thread[] = [];
  const all = new Set<Thread>();
  const longest = bounds.longestQueue ?? 1_000;

  function thread(): Thread {
    for (let known = idle.pop(); known; known = idle.pop()) if (!known.ended()) return known;
    const made = startThread(url, bounds.heapMiB, () => all.delete(made));
    all.add(made);
    return made;
  }
  return {
    run(task, argument, { limitMs = bounds.limitMs } = {}) {
      if (limit.pendingCount >= longest) return Promise.reject(new TooBusy('Too much work waits; try again in a moment'));
      return limit(async () => {
        const one = thread();
        try {
          return (await one.ask({ task, argument }, limitMs)) as never;
        } finally {
          if (!one.ended()) {
            idle.push(one);
            one.endAfter(bounds.idleMs ?? 60_000);
          }
        }
      });
    },
    async close() {
      limit.clearQueue();
      await Promise.all([...all].map((one) => one.end()));
    },
  };
}

interface Thread {
  ask(asked: Asked, limitMs: number): Promise<unknown>;
  ended(): boolean;
  endAfter(ms: number): void;
  end(): Promise<void>;
}

function startThread(url: URL, heapMiB: number, onExit: () => void): Thread {
  const worker = new Worker(url, { resourceLimits: { maxOldGenerationSizeMb: heapMiB } });
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  let settle: { resolve(told: Told): void; reject(error: Error): void } | undefined;
  const next = () =>
    new Promise<Told>((resolve, reject) => {
      settle = { resolve, reject };
    });
  worker.on('message', (told: Told) => settle?.resolve(told));
  worker.on('error', (error: Error & { code?: string }) => {
    ended = true;
    const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    settle?.reject(outOfMemory ? new TooCostly('memory', `It took more than ${heapMiB} MiB of memory`) : error);
  });
  worker.on('exit', () => {
    ended = true;
    clearTimeout(timer);
    onExit();
    settle?.reject(new Error('The worker was ended while it had work'));
  });
  const ready = next();
  // Whoever asks gets the error; without anyone who asks it is nobody's.
  ready.catch(() => undefined);
  const end = async () => {
    ended = true;
    await worker.terminate();
  };
  return {
    ended: () => ended,
    end,
    endAfter(ms) {
      // A thread that waits for work keeps no process alive.
      worker.unref();
      timer = setTimeout(() => void end(), ms);
      timer.unref();
    },
    async ask(asked, limitMs) {
      clearTimeout(timer);
      worker.ref();
      await ready;
      const answer = next();
      worker.postMessage(asked);
      const limit = setTimeout(() => {
        settle?.reject(new TooCostly('time', `It took longer than ${limitMs / 1000} s`));
        void end();
      }, limitMs);
      try {
        const told = await answer;
        if ('answer' in told) return told.answer;
        if ('error' in told) throw Object.assign(new Error(told.error.message), { name: told.error.name, code: told.error.code });
        throw new Error('The worker answered out of turn');
      } finally {
        clearTimeout(limit);
      }
    },
  };
}
