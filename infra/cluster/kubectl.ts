import { execFile, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What kubectl prints; throws with its own words when it fails. */
export async function kubectl(...args: string[]): Promise<string> {
  try {
    return (await run('kubectl', args, { maxBuffer: 64_000_000 })).stdout;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`kubectl ${args.join(' ')}: ${stderr?.trim() || (error as Error).message}`);
  }
}

export const objects = async <T>(...args: string[]): Promise<T[]> =>
  (JSON.parse(await kubectl('get', ...args, '-o', 'json')) as { items: T[] }).items;

/** Gives objects to the API server as `kubectl apply` does: unknown keys and warnings are errors. */
export function apply(items: readonly object[], ...flags: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', ['apply', '--validate=strict', '--warnings-as-errors', ...flags, '-f', '-'], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (part) => {
      said += String(part);
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`kubectl apply: ${said.trim()}`))));
    child.stdin.end(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  });
}

/** Asks again until it is true. Throws after so many seconds, naming what it waited for. */
export async function until(what: string, seconds: number, ask: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let last = '';
  while (Date.now() < end) {
    try {
      if (await ask()) return;
    } catch (error) {
      last = `: ${(error as Error).message}`;
    }
    // Each question is a process of its own, on a node that may be this machine and is under load.
    await pause(1_500);
  }
  throw new Error(`${what} did not come within ${seconds} s${last}`);
}
