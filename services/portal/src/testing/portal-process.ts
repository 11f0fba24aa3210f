import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, type Running, runScript, until } from '@sidekick/testing';
import { type Address, type Caller, callerAt } from './caller.ts';

/** `npm start` without its set-up: a portal on a free port that has not said anything yet. */
export const runPortal = (folder: string, args: readonly string[]): Running =>
  runScript('services/portal/src/main.ts', ['--port', '0', '--data', folder, ...args]);

export const aFolder = (): string => mkdtempSync(join(tmpdir(), 'sidekick-portal-'));

export interface PortalProcess {
  readonly folder: string;
  readonly url: string;
  /** Of the process that runs now; 0 when none does. */
  readonly pid: number;
  /** What it printed since its last start. */
  out(): string;
  /** A command on this machine, by the token in the data folder. */
  readonly command: Caller;
  /** Somebody with a browser. */
  browser(): Caller;
  /** SIGKILL: nothing is finished. */
  kill(): Promise<void>;
  /** SIGTERM: what is under way is finished. */
  stop(): Promise<Ended>;
  /** Starts again on the same folder and port; resolves when it says how to sign in. */
  start(): Promise<void>;
  /** Kills it if it runs, and removes the folder. */
  close(): Promise<void>;
}

export interface PortalProcessOptions {
  folder?: string;
  args?: readonly string[];
}

/** Starts a portal in a process of its own and waits until it says how to sign in. Throws with its words when it ends instead. */
export async function portalProcess({ folder = aFolder(), args = [] }: PortalProcessOptions = {}): Promise<PortalProcess> {
  let running: Running | null = null;
  let address: Required<Address> | undefined;
  const known = (): Required<Address> => {
    if (!address) throw new Error('the portal never ran');
    return address;
  };
  const end = async (signal: NodeJS.Signals): Promise<Ended> => {
    if (!running) throw new Error('the portal does not run');
    running.signal(signal);
    const ended = await running.ended;
    running = null;
    return ended;
  };
  const portal: PortalProcess = {
    folder,
    get url() {
      return known().url;
    },
    get pid() {
      return running?.pid ?? 0;
    },
    out: () => running?.out() ?? '',
    command: callerAt(known),
    browser: () => callerAt(() => ({ url: known().url })),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    async start() {
      running = runPortal(folder, address ? [...args, '--port', new URL(address.url).port] : args);
      await ready(running);
      address = localAccess(folder);
    },
    async close() {
      if (running) await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await portal.start().catch(async (error: unknown) => {
    await portal.close();
    throw error;
  });
  return portal;
}

/** Resolves at the last line of a start. */
export async function ready(running: Running): Promise<void> {
  let ended: Ended | undefined;
  void running.ended.then((end) => {
    ended = end;
  });
  await until(
    'the portal to say how to sign in',
    () => {
      if (ended) throw new Error(`the portal ended with ${ended.code}: ${ended.errors}${ended.out}`);
      return /^Open http\S+ .*\n/m.test(running.out());
    },
    60,
  );
}

/** What a portal leaves for commands on this machine. */
function localAccess(folder: string): Required<Address> {
  const file = join(folder, 'local-access.json');
  if (!existsSync(file)) throw new Error(`no ${file}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Required<Address>;
}
