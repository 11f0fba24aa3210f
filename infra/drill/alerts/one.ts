import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type Running, runScript, until } from '@sidekick/testing';
import { type Fired, fill, prometheusOf } from './prometheus.ts';
import { smallDisk } from './small-disk.ts';

const metricsToken = 'drill-of-alerts-token';
const poison = new URL('../../../services/portal/src/testing/poison.mjs', import.meta.url);

/** Every alert, where all parts are one process. */
export async function alertsInOne(folder: string): Promise<Fired[]> {
  const [data, busDisk, poisoned] = [join(folder, 'data'), join(folder, 'bus'), join(folder, 'poisoned')];
  const givesBack = [await smallDisk(data, 96), await smallDisk(busDisk, 32)];
  mkdirSync(join(data, 'portal'));
  emptyBus(busDisk);
  symlinkSync(join(busDisk, 'bus.db'), join(data, 'portal/bus.db'));
  writeFileSync(poisoned, '');
  poison.searchParams.set('title', 'Poison');
  poison.searchParams.set('file', poisoned);
  const url = `http://127.0.0.1:${await freePort()}`;
  const run = () =>
    runScript('services/portal/src/main.ts', ['--empty', '--port', new URL(url).port, '--data', join(data, 'portal')], {
      METRICS_TOKEN: metricsToken,
      NODE_OPTIONS: `--import=${poison.href}`,
    });
  let portal = run();
  const prometheus = await prometheusOf([{ job: 'sidekick', url, token: metricsToken }], join(folder, 'prometheus'));
  const { fires } = prometheus;
  try {
    await listens(portal);
    const write = writerOf(url, join(data, 'portal'));
    const fired = [
      await fires('SidekickBackupOld', 'no backup was ever made'),
      await fires('SidekickDeadLetters', 'search refuses a page', () => write('Poison')),
      await fires('SidekickDiskLow', 'less than a tenth is left of the disk of the data folder', () => fill(data, 0.08)),
      await fires('SidekickDiskFull', 'the disk of the data folder is full', () => fill(data, 0)),
      await fires('SidekickFailures', 'what is saved on a full disk is refused', async () => {
        for (let n = 0; n < 60; n += 1) await write('Large', 'x'.repeat(400_000));
      }),
    ];
    rmSync(join(data, 'filler'));
    // An index that is built anew takes the page.
    rmSync(poisoned);
    const rebuild = fires('SidekickIndexRebuildFails', 'the file of the bus was lost, and there is no room for another index', async () => {
      for (let n = 0; n < 20; n += 1) await write('Long', wordsOf(200_000));
      portal.signal('SIGTERM');
      await portal.ended;
      emptyBus(busDisk);
      fill(data, 0.03);
      portal = run();
      await listens(portal);
    });
    fired.push(await rebuild);
    rmSync(join(data, 'filler'));
    await until('the index to be built', async () => /^sidekick_index_rebuild_failing\{.*\} 0$/m.test(await metricsAt(url)), 120);
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

/** In the place of what was there. */
function emptyBus(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  writeFileSync(join(folder, 'bus.db'), '');
}

function listens(portal: Running): Promise<unknown> {
  const over = portal.ended.then(({ errors }) => Promise.reject(new Error(`the portal ended: ${errors}`)));
  return Promise.race([until('the portal', () => /^Open http/m.test(portal.out()), 120), over]);
}

const metricsAt = async (url: string): Promise<string> =>
  (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })).text();

/** Makes a page, as whoever may read the data folder; the token is another one after each start. */
const writerOf =
  (url: string, folder: string) =>
  (title: string, body: string = 'x') => {
    const { token } = JSON.parse(readFileSync(join(folder, 'local-access.json'), 'utf8')) as { token: string };
    return fetch(`${url}/api/v1/pages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ path: `${title.toLowerCase()}-${crypto.randomUUID()}`, title, body }),
    });
  };

/** Different ones, which take room in an index. */
function wordsOf(letters: number): string {
  let text = '';
  while (text.length < letters) text += `${crypto.randomUUID().replaceAll('-', '')} `;
  return text;
}
