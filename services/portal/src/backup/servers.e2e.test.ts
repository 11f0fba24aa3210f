import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { StoreUnavailable } from '@sidekick/store';
import { mongoConnection } from '@sidekick/store/mongo';
import { describeWith } from '@sidekick/testing';
import { databases } from './archive.ts';
import { type MongoPlaces, type Opened, openFolder, openMongo } from './installation.ts';
import { makeBackup } from './make.ts';
import { restoreFolder, restoreMongo } from './restore.ts';
import { openedSource } from './sources.ts';
import { everythingIn } from './testing/drill.ts';
import { a, anEntry, archived, aSource, b, inTurn, withLines } from './testing/lines.ts';

jest.setTimeout(120_000);

describeWith('mongo', "backups and databases on MongoDB's protocol", (url) => {
  const quiet = () => {};
  let folder: string;
  let places: MongoPlaces;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sidekick-servers-'));
    const run = `backup-test-${randomUUID().slice(0, 8)}`;
    places = {
      urls: { gateway: url, content: url, staffing: url },
      names: { gateway: `${run}-gateway`, content: `${run}-content`, staffing: `${run}-staffing` },
      attachmentsFolder: undefined,
    };
  });
  afterEach(async () => {
    for (const database of databases) {
      const { connection, use, close } = mongoConnection(url, places.names[database]);
      await use(() => connection.dropDatabase());
      await close();
    }
    await rm(folder, { recursive: true, force: true });
  });

  const path = (name: string) => join(folder, name);
  const inFolder = async (name: string) => everythingIn(await openFolder(path(name)));
  const onServers = async () => everythingIn(await openMongo(places));
  const attachments = [Buffer.from('small'), randomBytes(700_000)];
  /** A data folder with something in two databases and attachments, and its backup. */
  async function aBackup(name = 'backup.tar.gz', more: (opened: Opened) => Opened = (opened) => opened): Promise<string> {
    const opened = await openFolder(path(`of-${name}`));
    await opened.stores.content.load(inTurn([aSource(a)]));
    await opened.stores.staffing.load(inTurn([1, 2, 3].map(anEntry)));
    for (const bytes of attachments) await opened.blobs.put(bytes);
    await writeFile(path(name), archived(more(opened)));
    await opened.close();
    return path(name);
  }
  /** What came later: another source in the place of the first, a change set and an attachment more. */
  async function writeLater(): Promise<void> {
    const { stores, blobs, close } = await openMongo(places);
    await stores.content.load(inTurn([aSource(b)]), { replace: true });
    await stores.staffing.log('changes').append({ number: 4, requestId: 'later', entry: {} });
    await blobs.put(Buffer.from('later'));
    await close();
  }

  /** What is known of the last backup: a restore notes the one it was made of. */
  const isBackup = (line: string) => line.includes('"backups"');
  const kept = (lines: string[]) => lines.filter((line) => !isBackup(line));

  test('a data folder moves to servers and back, the same line for line and byte for byte', async () => {
    await restoreMongo(await aBackup(), places, quiet);
    expect(kept(await onServers())).toEqual(kept(await inFolder('of-backup.tar.gz')));
    expect((await onServers()).filter(isBackup)).toEqual([expect.stringContaining('backup.tar.gz')]);

    const opened = await openMongo(places);
    await makeBackup(openedSource(opened, '1.2.3'), path('servers.tar.gz'), quiet);
    await opened.close();
    const before = kept(await onServers());
    await writeLater();
    expect(kept(await onServers())).not.toEqual(before);
    await restoreFolder(path('servers.tar.gz'), path('back'), quiet);
    expect(kept(await inFolder('back'))).toEqual(before);
    await restoreMongo(path('servers.tar.gz'), places, quiet);
    expect(kept(await onServers())).toEqual(before);
  });

  test('a restore renews the epoch of every database', async () => {
    const epochs = async () => {
      const { stores, close } = await openMongo(places);
      const found = await Promise.all(databases.map((database) => stores[database].epoch()));
      await close();
      return found;
    };
    const before = await epochs();
    await restoreMongo(await aBackup(), places, quiet);
    expect(new Set([...before, ...(await epochs())]).size).toBe(6);
  });

  test('what is damaged, or of a newer release, is refused before anything is written', async () => {
    await restoreMongo(await aBackup(), places, quiet);
    await writeLater();
    const before = await onServers();
    const newer = await aBackup('newer.tar.gz', (opened) => withLines(opened, [{ ...anEntry(4), schema: 99 } as never], 'staffing'));
    await expect(restoreMongo(newer, places, quiet)).rejects.toThrow('newer release');
    const good = await aBackup('good.tar.gz');
    await writeFile(path('cut.tar.gz'), (await readFile(good)).subarray(0, -100));
    await expect(restoreMongo(path('cut.tar.gz'), places, quiet)).rejects.toThrow('cut short');
    expect(await onServers()).toEqual(before);
  });

  test('one that ends in the middle keeps services out until it was run again', async () => {
    const file = await aBackup();
    await restoreMongo(file, places, quiet);
    const whole = await onServers();
    const stop = (line: string) => {
      if (line === 'loading staffing') throw new Error('ended here');
    };
    await expect(restoreMongo(file, places, stop)).rejects.toThrow('ended here');
    const half = await openMongo(places);
    await expect(half.stores.staffing.log('changes').head()).rejects.toThrow(StoreUnavailable);
    await expect(half.stores.content.outboxes()[0]?.unsent(1)).rejects.toThrow('restore');
    await half.close();
    await restoreMongo(file, places, quiet);
    expect(await onServers()).toEqual(whole);
    const opened = await openMongo(places);
    expect(await opened.stores.staffing.log('changes').head()).toBe(3);
    await opened.close();
  });
});
