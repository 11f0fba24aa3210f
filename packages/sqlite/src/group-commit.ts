import { setImmediate } from 'node:timers';

/** A transaction ends after this many milliseconds, so that a large batch lets other work through. */
const longestTransaction = 20;

export interface Committing {
  /** Runs `work` in one transaction: all of it, or nothing and what was thrown. */
  transaction(work: () => void): void;
  /** Whether a job that throws this has changed nothing: it is refused alone, the others of its transaction go on. */
  isRefusal(error: unknown): boolean;
}

export interface Commits {
  /** Runs `job` in a transaction that others may share; settles after its commit. */
  add<T>(job: () => T): Promise<T>;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
  /** What the last transaction failed with; null when it was committed. */
  trouble(): unknown;
}

interface Job {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Group commit: what was asked for in one turn of the event loop shares one flush to disk. */
export function groupCommit(committing: Committing): Commits {
  let waiting: Job[] = [];
  let trouble: unknown = null;
  const idle: (() => void)[] = [];

  const flush = () => {
    const { settle, error } = commitSome(waiting, committing);
    trouble = error;
    waiting = waiting.slice(settle.length);
    for (const one of settle) one();
    if (waiting.length > 0) setImmediate(flush);
    else for (const done of idle.splice(0)) done();
  };
  return {
    add<T>(run: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (waiting.push({ run, resolve: resolve as (value: unknown) => void, reject }) === 1) setImmediate(flush);
      });
    },
    async idle(): Promise<void> {
      if (waiting.length > 0) await new Promise<void>((done) => idle.push(done));
    },
    trouble: () => trouble,
  };
}

/** Runs jobs from the front in one transaction; answers, for each that ran, how to settle it. */
function commitSome(jobs: readonly Job[], { transaction, isRefusal }: Committing): { settle: (() => void)[]; error: unknown } {
  const settle: (() => void)[] = [];
  const until = performance.now() + longestTransaction;
  let ran = 0;
  try {
    transaction(() => {
      for (const job of jobs) {
        ran += 1;
        settle.push(outcomeOf(job, isRefusal));
        if (performance.now() > until) break;
      }
    });
    return { settle, error: null };
  } catch (error) {
    return { settle: jobs.slice(0, ran || jobs.length).map((job) => () => job.reject(error)), error };
  }
}

function outcomeOf(job: Job, isRefusal: Committing['isRefusal']): () => void {
  try {
    const value = job.run();
    return () => job.resolve(value);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return () => job.reject(error);
  }
}
