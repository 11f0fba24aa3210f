import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bus, sqliteBus } from '@sidekick/bus';
import type { Envelope } from '@sidekick/contracts';
import { anEngineer, type Client, clientOf, quietLog, testKeys, until } from '@sidekick/testing';
import Database from 'libsql';
import { createSearch, type Engine, ftsEngine, type Search } from '../index.ts';
import { type Owner, ownerOf } from '../testing/owner.ts';
import { epochs, event, ids, noor, page } from '../testing/things.ts';

let folder: string;
let bus: Bus;
let engine: Engine;
let search: Search;
let client: Client;
let content: Owner;
let staffing: Owner;

const pageEvent = (id: string, sequence: number, title: string, over: { deleted?: boolean; epoch?: string } = {}): Envelope => {
  const state = over.deleted ? null : page({ title, sections: [{ anchor: '', heading: title, level: 1, text: 'words', code: '' }] });
  return event('content.page.changed.v1', id, sequence, state, over.deleted, over.epoch);
};
const noorEvent = (sequence: number, epoch?: string) => event('staffing.person.changed.v1', ids.noor, sequence, noor, false, epoch);
const [first, second, third] = ['01JZZZZZZZZZZZZZZZZZPAGE01', '01JZZZZZZZZZZZZZZZZZPAGE02', '01JZZZZZZZZZZZZZZZZZPAGE03'] as const;

async function open(options: { bus?: Bus; looks?: { every: number; again: number }; clock?: { now(): Date } } = {}): Promise<void> {
  const { sign, verify } = await testKeys();
  bus = options.bus ?? sqliteBus({ file: join(folder, 'bus.db') });
  await bus.declare();
  engine = ftsEngine({ file: join(folder, 'search.db') });
  search = createSearch({ ...{ pauses: [20, 40], ...options }, engine, bus, log: quietLog, verify, snapshots: [content, staffing] });
  client = await clientOf(search, sign);
}
async function close(): Promise<void> {
  await client.close();
  await bus.close();
}
async function reopen(between: () => void, ...options: Parameters<typeof open>): Promise<void> {
  await close();
  between();
  await open(...options);
}
/** As a replica whose queue expired while it was off. */
const loseQueue = () => rmSync(join(folder, 'bus.db'));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-upkeep-'));
  content = ownerOf('content');
  staffing = ownerOf('staffing');
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const titles = async (q = 'words'): Promise<string[]> => {
  const { body } = await client.ask('get', `/search?q=${q}&exact=true`, { as: anEngineer });
  return body.items.map((hit: any) => hit.title.map((part: any) => part.text).join('')).sort();
};
const becomes = (what: string, expected: string[], q?: string) =>
  until(what, async () => JSON.stringify(await titles(q)) === JSON.stringify(expected));
const handled = () => until('an empty queue', async () => (await bus.depth('search.index')) === 0);
const publish = async (...events: Envelope[]) => {
  await bus.publish(events);
  await handled();
};
const readyz = async () => (await client.ask('get', '/readyz')).body;
const index = async () => (await client.ask('get', '/status')).body.index;
const metric = async (name: string) => {
  const text = (await client.ask<string>('get', '/metrics')).body;
  return Number(new RegExp(`^sidekick_${name}\\{.*\\} (.*)$`, 'm').exec(text)?.[1]);
};

