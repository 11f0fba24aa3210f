import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { LastBackup } from '@sidekick/contracts';
import { lastBackupsOf } from '@sidekick/gateway';
import type { DumpLine } from '@sidekick/store';
import type { Database } from './archive.ts';
import { type Opened, openFolder } from './installation.ts';
import { makeBackup, type Source } from './make.ts';
import { restoreFolder } from './restore.ts';
import { a, archived, aSource, b, inTurn, withLines } from './testing/lines.ts';

jest.setTimeout(120_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidekick-restore-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const quiet = () => {};
async function archive(lines: readonly DumpLine[], name = 'backup.tar.gz'): Promise<string> {
  const opened = await openFolder(join(folder, `from-${name}`));
  const file = join(folder, name);
  await writeFile(file, archived(withLines(opened, lines)));
  await opened.close();
  return file;
}
const contentOf = async (path: string) => {
  const opened = await openFolder(path);
  const lines: DumpLine[] = [];
  for await (const line of opened.stores.content.dump()) lines.push(line);
  await opened.close();
  return lines.filter((line) => line.is === 'document');
};

test.each<[string, DumpLine, string]>([
  ['a document of a newer schema', aSource(a, { schema: 99 }), 'sources 01JZZZZZZZZZZZZZZZZZZZZZZA is of a newer release'],
  ['a collection that this release does not have', aSource(a, { collection: 'planets' }), 'no collection planets'],
  ['a store of a newer schema', { is: 'store', schema: { version: 99, oldestReader: 99 } }, 'newer release'],
])('refuses %s, whole as the archive is, and writes nothing', async (_what, line, words) => {
  const target = join(folder, 'target');
  await restoreFolder(await archive([aSource(b)], 'good.tar.gz'), target, quiet);
  const before = await contentOf(target);
  expect(before).toEqual([aSource(b)]);
  await expect(restoreFolder(await archive([line]), target, quiet)).rejects.toThrow(words);
  expect(await contentOf(target)).toEqual(before);
  expect(await readdir(target)).not.toContain('restoring');
});

test('renews the epoch of every database', async () => {
  const target = join(folder, 'target');
  const epochs = async () => {
    const { stores, close } = await openFolder(target);
    const found = await Promise.all((['gateway', 'content', 'staffing'] as Database[]).map((name) => stores[name].epoch()));
    await close();
    return found;
  };
  const before = await epochs();
  await restoreFolder(await archive([]), target, quiet);
  const after = await epochs();
  expect(new Set([...before, ...after]).size).toBe(6);
  expect(after.every((epoch, n) => epoch > (before[n] ?? ''))).toBe(true);
});

test('what was restored is the last good backup, until a later one is made', async () => {
  const target = join(folder, 'target');
  const file = await archive([], 'of-last-night.tar.gz');
  await restoreFolder(file, target, quiet);
  const { stores, close } = await openFolder(target);
  const last = await lastBackupsOf(stores.gateway).read();
  await close();
  const { size: bytes } = await stat(file);
  expect(last).toMatchObject({ file: 'of-last-night.tar.gz', bytes, at: expect.stringMatching(/^\d{4}-/) });
});

test('replaces databases that cannot be read any more', async () => {
  const target = join(folder, 'target');
  await restoreFolder(await archive([aSource(b)]), target, quiet);
  await writeFile(join(target, 'content.db'), 'not a database any more, but as long as one could be'.repeat(100));
  await restoreFolder(await archive([aSource(b)]), target, quiet);
  expect(await contentOf(target)).toEqual([aSource(b)]);
});

/** A source whose archives hold what is given, one a call. */
function sourceOf(opened: Opened, each: (readonly DumpLine[])[]): Source & { recorded: LastBackup[] } {
  const recorded: LastBackup[] = [];
  return {
    recorded,
    read: async () => archived(withLines(opened, each.shift() ?? [])),
    record: async (backup) => void recorded.push(backup),
    close: opened.close,
  };
}

test('makes a backup again in which two records claim the same, copied at two moments', async () => {
  const source = sourceOf(await openFolder(join(folder, 'data')), [[aSource(a), aSource(b)], [aSource(a)]]);
  const file = join(folder, 'again.tar.gz');
  const made = await makeBackup(source, file, quiet);
  await source.close();
  expect(source.recorded).toEqual([made]);
  expect(made.documents).toBe(1);
  await restoreFolder(file, join(folder, 'target'), quiet);
  expect(await contentOf(join(folder, 'target'))).toEqual([aSource(a)]);
});

test('leaves the backup of before alone when a new one cannot be made whole, and notes none', async () => {
  const opened = await openFolder(join(folder, 'data'));
  const file = join(folder, 'backup.tar.gz');
  await writeFile(file, 'the one of before');
  const attempts = [
    sourceOf(
      opened,
      Array.from({ length: 9 }, () => [aSource(a), aSource(b)]),
    ),
    sourceOf(opened, [[aSource(a, { schema: 99 })]]),
    { ...sourceOf(opened, []), read: async () => Promise.reject(new Error('nobody answers')) },
    {
      ...sourceOf(opened, []),
      async read() {
        for await (const first of archived(opened)) return inTurn([first.subarray(0, 50)]);
        throw new Error('nothing');
      },
    },
  ];
  for (const source of attempts) {
    await expect(makeBackup(source, file, quiet)).rejects.toThrow();
    expect(await readFile(file, 'utf8')).toBe('the one of before');
    expect(source.recorded).toEqual([]);
  }
  await opened.close();
  expect((await readdir(folder)).sort()).toEqual(['backup.tar.gz', 'data']);
});

test('says which attachment is damaged, and makes no backup with it', async () => {
  const opened = await openFolder(join(folder, 'data'));
  const key = await opened.blobs.put(Buffer.from('an attachment'));
  await writeFile(join(folder, 'data', 'attachments', key.slice(0, 2), key.slice(2, 4), key), 'an attachmenT');
  await expect(makeBackup(sourceOf(opened, []), join(folder, 'backup.tar.gz'), quiet)).rejects.toThrow(`${key} is damaged`);
  await opened.close();
});
