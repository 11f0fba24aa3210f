import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { describeWith, until } from '@sidekick/testing';
import { type Apart, partNames, startApart } from '@sidekick/testing/apart';
import { type Caller, callerAt } from '../testing/caller.ts';
import { aFolder, type PortalProcess, portalProcess } from '../testing/portal-process.ts';
import { openFolder, openMongo } from './installation.ts';
import { answersOf, backup, done, everythingIn, fill, later, restore, totalOf } from './testing/drill.ts';

jest.setTimeout(300_000);

describeWith(
  ['mongo', 'amqp', 'redis'],
  'backups between one process and parts that run apart',
  (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
    let apart: Apart;
    let portal: PortalProcess;
    let out: string;
    let token: string;
    const caller: Caller = callerAt(() => ({ url: apart.url, token }));
    const fromPortal = () => join(out, 'portal.tar.gz');
    beforeAll(async () => {
      out = aFolder();
      portal = await portalProcess({ args: ['--empty', '--today', '2026-11-30'] });
      apart = await startApart({ mongoUrl, amqpUrl, redisUrl });
      token = apart.token;
      await fill(portal.command, out, { SIDEKICK_DATA_FOLDER: portal.folder });
      await done(backup([fromPortal()], { SIDEKICK_DATA_FOLDER: portal.folder }));
    }, 300_000);
    afterAll(async () => {
      await apart?.close();
      await portal?.close();
      rmSync(out, { recursive: true, force: true });
    });

    const names = () => apart.names.databases;
    const mongo = () => ({
      ...{ MONGO_URL: mongoUrl, MONGO_DATABASE_GATEWAY: names().gateway },
      ...{ MONGO_DATABASE_CONTENT: names().content, MONGO_DATABASE_STAFFING: names().staffing },
    });
    const openServers = () =>
      openMongo({ urls: { gateway: mongoUrl, content: mongoUrl, staffing: mongoUrl }, names: names(), attachmentsFolder: undefined });
    const replicas = () => partNames.flatMap((part) => apart.replicas[part]);
    const stopAll = () => Promise.all(replicas().map((replica) => replica.stop()));
    const startAll = async () => {
      await Promise.all(replicas().map((replica) => replica.start()));
      await Promise.all(replicas().map((replica) => replica.ready()));
      token = await apart.command('gateway', 'token');
    };
    const addresses = () => Object.fromEntries(partNames.map((part) => [`${part.toUpperCase()}_URL`, apart.replicas[part][0]?.url ?? '']));
    /** A folder that holds what a backup does, to compare with. */
    const inFolder = async (file: string, name: string) => {
      const folder = join(out, name);
      await done(restore([file], { SIDEKICK_DATA_FOLDER: folder }));
      return folder;
    };

    /** What a restore that was ended in its middle leaves: content does not serve half of the pages. */
    const waitsForARestore = async () => {
      const half = await openServers();
      await half.stores.content.markRestoring(true);
      await half.close();
      const [content] = apart.replicas.content;
      await content?.start();
      await until('content to say why', () => content?.log().some((line) => /restore is under way/.test(JSON.stringify(line))), 30);
      expect((await content?.readyz())?.status).toBe(503);
      await content?.stop();
    };

    test('a portal moves to servers, whole and with nothing that was there before, and from them into another portal; what came later is gone when they are restored', async () => {
      const page = { body: { path: 'own', title: 'Of the parts', body: 'Quicksilver.' } };
      expect((await caller.api('post', '/pages', page)).status).toBe(201);
      await until('it to be found', async () => (await totalOf(caller, 'quicksilver')) === 1, 30);
      const unsaid = await restore([fromPortal()], mongo());
      expect([unsaid.code, unsaid.errors]).toEqual([1, expect.stringContaining('--stopped')]);
      const running = await restore([fromPortal()], { ...mongo(), ...addresses() });
      expect([running.code, running.errors]).toEqual([1, expect.stringMatching(/A service runs at http.*nothing was changed/)]);
      expect((await caller.api('get', '/pages/find?path=own')).status).toBe(200);

      await stopAll();
      await done(restore([fromPortal()], { ...mongo(), ...addresses() }));
      const folder = await inFolder(fromPortal(), 'compare');
      expect(await everythingIn(await openServers())).toEqual(await everythingIn(await openFolder(folder)));
      await startAll();
      expect(await answersOf(caller)).toEqual(await answersOf(portal.command));
      expect((await caller.api('get', '/pages/find?path=own')).status).toBe(404);
      await until('search to have what was restored', async () => (await totalOf(caller, 'zeppelins')) === 1, 60);
      await until('search to have forgotten what was there', async () => (await totalOf(caller, 'quicksilver')) === 0, 60);

      const file = join(out, 'apart.tar.gz');
      const before = await answersOf(caller);
      await done(backup([file], mongo()));
      expect((await caller.api('get', '/system')).body.backup).toMatchObject({ file: 'apart.tar.gz', entries: 1, blobs: 1 });
      await later(caller);
      expect(await answersOf(caller)).not.toEqual(before);

      const moved = await portalProcess({ folder: await inFolder(file, 'moved'), args: ['--empty', '--today', '2026-11-30'] });
      expect(await answersOf(moved.command)).toEqual(before);
      expect(await totalOf(moved.command, 'zeppelins')).toBe(1);
      await moved.close();

      await stopAll();
      await waitsForARestore();
      await done(restore([file], { ...mongo(), ...addresses() }));
      expect(await everythingIn(await openServers())).toEqual(await everythingIn(await openFolder(await inFolder(file, 'again'))));
      await startAll();
      expect(await answersOf(caller)).toEqual(before);
    });
  },
);
