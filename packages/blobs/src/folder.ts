import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Blobs } from './blobs.ts';
import { checkKey, isKey, keyOf } from './key.ts';

/** Files named by hash in two levels of folders, `ab/cd/abcd…`, so that no folder grows beyond what lists fast. */
export function folderBlobs(options: { folder: string }): Blobs {
  const { folder } = options;
  const pathOf = (hash: string): string => {
    checkKey(hash);
    return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  };
  return {
    async put(bytes) {
      const hash = await keyOf(bytes);
      const path = pathOf(hash);
      if (!(await isFile(path))) await writeSafely(path, bytes, folder);
      return hash;
    },
    get: async (hash) => orNull(readFile(pathOf(hash))),
    has: async (hash) => isFile(pathOf(hash)),
    delete: async (hash) => rm(pathOf(hash), { force: true }),
    async *list() {
      for (const first of await names(folder))
        for (const second of await names(join(folder, first)))
          for (const hash of await names(join(folder, first, second))) {
            const size = isKey(hash) ? (await orNull(stat(pathOf(hash))))?.size : undefined;
            if (size !== undefined) yield { hash, size };
          }
    },
  };
}

/** A reader sees the whole file or none; when this resolves, both the bytes and their name outlive a power loss. */
async function writeSafely(path: string, bytes: Uint8Array, top: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  for (const each of [folder, dirname(folder), top]) await syncFolder(each);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isFile = async (path: string): Promise<boolean> => (await orNull(stat(path)))?.isFile() ?? false;
const names = async (path: string): Promise<string[]> => ((await orNull(readdir(path), 'ENOTDIR')) ?? []).sort();

async function orNull<T>(reading: Promise<T>, ...alsoAbsent: string[]): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (['ENOENT', ...alsoAbsent].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
