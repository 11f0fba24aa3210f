import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout, with a slash at its end. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

export interface Ended {
  /** Null when a signal ended it. */
  code: number | null;
  out: string;
  errors: string;
}

export interface Running {
  readonly pid: number;
  /** What it has printed so far. */
  out(): string;
  /** Resolves when it has ended and all it wrote has been read. */
  readonly ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
}

/** Settings of a developer's shell that a script under test must not see; the servers are those of the tests. */
const settings = new Set([
  ...['HOST', 'PORT', 'PUBLIC_URL', 'TIME_ZONE', 'TODAY', 'LOG_LEVEL', 'EMPTY'],
  ...['MONGO_URL', 'AMQP_URL', 'REDIS_URL'],
]);
const mine = ([name]: [string, unknown]) =>
  !settings.has(name) && !name.startsWith('OTEL_') && !(name.startsWith('SIDEKICK_') && name !== 'SIDEKICK_TEST_RUN');

/** Children of a test that never came to its end must not outlive the run. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Runs a script of the project as a process of its own, from the root as the npm scripts do; `release` is another checkout to run it from. */
export function runScript(script: string, args: readonly string[], env: Record<string, string> = {}, release = projectRoot): Running {
  const child = spawn(process.execPath, ['--import', './infra/ts/register.mjs', script, ...args], {
    cwd: release,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(Object.entries(process.env).filter(mine)), ...env },
  });
  alive.add(child);
  child.once('close', () => alive.delete(child));
  const read = { out: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    read.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    read.errors += text;
  });
  return { pid: child.pid ?? 0, out: () => read.out, ended: endOf(child, read), signal: (name) => void child.kill(name) };
}

async function endOf(child: ChildProcess, read: { out: string; errors: string }): Promise<Ended> {
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...read };
}
