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
/** Another process over the same store. */
let other: Content;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'content-races-'));
  store = sqliteStore({ file: join(folder, 'content.db') });
  const blobs = folderBlobs({ folder: join(folder, 'blobs') });
  const parts = { store, blobs, clock: systemClock({ timeZone: 'UTC' }) };
  content = openContent({ ...parts, cache: memoryCache(), shared: false });
  other = openContent({ ...parts, cache: memoryCache() });
  await store.migrate();
  await content.replica.refresh();
});
afterAll(async () => {
  await content.rendering.close();
  await other.rendering.close();
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

const below = (parent: string | null, more: object = {}) => ({ place: { parent, order: 7, exclude: false }, ...more });
const parentOf = async (id: string) => (await content.pages.get(id))?.doc.place.parent;
/** The other process knows these pages as they are now. */
const told = (...pages: { doc: Page }[]) => Promise.all(pages.map(({ doc }) => other.replica.current(doc._id, true)));
/** Holds the next writes of single pages back until so many are about to be made. */
function together(count: number): void {
  const waiting: (() => void)[] = [];
  const all = [...new Set([content.pages, other.pages])].map((pages) => [pages, pages.replace] as const);
  for (const [pages, replace] of all) {
    pages.replace = async (...write) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length < count) return;
        for (const [each, before] of all) each.replace = before;
        for (const go of waiting) go();
      });
      return replace(...write);
    };
  }
}
/** What was refused, in the order of `all`. */
const codesOf = (all: PromiseSettledResult<unknown>[]) => all.map((one) => (one.status === 'rejected' ? one.reason.code : null));

test.each([
  ['by one process', () => content],
  ['by two', () => other],
])('pages that are put below each other in the same moment make no circle: %s', async (how, second) => {
  const [a, b, c] = [await aPage(`ring/${how}/a`), await aPage(`ring/${how}/b`), await aPage(`ring/${how}/c`)];
  await told(a, b, c);
  together(3);
  const put = (by: Content, page: typeof a, parent: typeof a) =>
    patchPage(by, page.doc._id, page.version, below(parent.doc._id, { tags: ['kept'] }), aManager);
  const codes = codesOf(await Promise.allSettled([put(content, a, b), put(second(), b, c), put(second(), c, a)]));
  expect(codes.filter((code) => code !== null)).not.toEqual([]);
  for (const [index, page] of [a, b, c].entries()) {
    const stored = (await content.pages.get(page.doc._id))?.doc;
    // One that is refused stands as before, and keeps what else was said.
    if (codes[index] !== null) expect([codes[index], stored?.place]).toEqual(['parent-below-itself', page.doc.place]);
    expect(stored?.tags).toEqual(['kept']);
  }
  const way = [a.doc._id];
  for (let at = await parentOf(a.doc._id); at; at = await parentOf(at)) {
    expect(way).not.toContain(at);
    way.push(at);
  }
});

test('a page is not put below one that another process has put below it, whatever this one has seen of that', async () => {
  const [a, b] = [await aPage('late/a'), await aPage('late/b')];
  await told(a, b);
  await patchPage(content, a.doc._id, a.version, below(b.doc._id), aManager);
  expect(other.replica.get(a.doc._id)?.doc.place.parent).toBeNull();
  await expect(patchPage(other, b.doc._id, b.version, below(a.doc._id), aManager)).rejects.toMatchObject({ code: 'parent-below-itself' });
  expect([await parentOf(a.doc._id), await parentOf(b.doc._id)]).toEqual([b.doc._id, null]);
  const now = (await content.pages.get(b.doc._id)) as typeof b;
  expect([now.doc.revision, now.doc.trail]).toEqual([b.doc.revision, []]);
});

test('one whose former parent stands below it by now begins at the top', async () => {
  const [former, page, next] = [await aPage('top/former'), await aPage('top/page'), await aPage('top/next')];
  await patchNow(page.doc._id, below(former.doc._id));
  const { replace } = content.pages;
  content.pages.replace = async (...write) => {
    content.pages.replace = replace;
    const stored = await replace(...write);
    // Two others, of which the first is right: the page stands below `next` by then, and no longer below `former`.
    for (const id of [former.doc._id, next.doc._id]) {
      const above = (await content.pages.get(id)) as typeof former;
      await content.pages.replace(above, { ...above.doc, ...below(page.doc._id) });
    }
    return stored;
  };
  await expect(patchNow(page.doc._id, below(next.doc._id))).rejects.toMatchObject({ code: 'parent-below-itself' });
  expect(await parentOf(page.doc._id)).toBeNull();
});
