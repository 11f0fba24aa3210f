import { type Ended, projectRoot, type Running, runScript } from '../run-script.ts';
import { until } from '../until.ts';

/** A process of a service that can be ended and started again at the same address. */
export interface Replica {
  readonly part: string;
  readonly url: string;
  /** Of the process that runs now; 0 when none does. */
  readonly pid: number;
  /** Log lines of the process that runs now. */
  log(): Record<string, unknown>[];
  /** Starts it, from the folder of another release where one is named; resolves when it listens. */
  start(env?: Record<string, string>, release?: string): Promise<void>;
  /** Resolves when its `/readyz` says 200. */
  ready(): Promise<void>;
  readyz(): Promise<{ status: number; missing: string[] }>;
  metrics(): Promise<string>;
  /** SIGKILL: nothing is finished. */
  kill(): Promise<void>;
  /** SIGTERM: what is under way is finished. */
  stop(): Promise<Ended>;
}

export interface ReplicaOptions {
  part: string;
  port: number;
  env: Record<string, string>;
}

export function replicaOf({ part, port, env }: ReplicaOptions): Replica {
  const url = `http://127.0.0.1:${port}`;
  const script = `services/${part}/src/main.ts`;
  let running: Running | null = null;
  let ended: Ended | undefined;

  const end = async (signal: NodeJS.Signals): Promise<Ended> => {
    if (!running) throw new Error(`${part} does not run`);
    running.signal(signal);
    const result = await running.ended;
    running = null;
    return result;
  };
  const alive = () => {
    if (ended) throw new Error(`${part} ended with ${ended.code}: ${ended.errors}${ended.out.slice(-2000)}`);
  };
  const answers = (path: string) => fetch(url + path).catch(() => null);
  return {
    part,
    url,
    get pid() {
      return running?.pid ?? 0;
    },
    log: () =>
      (running?.out() ?? '').split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : [])),
    async start(more = {}, release = projectRoot) {
      ended = undefined;
      const started = runScript(script, [], { ...env, PORT: String(port), HOST: '127.0.0.1', ...more }, release);
      running = started;
      void started.ended.then((result) => {
        if (running === started) ended = result;
      });
      const listens = async () => {
        alive();
        return (await answers('/livez'))?.ok;
      };
      await until(`${part} to listen`, listens, 120);
    },
    async ready() {
      let last = '';
      const isReady = async () => {
        alive();
        const answer = await answers('/readyz');
        last = answer && !answer.ok ? await answer.text() : '';
        return answer?.ok;
      };
      await until(`${part} to be ready`, isReady, 120).catch((error: Error) => {
        throw new Error(`${error.message}: ${last} ${running?.out().slice(-1500)}`);
      });
    },
    async readyz() {
      const response = await fetch(`${url}/readyz`);
      return { status: response.status, missing: ((await response.json()) as { missing: string[] }).missing };
    },
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}
