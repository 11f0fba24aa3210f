import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { proxyTo } from '@sidekick/testing';
import { smuggle, startApart } from '@sidekick/testing/apart';
import { ulid } from 'ulid';
import type { Servers } from '../outbox.ts';
import { type Fired, fill, prometheusOf } from './prometheus.ts';
import { smallDisk } from './small-disk.ts';

const metricsToken = 'drill-of-alerts-token';

/** Every alert, with the parts apart on real servers. */
export async function alertsApart({ mongoUrl, amqpUrl, redisUrl }: Servers, folder: string): Promise<Fired[]> {
  const [store, bus] = [await proxyTo(mongoUrl), await proxyTo(amqpUrl)];
  const index = join(folder, 'index');
  const giveBack = await smallDisk(index, 64);
  const apart = await startApart({
    ...{ mongoUrl, amqpUrl, redisUrl },
    env: {
      all: { AMQP_URL: bus.url, METRICS_TOKEN: metricsToken },
      content: { MONGO_URL: store.url },
      search: { INDEX_FOLDER: index },
    },
  });
  const parts = Object.entries(apart.replicas).map(([part, [replica]]) => ({ part, replica }));
  const prometheus = await prometheusOf(
    parts.map(({ part, replica }) => ({ job: `sidekick-${part}`, url: replica?.url ?? '', token: metricsToken })),
    join(folder, 'prometheus'),
  );
  const ask = (path: string, sent: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${apart.token}`, 'content-type': 'application/json', 'if-none-match': '*' };
    return fetch(`${apart.url}/api/v1${path}`, { ...sent, headers });
  };
  const write = () =>
    ask(`/pages/${ulid()}`, { method: 'PUT', body: JSON.stringify({ path: ulid().toLowerCase(), title: 'A', body: 'A' }) });
  const { fires } = prometheus;
  const [search, content] = [apart.replicas.search[0], apart.replicas.content[0]];
  let reading = true;
  try {
    const fired = [
      await fires('SidekickBackupOld', 'no backup was ever made'),
      await fires('SidekickDeadLetters', 'a text that is no event lies in the queue of search', () =>
        smuggle(amqpUrl, `${apart.names.prefix}search.index.0`, 'no event'),
      ),
      await fires('SidekickDiskLow', 'less than a tenth is left of the disk of the index', () => fill(index, 0.08)),
      await fires('SidekickDiskFull', 'the disk of the index is full', () => fill(index, 0)),
    ];
    rmSync(join(index, 'filler'));
    await write();
    const failures = fires('SidekickFailures', "content's store hangs, and its pages are asked for", async () => {
      store.pause();
      void (async () => {
        while (reading) await Promise.all([ask('/pages').catch(() => {}), wait(200)]);
      })();
    });
    fired.push(await failures);
    reading = false;
    await store.mend();
    await search?.kill();
    const rebuild = fires('SidekickIndexRebuildFails', 'search starts without an index while content is away', async () => {
      await content?.kill();
      rmSync(join(index, 'search.db'), { force: true });
      await search?.start();
    });
    fired.push(...(await Promise.all([rebuild, fires('SidekickPartDown', 'content was killed')])));
    await content?.start();
    await search?.ready();
    await content?.ready();
    const cut = async () => {
      await bus.cut();
      await write();
    };
    const waits = fires('SidekickEventsWait', 'RabbitMQ is away and a page was saved', cut);
    fired.push(
      await waits,
      await fires('SidekickDependencyAway', 'RabbitMQ is away'),
      await fires('SidekickIndexBehind', 'RabbitMQ is away'),
    );
    return fired;
  } finally {
    reading = false;
    await prometheus.close();
    await Promise.all([store.mend(), bus.mend()]);
    await apart.close();
    await Promise.all([store.close(), bus.close()]);
    await giveBack();
  }
}
