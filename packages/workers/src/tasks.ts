import { Worker } from 'node:worker_threads';

/** What a worker file does, by name. Arguments and answers are what structured clone copies. */
// biome-ignore lint/suspicious/noExplicitAny: each task has an argument of its own; `boundedWorkers` types the caller.
export type Tasks = Record<string, (argument: any) => unknown>;

export interface Asked {
  task: string;
  argument: unknown;
  /** Processor time that it may take, in milliseconds. */
  limitMs: number;
}
export type Told = { ready: true } | { answer: unknown } | { error: { name: string; message: string; code: string | null } };

/** How a worker ends itself when its task has used up its time: no other thing of a process ends it by this signal. */
export const timeIsUp = 'SIGVTALRM';

/** The one call of a worker file: takes one task after the other from the pool that started it. */
export function serveTasks(tasks: Tasks): void {
  const send = process.send?.bind(process);
  if (!send) throw new Error('A file of tasks runs as a process of a pool');
  const tell = (told: Told) => void send(told);
  const clock = watch();
  // Who ends the pool decides when a worker ends, also where a terminal or a supervisor signals the whole group.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit(0));
  process.on('message', async ({ task, argument, limitMs }: Asked) => {
    try {
      const work = tasks[task];
      if (!work) throw new Error(`No task of that name: ${task}`);
      clock.begin(limitMs);
      tell({ answer: await work(argument) });
    } catch (error) {
      const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
      tell({ error: { name: name ?? 'Error', message: message ?? String(error), code: typeof code === 'string' ? code : null } });
    } finally {
      clock.end();
    }
  });
  tell({ ready: true });
}

/**
 * Runs beside a task that never yields: ends the process when its time is up, or when whoever asked is gone. Without a task it
 * sleeps, but for a look now and then. `state`: 0 without a task, 1 with one.
 */
const watcher = `
const { workerData: { state, bound, parent, signal } } = require('node:worker_threads');
for (;;) {
  if (Atomics.load(state, 0) === 0) Atomics.wait(state, 0, 0, 1000);
  else Atomics.wait(state, 0, 1, 25);
  const used = process.cpuUsage();
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  if (bound[0] > 0 && (used.user + used.system) / 1000 > bound[0]) process.kill(process.pid, signal);
}
`;

function watch(): { begin(limitMs: number): void; end(): void } {
  const bound = new Float64Array(new SharedArrayBuffer(8));
  const state = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { state, bound, parent: process.ppid, signal: timeIsUp };
  new Worker(watcher, { eval: true, execArgv: [], workerData }).unref();
  const turn = (to: 0 | 1) => {
    Atomics.store(state, 0, to);
    Atomics.notify(state, 0);
  };
  return {
    begin(limitMs) {
      const { user, system } = process.cpuUsage();
      bound[0] = (user + system) / 1000 + limitMs;
      turn(1);
    },
    end() {
      bound[0] = 0;
      turn(0);
    },
  };
}
