import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { folderBlobs } from '@sidekick/blobs';
import { sqliteBus } from '@sidekick/bus';
import { memoryCache } from '@sidekick/cache';
import { systemClock } from '@sidekick/service-kit';
import { sqliteStore } from '@sidekick/store';
import { aManager, type Client, clientOf, quietLog, testKeys, until } from '@sidekick/testing';
import { createContent } from '../index.ts';
import { pages } from './page.ts';
import { createPagesReplica } from './pages-replica.ts';
import { removals } from './removal.ts';

describe('two replicas over one store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'content-replicas-'));
  const store = sqliteStore({ file: join(folder, 'content.db') });
  const bus = sqliteBus({ file: join(folder, 'bus.db') });
  let first: Client;
  let second: Client;
  beforeAll(async () => {
    const { sign, verify } = await testKeys();
    const blobs = folderBlobs({ folder: join(folder, 'blobs') });
    const parts = { store, bus, blobs, cache: memoryCache(), clock: systemClock({ timeZone: 'UTC' }), log: quietLog, verify };
    first = await clientOf(createContent(parts), sign);
    second = await clientOf(createContent(parts), sign);
  });
  afterAll(async () => {
    await first.close();
    await second.close();
    await bus.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const write = (path: string) =>
    first.ask('post', '/pages', { as: aManager, body: { path, title: path, body: 'one', visibility: 'public' } });
  const read = (client: Client, id: string, as: typeof aManager | null = aManager) => client.ask('get', `/pages/${id}`, { as });
  const find = (client: Client, path: string) => client.ask('get', `/pages/find?path=${path}`, { as: aManager });
  const remove = (client: Client, id: string, version: number) =>
    client.ask('delete', `/pages/${id}`, { as: aManager, headers: { 'if-match': `"${version}"` } });

  test('whoever wrote through one reads it at once through the other, by id and by path', async () => {
    for (let round = 0; round < 20; round += 1) {
      const path = `replicas/p${round}`;
      const { status, body: page } = await write(path);
      expect(status).toBe(201);
      expect((await read(second, page.id)).body).toMatchObject({ version: 1 });

      const headers = { 'if-match': '"1"' };
      const saved = await second.ask('patch', `/pages/${page.id}`, { as: aManager, headers, body: { body: 'two' } });
      expect(saved.status).toBe(200);
      expect((await find(first, path)).body).toMatchObject({ id: page.id, version: 2, html: '<p>two</p>\n' });

      expect((await remove(second, page.id, 2)).status).toBe(204);
      expect((await read(first, page.id)).status).toBe(404);
      expect((await find(first, path)).status).toBe(404);
    }
  });

  test('an anonymous reader and the tree follow within a moment', async () => {
    const { body: page } = await write('replicas/public');
    expect((await read(second, page.id, null)).status).toBe(200);
    expect((await remove(first, page.id, 1)).status).toBe(204);
    await until('the page to be gone at the other', async () => (await read(second, page.id, null)).status === 404, 5);
    const { body: tree } = await second.ask('get', '/tree', { as: aManager });
    expect(JSON.stringify(tree)).not.toContain('replicas/public');
  });

  test('a page that one has deleted is missing at the other before it has looked, since its text is gone', async () => {
    const pages = await Promise.all(['x', 'y', 'z'].map(async (name) => (await write(`replicas/${name}`)).body));
    await until('the other to know them', async () => {
      const { body: tree } = await second.ask('get', '/tree', { as: aManager });
      return pages.every(({ path }) => JSON.stringify(tree).includes(path));
    });
    for (const { id } of pages) {
      expect((await remove(first, id, 1)).status).toBe(204);
      expect((await read(second, id, null)).status).toBe(404);
    }
  });

  test('a page whose removal was refused stays at both', async () => {
    const { body: page } = await write('replicas/stays');
    expect((await remove(first, page.id, 7)).status).toBe(412);
    for (const client of [first, second]) expect((await read(client, page.id)).status).toBe(200);
  });

  test('what another wrote is seen, however long ago and whatever this one wrote itself since', async () => {
    const all = store.collection(pages);
    const replica = createPagesReplica({ pages: all, removals: store.collection(removals), cache: memoryCache(), shared: true });
    await replica.refresh();
    const [others, own] = [(await write('replicas/others')).body, (await write('replicas/own')).body];
    const stored = await all.get(own.id);
    if (!stored) throw new Error('the page is not stored');
    replica.put({ ...stored, doc: { ...stored.doc, touchedAt: stored.doc.touchedAt + 60_000 } });
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    await replica.refresh();
    later.mockRestore();
    expect(replica.get(others.id)?.doc.path).toBe('replicas/others');
  });

  test('what a store that hung has done when it went on is seen, though it names a time long before', async () => {
    const all = store.collection(pages);
    const replica = createPagesReplica({ pages: all, removals: store.collection(removals), cache: memoryCache(), shared: true });
    const { body: page } = await write('replicas/held');
    const sent = Date.now();
    const now = jest.spyOn(Date, 'now');
    const at = async (seconds: number) => {
      now.mockReturnValue(sent + seconds * 1_000);
      await replica.refresh();
    };
    await at(0);
    for (const seconds of [40, 45, 50]) await at(seconds);
    // The store answers nobody from here on.
    await at(120);
    const stored = await all.get(page.id);
    if (!stored) throw new Error('the page is not stored');
    await all.replace(stored, { ...stored.doc, title: 'Held', touchedAt: sent + 51_000 });
    await at(126);
    now.mockRestore();
    expect(replica.get(page.id)?.doc.title).toBe('Held');
  });
});
