import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { workerHeaps } from './heaps.ts';
import type { Known, Solved } from './levels.ts';
import type { PlanProblem } from './problem.ts';
import type { Asked, Told } from './told.ts';

interface Solving {
  readonly problem: PlanProblem;
  /** Seconds by the clock; the process is ended then, whatever it does. */
  readonly seconds: number;
  readonly onKnown: (known: Known) => void;
  readonly signal?: AbortSignal | undefined;
}

/** `late`: the time was up before it told the end. */
export type Ended = { readonly solved: Solved | null } | { readonly late: true };

/** Of the limit, the part that is left for telling: it ends by itself, if it can, before it is ended. */
const toTell = 0.4;
/** How much of what the process says before it dies is kept, in characters. */
const lastWords = 2_000;
/** Both would let its heap grow with that of the whole. */
const heapFlag = /^--max[-_]old[-_]space[-_]size/;
const withoutHeap = (flags: readonly string[]): string[] => flags.filter((flag) => !heapFlag.test(flag) && !flag.startsWith('--inspect'));

function start() {
  const own = import.meta.url;
  const file = fileURLToPath(new URL(`./solve.worker${own.slice(own.lastIndexOf('.'))}`, own));
  // biome-ignore lint/style/noProcessEnv: a child inherits what its parent has, but for the size of its heap.
  const { NODE_OPTIONS = '', ...inherited } = process.env;
  const env = { ...inherited, NODE_OPTIONS: withoutHeap(NODE_OPTIONS.split(' ')).join(' ') };
  const execArgv = [...withoutHeap(process.execArgv), `--max-old-space-size=${workerHeaps.solver.heapMiB}`];
  return fork(file, [], { env, execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

/**
 * Solves in a process of its own, which is ended at the limit, when the signal aborts, and after its answer: HiGHS does not yield while it
 * solves, keeps the memory it once took, and takes the process with it when it crashes. Rejects with the signal's reason, or with what
 * became of the process.
 */
export function solveApart({ problem, seconds, onKnown, signal }: Solving): Promise<Ended> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  const began = performance.now();
  const child = start();
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + String(chunk)).slice(-lastWords);
  });
  const { promise, resolve, reject } = withResolvers<Ended>();
  const late = setTimeout(() => resolve({ late: true }), seconds * 1000);
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort);
  child.on('message', (told: Told) => {
    if ('ready' in told) {
      const asked: Asked = { problem, seconds: Math.max(0, seconds - toTell - (performance.now() - began) / 1000) };
      child.send(asked, (error) => error && reject(error));
    } else if ('known' in told) onKnown(told.known);
    else if ('solved' in told) resolve(told);
    else reject(new Error(`The solver failed: ${told.failed}`));
  });
  child.on('error', reject);
  child.on('close', (code, by) =>
    reject(new Error(`The solver ended while it solved (${by ?? code})`, { cause: new Error(words.trim()) })),
  );
  return promise.finally(() => {
    clearTimeout(late);
    signal?.removeEventListener('abort', abort);
    child.kill('SIGKILL');
  });
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}
