import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { folderBlobs } from '@sidekick/blobs';
import { type Bus, sqliteBus } from '@sidekick/bus';
import { memoryCache } from '@sidekick/cache';
import { systemClock } from '@sidekick/service-kit';
import { mongoStore } from '@sidekick/store/mongo';
import { aManager, clientOf, describeWith, quietLog, testKeys, until } from '@sidekick/testing';
import { dropDatabases } from '@sidekick/testing/apart';
import { createContent } from '../index.ts';

const day = 86_400_000;

describeWith('mongo', 'deleted pages on a real server', (url) => {
  const database = `content-sweep-${randomUUID().slice(0, 8)}`;
  const folder = mkdtempSync(join(tmpdir(), 'content-sweep-'));
  afterAll(async () => {
    await dropDatabases(url, [database]);
    rmSync(folder, { recursive: true });
  });

  test('are forgotten after 30 days, and never before their event was sent', async () => {
    const { sign, verify } = await testKeys();
    const time = { now: Date.now(), isAway: false };
    const store = mongoStore({ url, database, clock: { now: () => new Date(time.now) } });
    const real = sqliteBus({ file: join(folder, 'bus.db') });
    const publish: Bus['publish'] = (...events) => (time.isAway ? Promise.reject(new Error('away')) : real.publish(...events));
    const parts = { store, bus: { ...real, publish }, cache: memoryCache(), blobs: folderBlobs({ folder: join(folder, 'blobs') }) };
    const service = createContent({ ...parts, clock: systemClock({ timeZone: 'UTC' }), log: quietLog, verify });
    const migrated = () =>
      store.migrate().then(
        () => true,
        () => false,
      );
    await until('the server', migrated, 60);
    const client = await clientOf(service, sign);
    const outbox = store.outboxes().find(({ name }) => name === 'pages');
    const allSent = () => until('every event to be sent', async () => (await outbox?.oldestUnsent()) === null, 60);
    const known = async () => {
      const ids: string[] = [];
      for await (const { subject } of service.snapshot()) ids.push(subject);
      return ids.sort();
    };
    const made = async (path: string) => {
      const body = { path, title: path, body: 'words' };
      const answer = await client.ask<{ id: string }>('post', '/pages', { as: aManager, body });
      expect(answer.status).toBe(201);
      return answer.body.id;
    };
    const deleted = async (id: string) => {
      const { headers } = await client.ask('get', `/pages/${id}`, { as: aManager });
      const answer = await client.ask('delete', `/pages/${id}`, { as: aManager, headers: { 'if-match': String(headers.get('etag')) } });
      expect(answer.status).toBe(204);
    };
    const again = async () => {
      await service.stop();
      await service.start();
      await service.stop();
    };

    const [live, sent, unsent] = [await made('live'), await made('sent'), await made('unsent')];
    await deleted(sent);
    await allSent();
    time.isAway = true;
    await deleted(unsent);
    time.now += 29 * day;
    await again();
    expect(await known()).toEqual([live, sent, unsent].sort());
    time.now += 2 * day;
    await again();
    expect(await known()).toEqual([live, unsent].sort());

    time.isAway = false;
    await service.start();
    await allSent();
    await again();
    expect(await known()).toEqual([live]);
    await client.close();
    await real.close();
    await store.close();
  }, 120_000);
});
