import { parentPort } from 'node:worker_threads';

/** What a worker file does, by name. Arguments and answers are what structured clone copies. */
// biome-ignore lint/suspicious/noExplicitAny: each task has an argument of its own; `boundedWorkers` types the caller.
export type Tasks = Record<string, (argument: any) => unknown>;

export interface Asked {
  task: string;
  argument: unknown;
}
export type Told = { ready: true } | { answer: unknown } | { error: { name: string; message: string; code: string | null } };

/** The one call of a worker file: takes one task after the other from the pool that started it. */
export function serveTasks(tasks: Tasks): void {
  const port = parentPort;
  if (!port) throw new Error('A file of tasks runs as a worker thread');
  const tell = (told: Told) => port.postMessage(told);
  port.on('message', async ({ task, argument }: Asked) => {
    try {
      const work = tasks[task];
      if (!work) throw new Error(`No task of that name: ${task}`);
      tell({ answer: await work(argument) });
    } catch (error) {
      const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
      tell({ error: { name: name ?? 'Error', message: message ?? String(error), code: typeof code === 'string' ? code : null } });
    }
  });
  tell({ ready: true });
}
