import { expect } from '@jest/globals';
import { StaleVersion, TakenKey } from '../errors.ts';
import type { sideTests } from './sides.ts';
import { anEvent, aThing, collected, things } from './things.ts';

export function deletionContract(withSide: ReturnType<typeof sideTests>): void {
  withSide('leaves a tombstone: no body, no claims, a version, and an id that is never given again', async (side) => {
    const store = side.open();
    const collection = store.collection(things());
    await store.migrate();
    const a = await collection.insert(aThing({ _id: 'a', rank: 1, claims: ['x'] }));
    await collection.insert(aThing({ _id: 'b', rank: 2 }));
    expect(await collection.remove(a)).toEqual({ version: 2 });
    expect(await collection.get('a')).toBeNull();
    expect(await collection.getMany(['a', 'b'])).toHaveLength(1);
    expect(await collection.byKey('x')).toBeNull();
    for (const query of [{ index: 'by-rank' }, { index: 'by-group', equals: { group: null } }] as const) {
      expect((await collection.query({ ...query, limit: 9 })).items.map(({ doc }) => doc._id)).toEqual(['b']);
    }
    await expect(collection.insert(a.doc)).rejects.toEqual(new TakenKey('id:a'));
    await expect(collection.replace({ doc: a.doc, version: 2 }, a.doc)).rejects.toEqual(new StaleVersion('a'));
    await expect(collection.remove({ doc: a.doc, version: 2 })).rejects.toEqual(new StaleVersion('a'));
    await collection.insert(aThing({ _id: 'c', claims: ['x'] }));
    expect(await collected(collection.scan())).toMatchObject([
      { id: 'a', version: 2, doc: null },
      { id: 'b', version: 1, doc: { rank: 2 } },
      { id: 'c', version: 1, doc: { claims: ['x'] } },
    ]);
  });

  withSide('erases what an index finds under values, with its claims, and nothing else', async (side) => {
    const store = side.open();
    const collection = store.collection(things());
    await store.migrate();
    const of = (_id: string, group: string | null) => aThing({ _id, group, rank: 1, claims: [`of ${_id}`] });
    for (const one of [of('a', 'x'), of('b', 'x'), of('c', 'y'), of('d', null)]) await collection.insert(one);
    const gone = await collection.insert(of('e', 'x'));
    await collection.remove(gone);

    expect(await collection.erase({ index: 'by-group', equals: { group: 'x', rank: 2 } })).toBe(0);
    expect(await collection.erase({ index: 'by-group', equals: { group: 'x' } })).toBe(2);
    expect(await collection.erase({ index: 'by-group', equals: { group: 'x' } })).toBe(0);
    expect((await collected(collection.scan())).map(({ id, doc }) => [id, doc?.group])).toEqual([
      ['c', 'y'],
      ['d', null],
      ['e', undefined],
    ]);
    expect([await collection.get('a'), await collection.byKey('of a')]).toEqual([null, null]);
    expect((await collection.byKey('of c'))?.doc._id).toBe('c');
    await collection.insert(aThing({ _id: 'a', claims: ['of a', 'of b'] }));
    expect(await collection.erase({ index: 'by-group', equals: { group: null, rank: 1 } })).toBe(1);
  });

  withSide('sweeps tombstones that are old enough and confirmed', async (side) => {
    let now = Date.parse('2026-10-01T00:00:00Z');
    const store = side.open({ now: () => new Date(now) });
    const collection = store.collection(things());
    await store.migrate();
    for (const _id of ['silent', 'unsent', 'late', 'live']) await collection.insert(aThing({ _id }));
    const removed = async (id: string, event?: ReturnType<typeof anEvent>) => {
      const stored = await collection.get(id);
      if (stored) await collection.remove(stored, event);
    };
    await removed('silent');
    await removed('unsent', anEvent('unsent'));
    const limit = now + 1000;
    now += 1000;
    await removed('late');
    const left = async () => (await collected(collection.scan())).map(({ id }) => id);

    expect(await collection.sweep(limit)).toBe(1);
    expect(await left()).toEqual(['late', 'live', 'unsent']);
    await store.outboxes()[0]?.sent([{ id: 'unsent', version: 2 }]);
    expect(await collection.sweep(limit)).toBe(1);
    expect(await store.sweep(0)).toBe(0);
    now += 500;
    expect([await store.sweep(500), await store.sweep(499), await store.sweep(0)]).toEqual([0, 1, 0]);
    expect(await left()).toEqual(['live']);
  });
}
