import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { folderBlobs } from '@sidekick/blobs';
import { memoryCache } from '@sidekick/cache';
import { sqliteStore } from '@sidekick/store';
import { ulid } from 'ulid';
import { sweepFiles } from '../attachments/sweep.ts';
import { openContent } from '../content.ts';
import { anImportedPage } from '../testing/imported-page.test.helper.ts';
import { withOfferedFiles } from './offered-files.ts';

test('a file that only the text of a source shows stays while that text is offered, and no longer than other files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'content-offered-'));
  const store = sqliteStore({ file: join(folder, 'content.db') });
  let days = 0;
  const now = () => new Date(Date.now() + days * 86_400_000);
  const clock = { now, today: () => now().toISOString().slice(0, 10), timeZone: 'UTC' };
  const content = withOfferedFiles(
    openContent({ store, blobs: folderBlobs({ folder: join(folder, 'blobs') }), cache: memoryCache(), clock }),
  );
  const { blobs, pages, revisions, sourceVersions } = content;
  const page = anImportedPage();
  await pages.insert(page);
  const offer = async (text: string, of: string) => {
    const hash = await blobs.put(Buffer.from(text));
    const revision = {
      ...{ _id: ulid(), page: of, title: 'A', body: '![x](x.png)', at: now().toISOString(), by: 'Rita', message: '', html: '' },
      ...{ origin: 'import' as const, lead: null, headings: [], anchors: [], sections: [], words: 0 },
      links: [{ kind: 'image' as const, target: 'x.png', to: { is: 'file' as const, hash, name: 'x.png' } }],
    };
    await revisions.insert(revision);
    const note = { _id: ulid(), page: of, source: 'book', file: 'a.md', revision: revision._id, bodyHash: text };
    return { hash, note: await sourceVersions.insert(note) };
  };
  const [offered, ofNoPage] = [await offer('picture', page._id), await offer('picture of a page that was deleted', ulid())];
  await sweepFiles(content);
  days += 31;
  expect(await sweepFiles(content)).toBe(1);
  expect([await blobs.has(offered.hash), await blobs.has(ofNoPage.hash)]).toEqual([true, false]);
  await sourceVersions.remove(offered.note);
  expect(await sweepFiles(content)).toBe(0);
  days += 31;
  expect(await sweepFiles(content)).toBe(1);
  await store.close();
  rmSync(folder, { recursive: true });
});
