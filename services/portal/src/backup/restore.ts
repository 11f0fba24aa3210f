import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { folderBlobs } from '@sidekick/blobs';
import { lastBackupsOf } from '@sidekick/gateway';
import { StoreInUse } from '@sidekick/store';
import { databases } from './archive.ts';
import { attachmentsOf, isDataFolder, type MongoPlaces, type Opened, openFolder, openMongo } from './installation.ts';
import { loadBlobs, loadDatabases } from './load.ts';
import { type Say, syncFolder } from './make.ts';
import { type Contents, verifyArchive } from './verify.ts';

const marker = (folder: string): string => join(folder, 'restore-unfinished');

/** Throws an Error of one line when a restore into this data folder did not come to its end. */
export function refuseHalfRestored(folder: string): void {
  if (existsSync(marker(folder)))
    throw new Error(
      `A restore into ${folder} was interrupted, so it holds a part of one thing and a part of another. Run it again: npm run restore -- FILE`,
    );
}

/**
 * Makes a data folder what a backup holds. All of the archive is checked and loaded beside first: until then nothing is changed. Throws
 * BadArchive, Unstorable for a newer release, StoreInUse while a portal runs with the folder.
 */
export async function restoreFolder(file: string, folder: string, say: Say): Promise<Contents> {
  const contents = await checked(file, say);
  const path = resolve(folder);
  await mkdir(path, { recursive: true, mode: 0o700 });
  const beside = join(path, 'restoring');
  const lock = await locked(path);
  try {
    await rm(beside, { recursive: true, force: true });
    const fresh = await openFolder(beside, attachmentsOf(path));
    try {
      await load(file, fresh, say);
      await noteBackup(file, contents, fresh);
    } finally {
      await fresh.close();
    }
    await mark(path);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  } finally {
    await lock?.close();
  }
  await swap(beside, path);
  await keepOnly(file, folderBlobs({ folder: attachmentsOf(path) }));
  await rm(marker(path));
  await syncFolder(path);
  return contents;
}

/**
 * Makes databases of services that run apart what a backup holds. The services have to be stopped. While it writes the databases are
 * marked: services that start meanwhile, or after it was interrupted, wait unready until it was run again.
 */
export async function restoreMongo(file: string, places: MongoPlaces, say: Say): Promise<Contents> {
  const contents = await checked(file, say);
  await trial(file);
  const opened = await openMongo(places);
  const all = databases.map((database) => opened.stores[database]);
  try {
    for (const store of all) await store.migrate();
    for (const store of all) await store.markRestoring(true);
    await load(file, opened, say);
    await keepOnly(file, opened.blobs);
    for (const store of all) await store.markRestoring(false);
    // Only now: what is marked takes nothing. Ended before it, System misses a backup until the next one.
    await noteBackup(file, contents, opened);
  } finally {
    await opened.close();
  }
  return contents;
}

/** Keeps a portal from starting meanwhile; one that runs refuses it. What cannot be read any more is no reason not to restore. */
async function locked(folder: string): Promise<Opened | null> {
  if (!isDataFolder(folder) || existsSync(marker(folder))) return null;
  return openFolder(folder).catch((error: unknown) => {
    if (error instanceof StoreInUse) throw new Error('A portal runs with this data folder. Stop it first: nothing was changed.');
    return null;
  });
}

async function checked(file: string, say: Say): Promise<Contents> {
  say('checking the backup');
  const contents = await verifyArchive(file);
  say(
    `made ${contents.at} by release ${contents.release}: ${contents.documents} documents, ${contents.entries} change sets, ${contents.blobs} attachments`,
  );
  return contents;
}

/** Loads it where nothing can be lost, so that what this release cannot keep is known before anything is changed. */
async function trial(file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-trial-'));
  try {
    const { stores, close } = await openFolder(folder);
    await loadDatabases(file, stores).finally(close);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function load(file: string, { stores, blobs }: Opened, say: Say): Promise<void> {
  await loadDatabases(file, stores, (database) => say(`loading ${database}`));
  // Whoever follows events knows by it that everything may have changed, and reads all of it again.
  for (const database of databases) await stores[database].renewEpoch();
  say('loading attachments');
  await loadBlobs(file, blobs);
}

/** What an installation was made of is a good backup of it: what it knew of its last one is older than that one itself. */
async function noteBackup(
  file: string,
  { at, documents, entries, blobs: files }: Contents,
  { stores }: Pick<Opened, 'stores'>,
): Promise<void> {
  const { size: bytes } = await stat(file);
  await lastBackupsOf(stores.gateway).record({ at, file: basename(file), bytes, documents, entries, blobs: files, seconds: 0 });
}

/** Removes attachments that came after the backup. */
async function keepOnly(file: string, blobs: Opened['blobs']): Promise<void> {
  const wanted = await loadBlobs(file, { has: async () => true, put: async () => '' });
  for await (const { hash } of blobs.list()) if (!wanted.has(hash)) await blobs.delete(hash);
}

async function mark(folder: string): Promise<void> {
  const handle = await open(marker(folder), 'w', 0o600);
  await handle.sync();
  await handle.close();
  await syncFolder(folder);
}

/** Files that are replaced, or that a start makes anew: the index, the events under way, the address for commands, a sample to add. */
const replaced = /^(gateway|content|staffing|search|bus)\b.*\.db(-\w+)?$|^(local-access|sample-pending)\.json$/;

async function swap(beside: string, folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (replaced.test(name)) await rm(join(folder, name), { recursive: true });
  for (const database of databases) await rename(join(beside, `${database}.db`), join(folder, `${database}.db`));
  await syncFolder(folder);
  await rm(beside, { recursive: true });
}
