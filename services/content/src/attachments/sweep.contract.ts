import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Blobs } from '@sidekick/blobs';
import { memoryCache } from '@sidekick/cache';
import { PageCreate } from '@sidekick/contracts';
import type { Store } from '@sidekick/store';
import { anEngineer } from '@sidekick/testing';
import { ulid } from 'ulid';
import { type Content, openContent } from '../content.ts';
import { createPage, patchPage } from '../writing/edit.ts';
import { hashKey } from './file.ts';
import { hold } from './hold.ts';
import { forget, sweepFiles } from './sweep.ts';
import { addFile } from './upload.ts';

interface Side {
  store: Store;
  blobs: Blobs;
  end(): Promise<void>;
}

/** What happens to files that no page uses any more, on every store. `make` gives each test an empty one. */
export function sweepContract(make: () => Promise<Side>): void {
  const withContent = (title: string, body: (content: Content, wait: (days: number) => void) => Promise<void>) =>
    test(title, async () => {
      const { store, blobs, end } = await make();
      let ahead = 0;
      const now = () => new Date(Date.now() + ahead);
      const clock = { now, today: () => now().toISOString().slice(0, 10), timeZone: 'UTC' };
      try {
        const content = openContent({ store, blobs, cache: memoryCache(), clock });
        await store.migrate();
        await content.replica.refresh();
        await body(content, (days) => {
          ahead += days * 86_400_000;
        });
      } finally {
        await end();
      }
    });
  const added = async (content: Content) => (await addFile(content, randomBytes(64), 'notes.bin', anEngineer)).file.doc.hash;
  const page = (content: Content, path: string, body: string) =>
    createPage(content, ulid(), PageCreate.parse({ path, title: path, body }), anEngineer).then(({ stored }) => stored);
  const linkTo = (hash: string) => `[file](/api/v1/attachments/${hash}/notes.bin)`;

  withContent('what a page uses stays; what none has used for 30 days goes, an hour before that it is there', async (content, wait) => {
    const [used, unused] = [await added(content), await added(content)];
    await page(content, 'a', linkTo(used));
    expect(await sweepFiles(content)).toBe(0);
    wait(29.9);
    expect(await sweepFiles(content)).toBe(0);
    expect(await content.blobs.has(unused)).toBe(true);
    wait(0.2);
    expect(await sweepFiles(content)).toBe(1);
    expect([await content.blobs.has(used), await content.blobs.has(unused)]).toEqual([true, false]);
  });

  withContent('the 30 days begin when the last page stops using it, and anew when one uses it again', async (content, wait) => {
    const hash = await added(content);
    const stored = await page(content, 'a', linkTo(hash));
    wait(100);
    await sweepFiles(content);
    const without = await patchPage(content, stored.doc._id, stored.version, { body: 'nothing' }, anEngineer);
    await sweepFiles(content);
    wait(20);
    const again = await patchPage(content, stored.doc._id, without.version, { body: linkTo(hash) }, anEngineer);
    await patchPage(content, stored.doc._id, again.version, { body: 'nothing' }, anEngineer);
    await sweepFiles(content);
    wait(20);
    expect(await sweepFiles(content)).toBe(0);
    wait(11);
    expect(await sweepFiles(content)).toBe(1);
  });

  withContent('bytes without a record, as imports leave them, are swept too', async (content, wait) => {
    const hash = await content.blobs.put(randomBytes(64));
    await sweepFiles(content);
    wait(31);
    expect(await sweepFiles(content)).toBe(1);
    expect(await content.blobs.has(hash)).toBe(false);
  });

  withContent('a sweep between hold and write does not count: the 30 days begin when the page stops using it', async (content, wait) => {
    const hash = await added(content);
    await hold(content, hash);
    await sweepFiles(content);
    const stored = await page(content, 'a', 'nothing');
    const used = await content.pages.replace(stored, { ...stored.doc, files: [hash], touchedAt: Date.now() });
    content.replica.put(used);
    wait(40);
    await sweepFiles(content);
    await patchPage(content, stored.doc._id, used.version, { body: 'nothing more' }, anEngineer);
    expect(await sweepFiles(content)).toBe(0);
    wait(29);
    expect(await sweepFiles(content)).toBe(0);
    expect(await content.blobs.has(hash)).toBe(true);
  });

  withContent('a removal that broke off after the bytes went keeps nobody from the file, and is finished', async (content) => {
    const brokenOff = async (): Promise<{ bytes: Buffer; hash: string }> => {
      const bytes = randomBytes(64);
      const { file } = await addFile(content, bytes, 'notes.bin', anEngineer);
      await content.files.replace(file, { ...file.doc, state: 'going' });
      await content.blobs.delete(file.doc.hash);
      return { bytes, hash: file.doc.hash };
    };
    const [shown, again, left] = [await brokenOff(), await brokenOff(), await brokenOff()];
    expect((await page(content, 'a', linkTo(shown.hash))).doc.files).toEqual([]);
    await addFile(content, again.bytes, 'notes.bin', anEngineer);
    expect(await content.blobs.has(again.hash)).toBe(true);
    await sweepFiles(content);
    const states = [shown, again, left].map(async ({ hash }) => (await content.files.byKey(hashKey(hash)))?.doc.state ?? null);
    expect(await Promise.all(states)).toEqual([null, 'kept', null]);
  });

  withContent(
    'a removal is one replica’s for ten minutes; one that broke off is undone by who wants the file, or finished',
    async (content, wait) => {
      const going = async (): Promise<string> => {
        const { file } = await addFile(content, randomBytes(64), 'notes.bin', anEngineer);
        await content.files.replace(file, { ...file.doc, state: 'going', unusedSince: content.clock.now().toISOString() });
        return file.doc.hash;
      };
      const [wanted, unwanted] = [await going(), await going()];
      expect(await sweepFiles(content)).toBe(0);
      wait(0.01);
      expect(await hold(content, wanted)).toBe(true);
      expect(await sweepFiles(content)).toBe(1);
      expect([await content.blobs.has(wanted), await content.blobs.has(unwanted)]).toEqual([true, false]);
    },
  );

  withContent('a save and a sweep at once: the page has its file, or is told that it is missing', async (content, wait) => {
    for (let round = 0; round < 12; round++) {
      const hash = await added(content);
      await sweepFiles(content);
      wait(31);
      const [stored] = await Promise.all([page(content, `race/p${round}`, linkTo(hash)), sweepFiles(content)]);
      expect(await content.blobs.has(hash)).toBe(stored.doc.files.includes(hash));
    }
  });

  withContent('the same bytes added while they are being removed are there afterwards', async (content, wait) => {
    for (let round = 0; round < 12; round++) {
      const bytes = randomBytes(64);
      const { file } = await addFile(content, bytes, 'notes.bin', anEngineer);
      await forget(content, file);
      wait(0.05);
      const [, again] = await Promise.all([sweepFiles(content), addFile(content, bytes, 'notes.bin', anEngineer)]);
      expect(await content.blobs.has(again.file.doc.hash)).toBe(true);
      expect(await hold(content, again.file.doc.hash)).toBe(true);
      expect((await content.files.byKey(hashKey(again.file.doc.hash)))?.doc.by).toMatchObject({ account: anEngineer.account });
    }
  });
}
