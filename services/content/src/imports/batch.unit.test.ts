import { expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import type { Revision } from '../revisions/revision.ts';
import { anImportedPage } from '../testing/imported-page.test.helper.ts';
import { pageBatch } from './batch.ts';
import type { ImportContent } from './imports.ts';

/** Keeps nothing but how many pages were written at once. */
async function aBatch() {
  const commits: number[] = [];
  const content = {
    epoch: async () => ulid(),
    clock: { now: () => new Date(0) },
    replica: { put() {} },
    revisions: { writeMany: async (writes: unknown[]) => writes.map(() => ({ ok: true })) },
    pages: {
      async writeMany(writes: unknown[]) {
        commits.push(writes.length);
        return writes.map(() => ({ ok: true }));
      },
    },
  } as unknown as ImportContent;
  const batch = await pageBatch(content, { tree: () => ({ above: () => [] }) as never });
  let written = 0;
  const add = (letters: number) => {
    const page = anImportedPage({ path: `book/p${written}-${ulid()}` });
    const head = {
      _id: page.revision,
      page: page._id,
      title: 'A',
      body: 'x'.repeat(letters),
      html: '',
      sections: [],
      lead: null,
    } as unknown as Revision;
    const failed = (reason: string) => {
      throw new Error(reason);
    };
    const done = () => {
      written += 1;
    };
    return batch.add({ page, old: null, head, inserts: [head], reason: 'created', written: done, failed });
  };
  return { batch, add, commits, written: () => written };
}

test('of an import so many pages are held at once and no more, however many there are', async () => {
  const { batch, add, commits, written } = await aBatch();
  for (let n = 0; n < 1_000; n += 1) await add(100);
  await batch.flush();
  expect([Math.max(...commits), written()]).toEqual([40, 1_000]);
});

test('of long pages fewer are held: by their letters', async () => {
  const { batch, add, commits, written } = await aBatch();
  for (let n = 0; n < 25; n += 1) await add(1_999_999);
  await batch.flush();
  expect([Math.max(...commits), written()]).toEqual([6, 25]);
});
