import { writeFileSync } from 'node:fs';
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
  dieFirst();
  const clock = watch();
  // Who ends the pool decides when a worker ends, also where a terminal or a supervisor signals the whole group.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit(0));
  process.on('message', async ({ task, argument, limitMs }: Asked) => {
    let told: Told;
    try {
      const work = tasks[task];
      if (!work) throw new Error(`No task of that name: ${task}`);
      clock.begin(limitMs);
      told = { answer: await work(argument) };
    } catch (error) {
      told = saidOf(error);
    }
    clock.end();
    try {
      tell(told);
    } catch (error) {
      // An answer that cannot be copied.
      tell(saidOf(error));
    }
  });
  tell({ ready: true });
}

function saidOf(error: unknown): Told {
  const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
  return { error: { name: name ?? 'Error', message: message ?? String(error), code: typeof code === 'string' ? code : null } };
}

/**
 * Where memory runs out, the kernel ends a worker rather than the process that asked it (Linux: see proc(5)). Not in Kubernetes:
 * the kubelet has all processes of a container end together (`memory.oom.group`, since 1.28; 1.32 can be told otherwise by
 * `singleProcessOOMKill`), so its limit has to hold the heaps of all.
 */
function dieFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '500');
  } catch {
    // Another system, or one that hides this: its own choice stands.
  }
}

/**
 * Runs beside a task that never yields: ends the process when its time is up, or when whoever asked is gone. Without a task it
 * sleeps, but for a look now and then. `state`: 0 without a task, else its number, -1 once its time is up. It is changed only
 * from what it was when the watcher looked, so that a task which ends meanwhile never costs the next one its process.
 */
const watcher = `
const { workerData: { state, bound, parent, signal } } = require('node:worker_threads');
for (;;) {
  const task = Atomics.load(state, 0);
  Atomics.wait(state, 0, task, task === 0 ? 1000 : 25);
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  const now = Atomics.load(state, 0);
  if (now === 0) continue;
  const limit = bound[0];
  const used = process.cpuUsage();
  if ((used.user + used.system) / 1000 <= limit) continue;
  if (Atomics.compareExchange(state, 0, now, -1) === now) process.kill(process.pid, signal);
}
`;

function watch(): { begin(limitMs: number): void; end(): void } {
  const bound = new Float64Array(new SharedArrayBuffer(8));
  const state = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { state, bound, parent: process.ppid, signal: timeIsUp };
  new Worker(watcher, { eval: true, execArgv: [], workerData }).unref();
  let task = 0;
  return {
    begin(limitMs) {
      const { user, system } = process.cpuUsage();
      bound[0] = (user + system) / 1000 + limitMs;
      task = (task % 0x7fff_ffff) + 1;
      Atomics.store(state, 0, task);
      Atomics.notify(state, 0);
    },
    /** Does not return when the time of the task was up: the signal that ends the process is under way. */
    end() {
      if (task > 0 && Atomics.compareExchange(state, 0, task, 0) === -1) Atomics.wait(state, 0, -1);
    },
  };
}