describe('upkeep of the index', () => {
  test('is not ready and answers nothing before the first build has ended', async () => {
    content.states = [pageEvent(first, 1, 'First'), pageEvent(second, 1, 'Second')];
    const release = content.hold();
    await open();
    await until('the build under way', async () => content.reads === 1);
    expect(await readyz()).toEqual({ status: 'not ready', missing: ['index'] });
    const refused = await client.ask('get', '/search?q=words', { as: anEngineer });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await index()).toMatchObject({ builtAt: null, rebuilding: { done: 1 } });
    release();
    await search.built();
    expect(await titles()).toEqual(['First', 'Second']);
    expect(await readyz()).toEqual({ status: 'ready', missing: [] });
    expect(await index()).toMatchObject({ documents: 2, rebuilding: null, failure: null });
    expect((Date.now() - (await metric('index_built_at')) * 1000) / 1000).toBeLessThan(60);
    expect(await metric('index_documents')).toBe(2);
  });

  test('answers from the old index while a new one is built, which holds what came meanwhile and nothing of what is gone', async () => {
    content.states = [pageEvent(first, 1, 'First'), pageEvent(second, 1, 'Second')];
    staffing.states = [noorEvent(1)];
    await open();
    await search.built();
    content.states = [pageEvent(first, 3, 'First anew')];
    content.states.push(pageEvent(third, 1, 'Third'));
    const release = content.hold();
    await reopen(loseQueue);
    await until('a rebuild under way', async () => content.reads === 2);
    expect(await titles()).toEqual(['First', 'Second']);
    expect(await readyz()).toEqual({ status: 'not ready', missing: ['index'] });
    await publish(pageEvent(third, 2, 'Third while building'), pageEvent(first, 2, 'too old for the new one'));
    expect(await titles()).toEqual(['Second', 'Third while building', 'too old for the new one']);
    release();
    await becomes('the new index', ['First anew', 'Third while building']);
    expect(await readyz()).toEqual({ status: 'ready', missing: [] });
    expect(await titles('haddad')).toEqual(['Noor Haddad']);
    expect(existsSync(join(folder, 'search.db.next'))).toBe(false);
  });

  test('a crash in the middle of a rebuild leaves the old index, and the next start begins it again', async () => {
    content.states = [pageEvent(first, 1, 'First')];
    await open();
    await search.built();
    content.states = [pageEvent(first, 2, 'First anew'), pageEvent(second, 1, 'Second')];
    content.hold();
    await reopen(loseQueue);
    await until('a rebuild under way', async () => content.reads === 2 && existsSync(join(folder, 'search.db.next')));
    const crashed = join(folder, 'crashed');
    mkdirSync(crashed);
    for (const file of ['search.db', 'search.db-wal', 'search.db.next', 'search.db.next-wal', 'bus.db', 'bus.db-wal'])
      if (existsSync(join(folder, file))) copyFileSync(join(folder, file), join(crashed, file));
    await close();
    const whole = folder;
    folder = crashed;
    content = ownerOf('content');
    content.states = [pageEvent(first, 2, 'First anew'), pageEvent(second, 1, 'Second')];
    const release = content.hold();
    await open();
    expect(await titles()).toEqual(['First']);
    await until('the rebuild begun again', () => content.reads === 1);
    release();
    await becomes('the new index', ['First anew', 'Second']);
    await close();
    folder = whole;
    await open();
  });

  test('a snapshot that fails is read again after a pause, and shown until it succeeds', async () => {
    content.states = [pageEvent(first, 1, 'First')];
    content.failure = new Error('broke off');
    await open();
    await until('a third try', () => content.reads >= 3);
    expect(await metric('index_rebuild_failing')).toBe(1);
    expect(await index()).toMatchObject({ failure: 'broke off' });
    expect(await readyz()).toMatchObject({ status: 'not ready', missing: ['index'] });
    content.failure = null;
    await search.built();
    expect(await titles()).toEqual(['First']);
    expect(await metric('index_rebuild_failing')).toBe(0);
    expect(await index()).toMatchObject({ failure: null });
  });

  test('an owner that was restored is read again, its lower sequences count, what it no longer has is gone, the other stays', async () => {
    content.states = [pageEvent(first, 7, 'Before'), pageEvent(second, 5, 'Made after the backup')];
    staffing.states = [noorEvent(9)];
    await open();
    await search.built();
    await publish(pageEvent(third, 1, 'Also made after the backup'));
    const [, restored] = epochs;
    content.states = [pageEvent(first, 3, 'Edited after the restore', { epoch: restored })];
    const release = content.hold();
    await publish(pageEvent(first, 3, 'Edited after the restore', { epoch: restored }));
    await until('a rebuild under way', () => content.reads === 2);
    expect(await readyz()).toEqual({ status: 'ready', missing: [] });
    expect(await titles()).toEqual(['Also made after the backup', 'Edited after the restore', 'Made after the backup']);
    release();
    await becomes('the restored state', ['Edited after the restore']);
    expect(await titles('haddad')).toEqual(['Noor Haddad']);
    expect([content.reads, staffing.reads]).toEqual([2, 1]);
    await publish(pageEvent(first, 8, 'Late event of the old epoch'), pageEvent(second, 6, 'Another'));
    expect(await titles()).toEqual(['Edited after the restore']);
    await publish(pageEvent(first, 4, 'Edited again', { epoch: restored }), noorEvent(10));
    expect(await titles()).toEqual(['Edited again']);
    expect([content.reads, staffing.reads]).toEqual([2, 1]);
  });

  test('a rebuild under way begins again when its owner is restored', async () => {
    content.states = [pageEvent(first, 7, 'Before'), pageEvent(second, 5, 'Made after the backup')];
    const release = content.hold();
    await open();
    await until('the first build', () => content.reads === 1);
    content.states = [pageEvent(first, 3, 'Restored', { epoch: epochs[1] })];
    await publish(pageEvent(first, 3, 'Restored', { epoch: epochs[1] }));
    release();
    await search.built();
    await becomes('the restored state', ['Restored']);
    expect(content.reads).toBe(2);
  });

  test('an owner that still answers from an epoch that is over is asked again', async () => {
    content.states = [pageEvent(first, 7, 'Before')];
    await open();
    await search.built();
    await publish(pageEvent(first, 3, 'Restored', { epoch: epochs[2] }));
    await until('a failure', async () => (await index()).failure !== null);
    expect((await index()).failure).toBe('content still answers from an epoch that is over');
    expect(await titles()).toEqual(['Restored']);
    content.states = [pageEvent(first, 3, 'Restored', { epoch: epochs[2] }), pageEvent(second, 1, 'Second', { epoch: epochs[2] })];
    await becomes('the restored state', ['Restored', 'Second']);
  });

  test('learns of a restore that no event followed', async () => {
    content.states = [pageEvent(first, 7, 'Before'), pageEvent(second, 5, 'Made after the backup')];
    await open();
    await search.built();
    content.states = [pageEvent(first, 3, 'Restored', { epoch: epochs[1] })];
    await reopen(() => {}, { looks: { every: 20, again: 20 } });
    await becomes('the restored state', ['Restored']);
    content.states = [pageEvent(first, 2, 'Restored once more', { epoch: epochs[2] })];
    await becomes('the other state', ['Restored once more']);
  });

  test('what was deleted does not come back by an older event, before and after a rebuild', async () => {
    content.states = [pageEvent(first, 1, 'First'), pageEvent(second, 1, 'Second')];
    await open();
    await search.built();
    await publish(pageEvent(first, 3, '', { deleted: true }), pageEvent(first, 2, 'First edited'));
    expect(await titles()).toEqual(['Second']);
    content.states = [pageEvent(first, 3, '', { deleted: true }), pageEvent(second, 1, 'Second')];
    await reopen(loseQueue);
    await until('the rebuild', async () => content.reads === 2 && (await index()).rebuilding === null && engine.stale().length === 0);
    await publish(pageEvent(first, 2, 'First edited'));
    expect(await titles()).toEqual(['Second']);
  });

  test('keeps all that it has of an owner that is not read again, tombstones too', async () => {
    content.states = [pageEvent(first, 1, 'First'), event('content.page.changed.v1', second, 1, page())];
    staffing.states = [noorEvent(1)];
    await open();
    await search.built();
    await publish(pageEvent(first, 3, '', { deleted: true }));
    const queries = ['postgres', 'tag:sql', 'timeout', 'owner:noor', 'section:data', 'migratons'];
    const answers = () =>
      Promise.all(queries.map(async (q) => ({ ...(await client.ask('get', `/search?q=${q}`, { as: anEngineer })).body, took: 0 })));
    const before = await answers();
    expect(before.map(({ items }) => items.length > 0)).toEqual(queries.map(() => true));
    staffing.states = [noorEvent(1, epochs[1])];
    await publish(noorEvent(1, epochs[1]));
    await until('staffing read again', () => staffing.reads === 2 && engine.stale().length === 0);
    expect(await answers()).toEqual(before);
    await publish(pageEvent(first, 2, 'First edited'));
    expect(await titles()).toEqual([]);
    expect(content.reads).toBe(1);
  });

  test('forgets what came of an epoch that was over by the time its owner was read', async () => {
    content.states = [pageEvent(first, 1, 'First'), pageEvent(second, 1, 'Second')];
    const release = content.hold();
    await open();
    await until('the build under way', () => content.reads === 1);
    await publish(noorEvent(5));
    staffing.states = [event('staffing.person.changed.v1', ids.secret, 1, { ...noor, private: { name: 'Ana Sousa' } }, false, epochs[1])];
    release();
    await search.built();
    expect(await titles('skill:postgres')).toEqual(['Ana Sousa']);
  });

  test('an index of another release’s format is built anew', async () => {
    content.states = [pageEvent(first, 1, 'First')];
    await open();
    await search.built();
    await reopen(() => {
      const db = new Database(join(folder, 'search.db'));
      db.exec('drop table aggregate; create table aggregate (id text primary key); pragma user_version = 1;');
      db.close();
    });
    await search.built();
    expect(await titles()).toEqual(['First']);
    expect(content.reads).toBe(2);
  });

  test('says how far behind it is: by the oldest event that waits, and by the time since the bus is away', async () => {
    let away = false;
    const real = sqliteBus({ file: join(folder, 'bus.db') });
    const flaky: Bus = { ...real, health: () => (away ? { ok: false, reason: 'away' } : real.health()) };
    await open({ bus: flaky, clock: { now: () => new Date('2026-11-25T00:01:30.000Z') } });
    await search.built();
    expect(await metric('index_lag_seconds')).toBe(0);
    let release = () => {};
    const put = engine.put;
    engine.put = () => {
      throw new Error('no room');
    };
    release = () => {
      engine.put = put;
    };
    await bus.publish([pageEvent(first, 1, 'First')]);
    await until('a failed try', async () => (await metric('index_lag_seconds')) === 90);
    expect(await index()).toMatchObject({ behind: 90, newestEventAt: null });
    release();
    await handled();
    expect(await metric('index_lag_seconds')).toBe(0);
    expect(await index()).toMatchObject({ behind: 0, newestEventAt: '2026-11-25T00:00:00.000Z' });
    away = true;
    await until('a growing lag', async () => (await metric('index_lag_seconds')) > 0);
    expect(await readyz()).toEqual({ status: 'degraded', missing: ['bus'] });
    expect(await titles()).toEqual(['First']);
    away = false;
    await until('no lag', async () => (await metric('index_lag_seconds')) === 0);
  });
});
