import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inDocker } from './docker.ts';
import { type Found, type ServerName, variableOf } from './names.ts';

const run = promisify(execFile);

/**
 * An address from the environment; else Docker; else, on Debian as root, a folder of servers that is kept for the next
 * run. Never throws: what cannot be had has a reason of one line.
 */
export async function find(name: ServerName): Promise<Found> {
  const given = process.env[variableOf[name]];
  if (given) return { address: given };
  return name === 'chromium' ? findChromium() : findServer(name);
}

async function findServer(name: Exclude<ServerName, 'chromium'>): Promise<Found> {
  const docker = await inDocker(name);
  if ('address' in docker) return docker;
  const reason = `no ${variableOf[name]}; ${docker.reason}`;
  if (!(await isDebianRoot())) return { reason: `${reason}; no Debian as root` };
  try {
    const script = fileURLToPath(new URL('../../../../infra/scripts/servers.sh', import.meta.url));
    const { stdout } = await run('bash', [script], { timeout: 900_000 });
    const address = stdout.match(new RegExp(`^${variableOf[name]}=(.*)$`, 'm'))?.[1];
    return address ? { address } : { reason: `${reason}; servers.sh names no ${variableOf[name]}` };
  } catch (error) {
    return { reason: `${reason}; ${lastLine(error)}` };
  }
}

async function findChromium(): Promise<Found> {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const installed = names.map(onPath).find((path) => path !== undefined);
  if (installed) return { address: installed };
  if (!(await isDebianRoot())) return { reason: 'not on PATH, no CHROMIUM, no Debian as root' };
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...words: string[]) =>
      run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', ...words], { env, timeout: 600_000 });
    await apt('update');
    await apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
    const path = onPath('chromium');
    return path ? { address: path } : { reason: 'apt-get installed no chromium' };
  } catch (error) {
    return { reason: `not on PATH; ${lastLine(error)}` };
  }
}

function onPath(program: string): string | undefined {
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function isDebianRoot(): Promise<boolean> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID=debian$/m.test(await readFile('/etc/os-release', 'utf8'));
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').at(-1)?.slice(0, 300) ?? '';
}
