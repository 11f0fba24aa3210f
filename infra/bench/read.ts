import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PortalProcess, portalProcess } from '@sidekick/portal/testing';
import { runScript, until } from '@sidekick/testing';
import autocannon from 'autocannon';
import { figure } from './measure.ts';
import { importFiles, madeUpPages } from './portal.ts';

export interface Server {
  pid: number;
  url: string;
  headers: Record<string, string>;
}

interface Measured {
  /** Best of the rounds. */
  perSecond: number;
  /** Processor time of the server a request, least of the rounds; null where the kernel does not tell. */
  microseconds: number | null;
}

const path = '/api/v1/pages/find?path=made-up/area-0/page-0';
const rounds = 5;

/** Best of several rounds for each, alternating, so that a busy moment of the machine hits all of them. */
export async function bestOf(all: readonly [string, Server][]): Promise<Map<string, Measured>> {
  const best = new Map<string, Measured>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, server] of all) {
      const now = await once(server);
      const known = best.get(name) ?? now;
      const microseconds = now.microseconds === null ? null : Math.min(now.microseconds, known.microseconds ?? now.microseconds);
      best.set(name, { perSecond: Math.max(now.perSecond, known.perSecond), microseconds });
    }
  }
  return best;
}

/** Milliseconds of processor time that a process has used, by Linux; null elsewhere. */
function processorTime(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

/** 10 connections for 2 s. */
async function once({ pid, url, headers }: Server): Promise<Measured> {
  const before = processorTime(pid);
  const { requests, non2xx, errors } = await autocannon({ url, headers, connections: 10, duration: 2 });
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} answers were no success, ${errors} errors`);
  const after = processorTime(pid);
  const microseconds = before === null || after === null ? null : ((after - before) * 1000) / requests.total;
  return { perSecond: requests.average, microseconds };
}

/** A bare Express handler in a process of its own that answers what the portal answers. */
async function bareExpress(portal: PortalProcess): Promise<Server & { end(): void }> {
  const file = join(portal.folder, 'page.json');
  writeFileSync(file, (await portal.command.open(path, { bytes: true })).body as Buffer);
  const running = runScript('infra/bench/bare.ts', [file]);
  await until('the bare handler to listen', () => running.out().includes('\n'), 60);
  return { pid: running.pid, url: running.out().trim(), headers: {}, end: () => running.signal('SIGTERM') };
}

async function readers(portal: PortalProcess): Promise<[string, Server][]> {
  const engineer = portal.browser();
  const { status } = await engineer.open('/api/v1/auth/demo', { method: 'POST', body: { persona: 'engineer' } });
  if (status !== 200) throw new Error(`the demo sign-in answered ${status}`);
  const { token } = JSON.parse(readFileSync(join(portal.folder, 'local-access.json'), 'utf8')) as { token: string };
  const as = (headers: Record<string, string>): Server => ({ pid: portal.pid, url: portal.url + path, headers });
  return [
    ['nobody signed in', as({})],
    ['by session', as({ cookie: engineer.cookie })],
    ['by token', as({ authorization: `Bearer ${token}` })],
  ];
}

/** A page read through the gateway against a bare Express handler that answers the same bytes, alternating, same run. */
export async function benchRead(): Promise<void> {
  const portal = await portalProcess();
  await importFiles(portal, 'made-up', madeUpPages(250));
  const bare = await bareExpress(portal);
  const all: [string, Server][] = [['bare', bare], ...(await readers(portal))];
  const best = await bestOf(all);
  bare.end();
  await portal.close();
  const { perSecond, microseconds } = best.get('bare') as Measured;
  for (const [name, ours] of best) {
    if (name === 'bare') continue;
    const share = (part: number) => `${(part * 100).toFixed(0)} %`;
    const byTime =
      microseconds && ours.microseconds
        ? `; CPU ${ours.microseconds.toFixed(0)} µs, bare ${microseconds.toFixed(0)} µs: ${share(microseconds / ours.microseconds)}`
        : '';
    const bySecond = `${ours.perSecond.toFixed(0)} a second, bare Express ${perSecond.toFixed(0)}: ${share(ours.perSecond / perSecond)}`;
    figure(`page read through the gateway, ${name}`, bySecond + byTime, '≥ 80 %');
  }
}
