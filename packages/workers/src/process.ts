import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Asked, type Told, timeIsUp } from './tasks.ts';
import { TooCostly } from './too-costly.ts';

/** A process that takes one task at a time. */
export interface WorkerProcess {
  ask(asked: Asked): Promise<unknown>;
  ended(): boolean;
  /** It has no work, and ends after that many milliseconds; null: it stays. */
  rest(ms: number | null): void;
  /** Kills it; its task, if it has one, is told why. */
  end(reason?: Error): Promise<void>;
}

interface ProcessBounds {
  /** Old-generation heap, in MiB. */
  heapMiB: number;
  /** How long it may take to start, in milliseconds: 60,000. */
  startMs?: number | undefined;
}

/** By the clock a task may take so many times its processor time: the machine may have others to serve. */
const patience = 10;
/** How long a process may take to start, in milliseconds: on a disk that hangs it never does. */
const longestStart = 60_000;
/** How much of what a worker says before it dies is kept, in characters: for a log, since it names what lies inside. */
const lastWords = 2_000;
/** Both would let a worker's heap grow with that of the whole. */
const heapFlag = /^--max[-_]old[-_]space[-_]size/;
const withoutHeap = (flags: readonly string[]): string[] => flags.filter((flag) => !heapFlag.test(flag) && !flag.startsWith('--inspect'));

export function startProcess(url: URL, { heapMiB, startMs = longestStart }: ProcessBounds, onExit: () => void): WorkerProcess {
  // biome-ignore lint/style/noProcessEnv: a child inherits what its parent has, but for the size of its heap.
  const { NODE_OPTIONS = '', ...inherited } = process.env;
  const env = { ...inherited, NODE_OPTIONS: withoutHeap(NODE_OPTIONS.split(' ')).join(' ') };
  const execArgv = [...withoutHeap(process.execArgv), `--max-old-space-size=${heapMiB}`];
  const child = fork(fileURLToPath(url), [], { env, execArgv, serialization: 'advanced', stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  let ended = false;
  let words = '';
  let timer: NodeJS.Timeout | undefined;
  let settle: { resolve(told: Told): void; reject(error: Error): void } | undefined;
  const next = () =>
    new Promise<Told>((resolve, reject) => {
      settle = { resolve, reject };
    });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + String(chunk)).slice(-lastWords);
  });
  child.on('message', (told: Told) => settle?.resolve(told));
  child.on('error', (error) => settle?.reject(error));
  child.on('close', (code, signal) => {
    ended = true;
    clearTimeout(timer);
    onExit();
    const byItself = () => new Error(`The worker ended while it had work (${signal ?? code})`, { cause: new Error(words.trim()) });
    settle?.reject(reasonOf(signal, heapMiB) ?? byItself());
  });
  const ready = next();
  // Whoever asks gets the error; without anyone who asks it is nobody's.
  ready.catch(() => undefined);
  const end = (reason = new Error('The workers are closed')) => {
    ended = true;
    settle?.reject(reason);
    // Whoever waits for its end may have nothing else to wait for.
    holds(child, true);
    child.kill('SIGKILL');
    return gone;
  };
  const started = async (): Promise<void> => {
    const limit = setTimeout(() => void end(new Error(`The worker did not start within ${startMs / 1000} s`)), startMs);
    await ready.finally(() => clearTimeout(limit));
  };
  return {
    // Also one that somebody else ended a moment ago: nothing is told of that before its last words are read.
    ended: () => ended || child.exitCode !== null || child.signalCode !== null,
    end,
    rest(ms) {
      holds(child, false);
      if (ms === null) return;
      timer = setTimeout(() => void end(), ms);
      timer.unref();
    },
    async ask(asked) {
      clearTimeout(timer);
      holds(child, true);
      await started();
      const answer = next();
      child.send(asked, (error) => error && settle?.reject(error));
      const limit = setTimeout(() => {
        void end(new TooCostly('time', `It took longer than ${(asked.limitMs * patience) / 1000} s`));
      }, asked.limitMs * patience);
      try {
        return answerOf(await answer);
      } catch (error) {
        if (error instanceof TooCostly && error.why === 'time') error.message ||= `It took longer than ${asked.limitMs / 1000} s`;
        throw error;
      } finally {
        clearTimeout(limit);
      }
    },
  };
}

function answerOf(told: Told): unknown {
  if ('answer' in told) return told.answer;
  if ('error' in told) throw Object.assign(new Error(told.error.message), { name: told.error.name, code: told.error.code });
  throw new Error('The worker answered out of turn');
}

/** V8 aborts a process whose heap is full; the kernel kills one when the machine or the container has no more. */
function reasonOf(signal: NodeJS.Signals | null, heapMiB: number): TooCostly | undefined {
  if (signal === timeIsUp) return new TooCostly('time', '');
  if (signal === 'SIGABRT' || signal === 'SIGTRAP') return new TooCostly('memory', `It took more than ${heapMiB} MiB of memory`);
  return signal === 'SIGKILL' ? new TooCostly('memory', 'It took more memory than there is') : undefined;
}

/** A worker that waits for work keeps no process alive. */
function holds(child: ChildProcess, isBusy: boolean): void {
  const change = isBusy ? 'ref' : 'unref';
  child[change]();
  child.channel?.[change]();
  (child.stderr as unknown as Record<typeof change, () => void> | null)?.[change]();
}
