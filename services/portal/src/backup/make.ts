import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { LastBackup } from '@sidekick/contracts';
import { TakenKey } from '@sidekick/store';
import { openFolder } from './installation.ts';
import { loadDatabases } from './load.ts';
import { verifyArchive } from './verify.ts';

/** Where a backup comes from: a running portal that is asked, or databases that a command has opened. */
export interface Source {
  /** The bytes of an archive made now. */
  read(): Promise<AsyncIterable<Uint8Array>>;
  /** Keeps when the last good backup was made, where the System screen finds it. */
  record(backup: LastBackup): Promise<void>;
  close(): Promise<void>;
}

export type Say = (line: string) => void;

const named = /^sidekick-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.tar\.gz$/;
export const nameAt = (at: Date): string => `sidekick-${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`;

/** Copies records that changed places, such as two pages that swapped their paths, at two moments: then it is made again. */
const tries = 3;

/**
 * Writes a backup that was read again, compared with its own list and loaded on trial, and only then has its name: under `file` there
 * is always a good one. Mode 0600. Throws BadArchive when what came was cut short.
 */
export async function makeBackup(source: Source, file: string, say: Say): Promise<LastBackup> {
  const part = `${file}.part`;
  const began = performance.now();
  try {
    for (let attempt = 1; ; attempt += 1) {
      await write(part, await source.read(), say);
      say('checking it');
      const { at, documents, entries, blobs } = await verifyArchive(part);
      if (!(await loadsOnTrial(part))) {
        if (attempt < tries) continue;
        throw new Error('Two records claim the same each time it is copied; try again when less is written');
      }
      const { size } = await stat(part);
      await rename(part, file);
      await syncFolder(dirname(resolve(file)));
      const backup = { at, file: basename(file), bytes: size, documents, entries, blobs };
      const made = { ...backup, seconds: Math.round((performance.now() - began) / 10) / 100 };
      await source.record(made);
      return made;
    }
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** False when two documents claim the same. */
async function loadsOnTrial(file: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-trial-'));
  try {
    const { stores, close } = await openFolder(folder);
    await loadDatabases(file, stores).finally(close);
    return true;
  } catch (error) {
    if (error instanceof TakenKey) return false;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(file: string, chunks: AsyncIterable<Uint8Array>, say: Say): Promise<void> {
  await rm(file, { force: true });
  const handle = await open(file, 'wx', 0o600);
  let [bytes, told] = [0, performance.now()];
  try {
    for await (const chunk of chunks) {
      await handle.writeFile(chunk);
      bytes += chunk.length;
      if (performance.now() - told < 1_000) continue;
      told = performance.now();
      say(`${(bytes / 1_048_576).toFixed(1)} MB written`);
    }
    await handle.sync();
  } catch (error) {
    // What fetch says of a body that ended early.
    throw error instanceof TypeError ? new Error(`The portal stopped sending (${error.message}); its log says why`) : error;
  } finally {
    await handle.close();
  }
}

/** Removes all but the newest so many backups that have a name from here; answers what was removed. */
export async function keepNewest(folder: string, keep: number): Promise<string[]> {
  const old = (await readdir(folder))
    .filter((name) => named.test(name))
    .sort()
    .slice(0, -keep);
  for (const name of old) await rm(join(folder, name));
  return old;
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
