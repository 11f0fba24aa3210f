import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { blobsContract } from './blobs.contract.ts';
import { folderBlobs } from './index.ts';

const aFolder = () => mkdtemp(join(tmpdir(), 'sidekick-blobs-'));

describe('blobs in a folder', () => {
  blobsContract(async () => {
    const folder = await aFolder();
    return { blobs: folderBlobs({ folder: join(folder, 'blobs') }), end: () => rm(folder, { recursive: true, force: true }) };
  });

  test('fans out over two levels and leaves no temporary file', async () => {
    const folder = await aFolder();
    const key = await folderBlobs({ folder }).put(Buffer.from('hello'));
    expect(await readdir(join(folder, key.slice(0, 2), key.slice(2, 4)))).toEqual([key]);
    await rm(folder, { recursive: true });
  });

  test('lists no half-written file that a crash left, and writes past it', async () => {
    const folder = await aFolder();
    const blobs = folderBlobs({ folder });
    const key = await blobs.put(Buffer.from('hello'));
    await blobs.delete(key);
    await writeFile(join(folder, key.slice(0, 2), key.slice(2, 4), `${key}.leftover.tmp`), 'hel');
    await writeFile(join(folder, 'a-file-of-somebody'), '');
    const keys: string[] = [];
    for await (const each of blobs.list()) keys.push(each.hash);
    expect(keys).toEqual([]);
    await blobs.put(Buffer.from('hello'));
    expect(Buffer.from((await blobs.get(key)) ?? []).toString()).toBe('hello');
    await rm(folder, { recursive: true });
  });
});
