import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { folderBlobs } from '@sidekick/blobs';
import { memoryCache } from '@sidekick/cache';
import { PageCreate, type PagePatch } from '@sidekick/contracts';
import { systemClock } from '@sidekick/service-kit';
import { type Store, sqliteStore } from '@sidekick/store';
import { aManager, anEngineer } from '@sidekick/testing';
import { ulid } from 'ulid';
import { type Content, openContent } from '../content.ts';
import type { Page } from '../pages/page.ts';
import { createPage, deletePage, patchPage } from './edit.ts';
import { movePage } from './move.ts';

let folder: string;
let store: Store;
let content: Content;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'content-races-'));
  store = sqliteStore({ file: join(folder, 'content.db') });
  const blobs = folderBlobs({ folder: join(folder, 'blobs') });
  content = openContent({ store, blobs, cache: memoryCache(), clock: systemClock({ timeZone: 'UTC' }), shared: false });
  await store.migrate();
  await content.site.refresh();
});
afterAll(async () => {
  await content.rendering.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const aPage = (path: string, more: object = {}) =>
  createPage(content, ulid(), PageCreate.parse({ path, title: path, body: 'Text', ...more }), anEngineer).then(({ stored }) => stored);

const patchNow = async (id: string, patch: PagePatch) =>
  patchPage(content, id, (await content.pages.get(id))?.version ?? 0, patch, aManager);

/** Does something once, between what is read and the write of several pages of which one changes as told. */
function beforeWrite(changes: (old: Page, page: Page) => boolean, meanwhile: () => Promise<unknown>): void {
  const { pages } = content;
  const { writeMany } = pages;
  pages.writeMany = async (writes) => {
    if (writes.some((write) => write.do === 'replace' && changes(write.old.doc, write.doc))) {
      pages.writeMany = writeMany;
      await meanwhile();
    }
    return writeMany(writes);
  };
}

test('a move of a branch leaves what somebody else moved meanwhile where it is, and says so', async () => {
  const top = await aPage('old');
  const [away, edited] = [await aPage('old/away'), await aPage('old/edited')];
  const follows = (old: Page, page: Page) => old.path === 'old/away' && page.path !== old.path;
  beforeWrite(follows, async () => {
    await patchNow(away.doc._id, { path: 'elsewhere' });
    await patchNow(edited.doc._id, { tags: ['new'] });
  });
  const moved = await movePage(content, top.doc._id, top.version, { path: 'new', children: true }, anEngineer);
  expect(moved).toMatchObject({ moved: 1, left: [{ id: away.doc._id, reason: 'Somebody else moved it meanwhile, to /elsewhere' }] });
  expect((await content.pages.get(away.doc._id))?.doc.path).toBe('elsewhere');
  expect((await content.pages.get(edited.doc._id))?.doc).toMatchObject({ path: 'new/edited', tags: ['new'] });
});

test('what stands below an address that a page never had does not follow it', async () => {
  const [page, other] = [await aPage('mine'), await aPage('theirs/a')];
  const moving = movePage(content, page.doc._id, page.version, { path: 'mine/too', children: true, from: 'theirs' }, anEngineer);
  await expect(moving).rejects.toMatchObject({ code: 'not-its-address' });
  expect((await content.pages.get(page.doc._id))?.doc.path).toBe('mine');
  expect((await content.pages.get(other.doc._id))?.doc.path).toBe('theirs/a');
});

test('a page that is deleted takes its texts with it, also where those below it cannot be told', async () => {
  const page = await aPage('gone');
  await aPage('gone/child', { place: { parent: page.doc._id, order: null, exclude: false } });
  const rehomed = (old: Page, { place }: Page) => old.place.parent !== place.parent;
  beforeWrite(rehomed, async () => {
    throw new Error('the store went away');
  });
  await expect(deletePage(content, page)).rejects.toThrow('the store went away');
  expect(await content.revisions.get(page.doc.revision)).toBeNull();
});
