import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, runScript, until } from '@sidekick/testing';
import { type Fired, smallDisk } from '../alerts.ts';
import { fill, prometheusOf } from './prometheus.ts';

const metricsToken = 'drill-of-alerts-token';
const poison = new URL('../../../services/portal/src/testing/poison.mjs', import.meta.url);

/** Every alert that can fire where all parts are one process. */
export async function alertsInOne(folder: string): Promise<Fired[]> {
  const [data, busDisk, poisoned] = [join(folder, 'data'), join(folder, 'bus'), join(folder, 'poisoned')];
  const givesBack = [await smallDisk(data, 64), await smallDisk(busDisk, 8)];
  mkdirSync(join(data, 'portal'));
  symlinkSync(join(busDisk, 'bus.db'), join(data, 'portal/bus.db'));
  writeFileSync(poisoned, '');
  poison.searchParams.set('title', 'Poison');
  poison.searchParams.set('file', poisoned);
  const url = `http://127.0.0.1:${await freePort()}`;
  const portal = runScript('services/portal/src/main.ts', ['--empty', '--port', new URL(url).port, '--data', join(data, 'portal')], {
    METRICS_TOKEN: metricsToken,
    NODE_OPTIONS: `--import=${poison.href}`,
  });
  const prometheus = await prometheusOf([{ job: 'sidekick', url, token: metricsToken }], join(folder, 'prometheus'));
  const { fires } = prometheus;
  try {
    await until('the portal', () => /^Open http/m.test(portal.out()), 120);
    const { token } = JSON.parse(readFileSync(join(data, 'portal/local-access.json'), 'utf8')) as { token: string };
    const write = (title: string, letters = 1) =>
      fetch(`${url}/api/v1/pages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ path: `${title.toLowerCase()}-${crypto.randomUUID()}`, title, body: 'x'.repeat(letters) }),
      });
    const fired = [
      await fires('SidekickBackupOld', 'no backup was ever made'),
      await fires('SidekickDeadLetters', 'search refuses a page', () => write('Poison')),
      await fires('SidekickDiskLow', 'less than a tenth is left of the disk of the data folder', () => fill(data, 0.08)),
      await fires('SidekickDiskFull', 'the disk of the data folder is full', () => fill(data, 0)),
      await fires('SidekickFailures', 'what is saved on a full disk is refused', async () => {
        for (let n = 0; n < 60; n += 1) await write('Large', 400_000);
      }),
    ];
    rmSync(join(data, 'filler'));
    const waits = fires('SidekickEventsWait', 'the disk of the bus is full and a page was saved', async () => {
      fill(busDisk, 0);
      for (let n = 0; n < 200; n += 1) await write('Waits');
    });
    fired.push(await waits, await fires('SidekickDependencyAway', 'the disk of the bus is full'));
    fired.push(await fires('SidekickIndexBehind', 'the disk of the bus is full'));
    fired.push(await fires('SidekickPartDown', 'the process hangs', () => portal.signal('SIGSTOP')));
    return fired;
  } finally {
    await prometheus.close();
    portal.signal('SIGKILL');
    await portal.ended;
    for (const giveBack of givesBack) await giveBack();
  }
}
