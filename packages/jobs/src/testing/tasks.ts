import { setImmediate as turn } from 'node:timers/promises';
import { type Collection, type Store, StoreUnavailable } from '@sidekick/store';
import { z } from 'zod';
import {
  documentForm,
  type Job,
  type JobDocument,
  type JobIndex,
  type JobKind,
  type Jobs,
  jobDocuments,
  jobsOf,
  newJob,
} from '../index.ts';

/** Jobs of tests: their input says what to do. */
export type Task = JobDocument<string, string>;
export const tasks = jobDocuments('tasks', { input: z.string(), result: z.string() });

/** The same, where only the process that submitted one can run it. */
const { due: _, ...boundForm } = documentForm<string, string>();

export const leaseMs = 12_000;

/** A clock that stands still until it is told. `ahead`: what the clock on the wall is wrong by. */
export function timeByHand() {
  let ms = Date.parse('2026-11-30T10:00:00Z');
  const at = (ahead: number) => ({ now: () => new Date(ms + ahead), elapsed: () => ms });
  const pass = (more: number): void => {
    ms += more;
  };
  return { ...at(0), ahead: at, pass };
}
export type TimeByHand = ReturnType<typeof timeByHand>;

export interface Replica<Here = null> {
  jobs: Jobs<Task, Here>;
  /** Runs under way and past, in the order in which they began. */
  runs: Run[];
  runOf(id: string): Run;
  troubles: string[];
}
export interface Run extends Pick<Job<Task>, 'doc' | 'signal' | 'attempt'> {
  id: string;
  finish(result?: string): void;
  fail(error: Error): void;
}

type Options = Partial<Pick<JobKind<Task>, 'atOnce' | 'tries' | 'laneOf'>> & { time: Pick<TimeByHand, 'now' | 'elapsed'> };

/** A process whose runs end when the test says so, or when they are told to. */
export function replicaAt(store: Pick<Store, 'collection'>, options: Options): Replica {
  const { runs, troubles, kind, trouble } = parts(options);
  const jobs = jobsOf({ collection: store.collection(tasks), form: documentForm<string, string>(), kind, trouble, time: options.time });
  return { jobs, runs, runOf: runIn(runs), troubles };
}

/** As `replicaAt` for jobs that are bound to it. `gone` lists what it let go of. */
export function ownReplicaAt(store: Pick<Store, 'collection'>, options: Options): Replica<string> & { gone: string[] } {
  const { runs, troubles, kind, trouble } = parts(options);
  const gone: string[] = [];
  const { laneOf: _lane, ...rest } = kind;
  const own: JobKind<Task, string> = {
    ...rest,
    run: (job) => kind.run({ ...job, here: null }),
    letGo: async (here) => void gone.push(here),
  };
  const collection: Collection<Task, JobIndex> = store.collection(tasks);
  const jobs = jobsOf<Task, JobIndex, string>({ collection, form: boundForm, kind: own, trouble, time: options.time });
  return { jobs, runs, runOf: runIn(runs), troubles, gone };
}

function parts({ time: _time, ...options }: Options) {
  const runs: Run[] = [];
  const troubles: string[] = [];
  const kind: JobKind<Task> = {
    atOnce: 10,
    tries: 3,
    waitAfter: (tries) => tries * 60_000,
    reasonOf: (error) => `Failed: ${(error as Error).message}`,
    run: (job) =>
      new Promise((resolve, reject) => {
        const { doc, signal, attempt } = job;
        const finish = (result = 'ok') => {
          doc.result = result;
          resolve();
        };
        runs.push({ id: doc._id, doc, signal, attempt, finish, fail: reject });
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    ...options,
  };
  return { runs, troubles, kind, trouble: (_error: unknown, what: string) => void troubles.push(what) };
}

const runIn = (runs: readonly Run[]) => (id: string) => {
  const found = runs.findLast((run) => run.id === id);
  if (!found) throw new Error(`${id} does not run here`);
  return found;
};

let count = 0;
export const aTask = (time: { now(): Date }, more: Partial<Pick<Task, 'key' | 'input'>> & { _id?: string; dueAt?: Date } = {}): Task => {
  const { key, input = 'x', _id = `task-${String(++count).padStart(5, '0')}`, dueAt } = more;
  return newJob({ _id, input, by: 'Rita', ...(key != null && { key }), ...(dueAt && { dueAt }) }, time.now());
};

/** The store of a process that is cut off: while it is `away` a write is refused, or hangs until it is back. */
export function cutOff(store: Store, how: 'refuses' | 'hangs') {
  let back: (() => void) | null = null;
  let away: Promise<void> | null = null;
  const cut: Pick<Store, 'collection'> = {
    collection(def) {
      const collection = store.collection(def);
      return {
        ...collection,
        async replace(...given) {
          if (away && how === 'refuses') throw new StoreUnavailable('away');
          await away;
          return collection.replace(...given);
        },
      };
    },
  };
  return {
    store: cut,
    goAway(): void {
      away = new Promise((resolve) => {
        back = resolve;
      });
    },
    comeBack(): void {
      away = null;
      back?.();
    },
  };
}

/** Lets what is under way come to where it waits. */
export async function settled(): Promise<void> {
  for (let n = 0; n < 5; n++) await turn();
}
