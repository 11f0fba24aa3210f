import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { type Bus, sqliteBus } from '@sidekick/bus';
import { openSharedFile } from '@sidekick/sqlite';
import { anEngineer, until } from '@sidekick/testing';
import { first, noorEvent, pageEvent, searchOfEachTest, second, third } from '../testing/kit.ts';
import { ownerOf } from '../testing/owner.ts';

jest.setTimeout(60_000);

const kit = searchOfEachTest();

describe('upkeep of the index', () => {
  test('is not ready and answers nothing before the first build has ended', async () => {
    kit.content.states = [pageEvent(first, 1, 'First'), pageEvent(second, 1, 'Second')];
    const release = kit.content.hold();
    await kit.open();
    await until('the build under way', async () => kit.content.reads === 1);
    expect(await kit.readyz()).toEqual({ status: 'not ready', missing: ['index'] });
    const refused = await kit.client.ask('get', '/search?q=words', { as: anEngineer });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await kit.index()).toMatchObject({ builtAt: null, rebuilding: { done: 1 } });
    release();
    await kit.search.built();
    expect(await kit.titles()).toEqual(['First', 'Second']);
    expect(await kit.readyz()).toEqual({ status: 'ready', missing: [] });
    expect(await kit.index()).toMatchObject({ documents: 2, rebuilding: null, failure: null });
    expect((Date.now() - (await kit.metric('index_built_at')) * 1000) / 1000).toBeLessThan(60);
    expect(await kit.metric('index_documents')).toBe(2);
  });

  test('answers from the old index while a new one is built, which holds what came meanwhile and nothing of what is gone', async () => {
    kit.content.states = [pageEvent(first, 1, 'First'), pageEvent(second, 1, 'Second')];
    kit.staffing.states = [noorEvent(1)];
    await kit.open();
    await kit.search.built();
    kit.content.states = [pageEvent(first, 3, 'First anew')];
    kit.content.states.push(pageEvent(third, 1, 'Third'));
    const release = kit.content.hold();
    await kit.reopen(kit.loseQueue);
    await until('a rebuild under way', async () => kit.content.reads === 2);
    expect(await kit.titles()).toEqual(['First', 'Second']);
    expect(await kit.readyz()).toEqual({ status: 'not ready', missing: ['index'] });
    await kit.publish(pageEvent(third, 2, 'Third while building'), pageEvent(first, 2, 'too old for the new one'));
    expect(await kit.titles()).toEqual(['Second', 'Third while building', 'too old for the new one']);
    release();
    await kit.becomes('the new index', ['First anew', 'Third while building']);
    expect(await kit.readyz()).toEqual({ status: 'ready', missing: [] });
    expect(await kit.titles('haddad')).toEqual(['Noor Haddad']);
    expect(existsSync(join(kit.folder, 'search.db.next'))).toBe(false);
  });

  test('a crash in the middle of a rebuild leaves the old kit.index, and the next start begins it again', async () => {
    kit.content.states = [pageEvent(first, 1, 'First')];
    await kit.open();
    await kit.search.built();
    kit.content.states = [pageEvent(first, 2, 'First anew'), pageEvent(second, 1, 'Second')];
    kit.content.hold();
    await kit.reopen(kit.loseQueue);
    await until('a rebuild under way', async () => kit.content.reads === 2 && existsSync(join(kit.folder, 'search.db.next')));
    const crashed = join(kit.folder, 'crashed');
    mkdirSync(crashed);
    for (const file of ['search.db', 'search.db-wal', 'search.db.next', 'search.db.next-wal', 'bus.db', 'bus.db-wal'])
      if (existsSync(join(kit.folder, file))) copyFileSync(join(kit.folder, file), join(crashed, file));
    await kit.close();
    const whole = kit.folder;
    kit.folder = crashed;
    kit.content = ownerOf('content');
    kit.content.states = [pageEvent(first, 2, 'First anew'), pageEvent(second, 1, 'Second')];
    const release = kit.content.hold();
    await kit.open();
    expect(await kit.titles()).toEqual(['First']);
    await until('the rebuild begun again', () => kit.content.reads === 1);
    release();
    await kit.becomes('the new index', ['First anew', 'Second']);
    await kit.close();
    kit.folder = whole;
    await kit.open();
  });

  test('a snapshot that fails is read again after a pause, and shown until it succeeds', async () => {
    kit.content.states = [pageEvent(first, 1, 'First')];
    kit.content.failure = new Error('broke off');
    await kit.open();
    await until('a third try', () => kit.content.reads >= 3);
    expect(await kit.metric('index_rebuild_failing')).toBe(1);
    expect(await kit.index()).toMatchObject({ failure: 'broke off' });
    expect(await kit.readyz()).toMatchObject({ status: 'not ready', missing: ['index'] });
    kit.content.failure = null;
    await kit.search.built();
    expect(await kit.titles()).toEqual(['First']);
    expect(await kit.metric('index_rebuild_failing')).toBe(0);
    expect(await kit.index()).toMatchObject({ failure: null });
  });

  test('the new index takes over only when all is in it that waited at the end of the snapshots', async () => {
    kit.content.states = [pageEvent(first, 1, 'First')];
    const real = sqliteBus({ file: join(kit.folder, 'bus.db') });
    let waiting: number | null = 2;
    const depth = async () => waiting ?? Promise.reject(new Error('the broker is away'));
    await kit.open({ bus: { ...real, depth } });
    const isBuilt = async () => (await kit.index()).builtAt !== null;
    await until('the snapshots read', () => kit.staffing.reads === 1);
    await real.publish([pageEvent(first, 2, 'First, one of two')]);
    await until('one of two', async () => (await real.depth('search.index')) === 0);
    expect(await isBuilt()).toBe(false);
    waiting = null;
    await real.publish([pageEvent(first, 3, 'First, two of two')]);
    await kit.search.built();
    expect(await kit.titles()).toEqual(['First, two of two']);
    await kit.reopen(kit.loseQueue);
    await kit.becomes('the next one', ['First']);
  });

  test('what was deleted does not come back by an older event, before and after a rebuild', async () => {
    kit.content.states = [pageEvent(first, 1, 'First'), pageEvent(second, 1, 'Second')];
    await kit.open();
    await kit.search.built();
    await kit.publish(pageEvent(first, 3, '', { deleted: true }), pageEvent(first, 2, 'First edited'));
    expect(await kit.titles()).toEqual(['Second']);
    kit.content.states = [pageEvent(first, 3, '', { deleted: true }), pageEvent(second, 1, 'Second')];
    await kit.reopen(kit.loseQueue);
    await until(
      'the rebuild',
      async () => kit.content.reads === 2 && (await kit.index()).rebuilding === null && kit.engine.stale().length === 0,
    );
    await kit.publish(pageEvent(first, 2, 'First edited'));
    expect(await kit.titles()).toEqual(['Second']);
  });

  test('an index of another release’s format is built anew', async () => {
    kit.content.states = [pageEvent(first, 1, 'First')];
    await kit.open();
    await kit.search.built();
    await kit.reopen(() => {
      const db = openSharedFile(join(kit.folder, 'search.db'), { as: 'writer', safety: 'durable', patience: 0, cacheMiB: 2 });
      db.exec('drop table aggregate; create table aggregate (id text primary key); pragma user_version = 1;');
      db.close();
    });
    await kit.search.built();
    expect(await kit.titles()).toEqual(['First']);
    expect(kit.content.reads).toBe(2);
  });

  test('says how far behind it is: by the oldest event that waits, and by the time since the bus is away', async () => {
    let away = false;
    const real = sqliteBus({ file: join(kit.folder, 'bus.db') });
    const flaky: Bus = { ...real, health: () => (away ? { ok: false, reason: 'away' } : real.health()) };
    await kit.open({ bus: flaky, clock: { now: () => new Date('2026-11-25T00:01:30.000Z') } });
    await kit.search.built();
    expect(await kit.metric('index_lag_seconds')).toBe(0);
    let release = () => {};
    const { take } = kit.engine;
    kit.engine.take = () => Promise.reject(new Error('no room'));
    release = () => {
      kit.engine.take = take;
    };
    await kit.bus.publish([pageEvent(first, 1, 'First')]);
    await until('a failed try', async () => (await kit.metric('index_lag_seconds')) === 90);
    expect(await kit.index()).toMatchObject({ behind: 90, newestEventAt: null });
    release();
    await kit.handled();
    expect(await kit.metric('index_lag_seconds')).toBe(0);
    expect(await kit.index()).toMatchObject({ behind: 0, newestEventAt: '2026-11-25T00:00:00.000Z' });
    away = true;
    await until('a growing lag', async () => (await kit.metric('index_lag_seconds')) > 0);
    expect(await kit.readyz()).toEqual({ status: 'degraded', missing: ['bus'] });
    expect(await kit.titles()).toEqual(['First']);
    away = false;
    await until('no lag', async () => (await kit.metric('index_lag_seconds')) === 0);
  });
});
