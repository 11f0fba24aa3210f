import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { find } from './servers/find.ts';
import type { Found, ServerName } from './servers/names.ts';

const addressOf = async (name: ServerName): Promise<string | null> => {
  const found = await find(name);
  return 'address' in found ? found.address : null;
};

/** Real servers, started on first need where this machine can; null where it cannot. They keep running for the next time. */
export const servers = {
  mongoUrl: () => addressOf('mongo'),
  amqpUrl: () => addressOf('amqp'),
  redisUrl: () => addressOf('redis'),
  /** Path of the program. */
  chromiumPath: () => addressOf('chromium'),
};

/**
 * For test files: tests that need real servers. `body` gets their addresses in the order of `needs` and opens nothing itself: it also runs where its tests are skipped. Where one cannot be
 * had its tests count as skipped, and the run's end names it.
 */
export function describeWith(needs: ServerName | readonly ServerName[], title: string, body: (...addresses: string[]) => void): void {
  const found = [needs].flat().map((name) => ({ name, address: foundServer(name) }));
  const there = found.every(({ address }) => address !== null);
  describeIf(there, null, title, () => body(...found.map(({ address }) => address ?? '')));
}

/** Tests that need something this machine may lack; `what` is named at the end of the run when it is not there. */
export function describeIf(there: boolean, what: string | null, title: string, body: () => void): void {
  if (!there && what) noteMissing(what, '');
  // The global of Jest: this package also serves programs outside of it, where '@jest/globals' refuses to load.
  const { describe } = globalThis as unknown as {
    describe: { (title: string, body: () => void): void; skip(title: string, body: () => void): void };
  };
  if (there) describe(title, body);
  else describe.skip(title, body);
}

/** Looks once a run: the first test file that asks waits, others read what was found. */
function foundServer(name: ServerName): string | null {
  const known = join(runFolder(), `${name}.json`);
  if (!existsSync(known)) {
    // Renamed into place: another worker reads the whole or nothing.
    const written = `${known}.${process.pid}`;
    writeFileSync(written, JSON.stringify(findInProcess(name)));
    renameSync(written, known);
  }
  const found = JSON.parse(readFileSync(known, 'utf8')) as Found;
  if ('address' in found) return found.address;
  noteMissing(name, found.reason);
  return null;
}

function findInProcess(name: ServerName): Found {
  const main = fileURLToPath(new URL('./servers/main.ts', import.meta.url));
  const register = fileURLToPath(new URL('../../../infra/ts/register.mjs', import.meta.url));
  const { stdout, stderr, error } = spawnSync(process.execPath, ['--import', register, main, name], { encoding: 'utf8', timeout: 900_000 });
  try {
    return JSON.parse(stdout) as Found;
  } catch {
    return { reason: `looking for ${name} failed: ${(stderr || error?.message || '').trim().split('\n').at(-1)?.slice(0, 300)}` };
  }
}

function noteMissing(what: string, reason: string): void {
  const folder = join(runFolder(), 'missing');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, encodeURIComponent(what).slice(0, 200)), reason);
}

/** A folder of this test run, made by infra/jest/global-setup.mjs, whose closing line reads it. */
function runFolder(): string {
  const folder = process.env['SIDEKICK_TEST_RUN'];
  if (!folder) throw new Error('describeWith works inside a Jest run of this project (SIDEKICK_TEST_RUN is not set)');
  return folder;
}
