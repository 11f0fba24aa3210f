import { describe, expect, jest, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { first, noorEvent, pageEvent, searchOfEachTest, second, third } from '../testing/kit.ts';
import { epochs, event, ids, noor, page } from '../testing/things.ts';

jest.setTimeout(60_000);

const kit = searchOfEachTest();

describe('an index whose owner is restored', () => {
  test('is built anew of that owner: its lower sequences count, what it no longer has is gone, the other stays', async () => {
    kit.content.states = [pageEvent(first, 7, 'Before'), pageEvent(second, 5, 'Made after the backup')];
    kit.staffing.states = [noorEvent(9)];
    await kit.open();
    await kit.search.built();
    await kit.publish(pageEvent(third, 1, 'Also made after the backup'));
    const [, restored] = epochs;
    kit.content.states = [pageEvent(first, 3, 'Edited after the restore', { epoch: restored })];
    const release = kit.content.hold();
    await kit.publish(pageEvent(first, 3, 'Edited after the restore', { epoch: restored }));
    await until('a rebuild under way', () => kit.content.reads === 2);
    expect(await kit.readyz()).toEqual({ status: 'ready', missing: [] });
    expect(await kit.titles()).toEqual(['Also made after the backup', 'Edited after the restore', 'Made after the backup']);
    release();
    await kit.becomes('the restored state', ['Edited after the restore']);
    expect(await kit.titles('haddad')).toEqual(['Noor Haddad']);
    expect([kit.content.reads, kit.staffing.reads]).toEqual([2, 1]);
    await kit.publish(pageEvent(first, 8, 'Late event of the old epoch'), pageEvent(second, 6, 'Another'));
    expect(await kit.titles()).toEqual(['Edited after the restore']);
    await kit.publish(pageEvent(first, 4, 'Edited again', { epoch: restored }), noorEvent(10));
    expect(await kit.titles()).toEqual(['Edited again']);
    expect([kit.content.reads, kit.staffing.reads]).toEqual([2, 1]);
  });

  test('begins its rebuild again at once when the owner was read already', async () => {
    kit.content.states = [pageEvent(first, 7, 'Before'), pageEvent(second, 5, 'Made after the backup')];
    const release = kit.staffing.hold();
    await kit.open({ pauses: [60_000] });
    await until('content read', () => kit.staffing.reads === 1);
    kit.content.states = [pageEvent(first, 3, 'Restored', { epoch: epochs[1] })];
    await kit.publish(pageEvent(first, 3, 'Restored', { epoch: epochs[1] }));
    release();
    await kit.search.built();
    expect(await kit.titles()).toEqual(['Restored']);
    expect([kit.content.reads, kit.staffing.reads]).toEqual([2, 2]);
  });

  test('asks an owner again that still answers from an epoch that is over', async () => {
    kit.content.states = [pageEvent(first, 7, 'Before')];
    await kit.open();
    await kit.search.built();
    await kit.publish(pageEvent(first, 3, 'Restored', { epoch: epochs[2] }));
    await until('a failure', async () => (await kit.index()).failure !== null);
    expect((await kit.index()).failure).toBe('content still answers from an epoch that is over');
    expect(await kit.titles()).toEqual(['Restored']);
    kit.content.states = [pageEvent(first, 3, 'Restored', { epoch: epochs[2] }), pageEvent(second, 1, 'Second', { epoch: epochs[2] })];
    await kit.becomes('the restored state', ['Restored', 'Second']);
  });

  test('learns of a restore that no event followed', async () => {
    kit.content.states = [pageEvent(first, 7, 'Before'), pageEvent(second, 5, 'Made after the backup')];
    await kit.open();
    await kit.search.built();
    kit.content.states = [pageEvent(first, 3, 'Restored', { epoch: epochs[1] })];
    await kit.reopen(() => {}, { looks: { every: 20, again: 20 } });
    await kit.becomes('the restored state', ['Restored']);
    kit.content.states = [pageEvent(first, 2, 'Restored once more', { epoch: epochs[2] })];
    await kit.becomes('the other state', ['Restored once more']);
  });

  test('keeps all that it has of an owner that is not read again, tombstones too', async () => {
    kit.content.states = [pageEvent(first, 1, 'First'), event('content.page.changed.v1', second, 1, page())];
    kit.staffing.states = [noorEvent(1)];
    await kit.open();
    await kit.search.built();
    await kit.publish(pageEvent(first, 3, '', { deleted: true }));
    const queries = ['postgres', 'tag:sql', 'timeout', 'owner:noor', 'section:data', 'migratons'];
    const answers = () => Promise.all(queries.map(async (q) => ({ ...(await kit.ask(q)), took: 0 })));
    const before = await answers();
    expect(before.map(({ items }) => items.length > 0)).toEqual(queries.map(() => true));
    kit.staffing.states = [noorEvent(1, epochs[1])];
    await kit.publish(noorEvent(1, epochs[1]));
    await until('staffing read again', () => kit.staffing.reads === 2 && kit.engine.stale().length === 0);
    expect(await answers()).toEqual(before);
    await kit.publish(pageEvent(first, 2, 'First edited'));
    expect(await kit.titles()).toEqual([]);
    expect(kit.content.reads).toBe(1);
  });

  test('forgets what came of an epoch that was over by the time its owner was read', async () => {
    kit.content.states = [pageEvent(first, 1, 'First'), pageEvent(second, 1, 'Second')];
    const release = kit.content.hold();
    await kit.open();
    await until('the build under way', () => kit.content.reads === 1);
    await kit.publish(noorEvent(5));
    kit.staffing.states = [
      event('staffing.person.changed.v1', ids.secret, 1, { ...noor, private: { name: 'Ana Sousa' } }, false, epochs[1]),
    ];
    release();
    await kit.search.built();
    expect(await kit.titles('skill:postgres')).toEqual(['Ana Sousa']);
  });
});
