import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs `docker`; rejects with its own words. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim();
}

/** A container of the composition that is meant to run. */
export interface Container {
  service: string;
  name: string;
}

const parts = ['gateway', 'content', 'staffing', 'search'];
const stores = ['redis', 'rabbitmq', 'mongo', 'documentdb'];
export const isStore = ({ service }: Container): boolean => stores.includes(service);

/** Those that run now, the parts before the stores. One-shot jobs have ended and are not among them. */
export async function containers(): Promise<Container[]> {
  const lines = (await docker('compose', 'ps', '--format', 'json')).split('\n').filter(Boolean);
  const found = lines.map((line) => JSON.parse(line) as { Service: string; Name: string });
  const order = [...parts, ...stores];
  const place = (service: string) => (order.includes(service) ? order.indexOf(service) : order.length);
  return found.map(({ Service: service, Name: name }) => ({ service, name })).toSorted((a, b) => place(a.service) - place(b.service));
}

const inspect = (name: string, format: string): Promise<string> => docker('inspect', '-f', format, name);

/** When its main process started; changes when the engine has revived it. */
export const startedAt = (name: string): Promise<string> => inspect(name, '{{.State.StartedAt}}');

export const isHealthy = async (name: string): Promise<boolean> =>
  (await inspect(name, '{{.State.Running}} {{if .State.Health}}{{.State.Health.Status}}{{else}}healthy{{end}}')) === 'true healthy';

/**
 * Ends the main process as a crash would. The engine takes a `docker kill` for the wish of an operator and revives
 * nothing, so the process is killed where this user may see it; elsewhere `docker kill` and `docker start` stand in.
 */
export async function crash(name: string): Promise<'SIGKILL of its process' | 'docker kill, docker start'> {
  const pid = Number(await inspect(name, '{{.State.Pid}}'));
  try {
    process.kill(pid, 'SIGKILL');
    return 'SIGKILL of its process';
  } catch {
    await docker('kill', name);
    await docker('start', name);
    return 'docker kill, docker start';
  }
}
