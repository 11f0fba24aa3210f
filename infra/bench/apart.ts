import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callerAt } from '@sidekick/portal/testing';
import { runScript, servers, until } from '@sidekick/testing';
import { type Apart, partNames, startApart } from '@sidekick/testing/apart';
import { editOf } from './handbook.ts';
import { figure } from './measure.ts';
import { importFiles, indexed, madeUpPages, memoryOfAll } from './portal.ts';
import { bestOf, type Server } from './read.ts';

const path = '/api/v1/pages/find?path=made-up/area-0/page-0';

/** Starts a program that prints its address as its first line. */
async function program(script: string, argument: string): Promise<Server & { end(): void }> {
  const running = runScript(script, [argument]);
  await until(`${script} to listen`, () => running.out().includes('\n'), 60);
  return { pid: running.pid, url: running.out().trim(), headers: {}, end: () => running.signal('SIGTERM') };
}

const memories = (apart: Apart): string =>
  partNames.map((part) => `${part} ${memoryOfAll(apart.replicas[part][0]?.pid ?? 0).toFixed(0)}`).join(', ');

/** With the services apart, on real servers: page reads, edit to searchable over RabbitMQ, memory. */
export async function benchApart(): Promise<void> {
  const [mongoUrl, amqpUrl, redisUrl] = await Promise.all([servers.mongoUrl(), servers.amqpUrl(), servers.redisUrl()]);
  if (!mongoUrl || !amqpUrl || !redisUrl) return console.log('services apart: not measured, there are no servers');
  const apart = await startApart({ mongoUrl, amqpUrl, redisUrl, env: { all: { TODAY: '', LOG_LEVEL: 'warn' } } });
  const portal = { command: callerAt(() => apart) };
  figure('memory at rest, MiB', memories(apart), 'told');
  await importFiles(portal, 'made-up', madeUpPages(1_000));
  await indexed(portal, 'unique999word');
  await readsOf(apart, (await portal.command.open(path, { bytes: true })).body as Buffer);
  figure('memory after the load, MiB', memories(apart), 'told');
  await editOf(portal, 'apart, over RabbitMQ', 'p95 ≤ 1 s');
  await apart.close();
}

/** A page read through the gateway against a bare Express proxy before a bare Express handler of the same bytes. */
async function readsOf(apart: Apart, bytes: Buffer): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-bench-'));
  const file = join(folder, 'page.json');
  writeFileSync(file, bytes);
  const handler = await program('infra/bench/bare.ts', file);
  const proxy = await program('infra/bench/bare-proxy.ts', handler.url);
  const gateway = apart.replicas.gateway[0]?.pid ?? 0;
  const as = (headers: Record<string, string>): Server => ({ pid: gateway, url: apart.url + path, headers });
  const best = await bestOf([
    ['bare', proxy],
    ['nobody signed in', as({})],
    ['by token', as({ authorization: `Bearer ${apart.token}` })],
  ]);
  for (const { end } of [proxy, handler]) end();
  rmSync(folder, { recursive: true });
  const bare = best.get('bare')?.perSecond ?? 0;
  for (const [name, { perSecond }] of best) {
    if (name === 'bare') continue;
    const share = ((perSecond / bare) * 100).toFixed(0);
    figure(
      `page read apart, ${name}`,
      `${perSecond.toFixed(0)} a second, bare proxy before Express ${bare.toFixed(0)}: ${share} %`,
      '≥ 50 %',
    );
  }
}
