import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Store, sqliteStore } from '@sidekick/store';
import { aManager } from '@sidekick/testing';
import { ulid } from 'ulid';
import { staffingSchema } from '../schema.ts';
import { aPortal, newPerson, type Portal } from '../testing/harness.ts';

let portal: Portal;
/** Called after each read of the log. */
let hasRead: (after: number, limit: number, found: number) => Promise<void>;
beforeEach(async () => {
  hasRead = async () => undefined;
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-staffing-'));
  const openStore = (): Store => {
    const store = sqliteStore({ file: join(folder, 'staffing.db'), schema: staffingSchema });
    const log: Store['log'] = (name, options) => {
      const kept = store.log(name, options);
      const read: typeof kept.read = async (after, limit) => {
        const entries = await kept.read(after, limit);
        await hasRead(after, limit, entries.length);
        return entries;
      };
      return { ...kept, read } as typeof kept;
    };
    return { ...store, log };
  };
  portal = await aPortal({ folder, openStore });
});
afterEach(() => portal.close());

const redact = (id: string) => portal.client.ask<any>('post', `/people/${id}/redact`, { as: aManager, body: {} });

test('takes a reason that is written while the log is read', async () => {
  const noor = newPerson('Noor Haddad', { contract: { from: '2026-01-01', to: '2026-11-20' } });
  await portal.change([noor]);
  let written = false;
  hasRead = async (after, _limit, found) => {
    if (written || after !== 1 || found > 0) return;
    written = true;
    expect((await portal.change([newPerson('Ben Carter')], { reason: 'In the place of Noor' })).status).toBe(201);
  };
  const answer = await redact(noor.id);
  expect([written, answer.status, answer.body.number]).toEqual([true, 201, 3]);
  const read = await portal.client.ask<any>('get', '/changes/2', { as: aManager });
  expect(read.body.reason).toBeNull();
});

test('reads nothing for whoever is still here or unknown, and ten change sets at once for who has left', async () => {
  const [noor, ben] = [newPerson('Noor Haddad', { contract: { from: '2026-01-01', to: '2026-11-20' } }), newPerson('Ben Carter')];
  await portal.change([noor, ben]);
  const fromTheStart: number[] = [];
  hasRead = async (after, limit) => void (after === 0 && fromTheStart.push(limit));
  expect([(await redact(ben.id)).status, (await redact(ulid())).status]).toEqual([409, 404]);
  expect(fromTheStart).toEqual([]);
  expect((await redact(noor.id)).status).toBe(201);
  expect(Math.max(...fromTheStart)).toBeLessThanOrEqual(10);
});
