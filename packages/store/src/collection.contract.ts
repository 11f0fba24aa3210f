import { expect } from '@jest/globals';
import { hasWritten, withOrigin } from '@sidekick/tracing';
import type { Stored } from './collection.ts';
import { AnswerLost, StaleVersion, StoreUnavailable, TakenKey, Unstorable } from './errors.ts';
import { deletionContract } from './testing/deletion.contract.ts';
import { outboxContract } from './testing/outbox.contract.ts';
import { queryContract } from './testing/query.contract.ts';
import { raceContract } from './testing/race.contract.ts';
import { releaseContract } from './testing/release.contract.ts';
import { schemaContract } from './testing/schema.contract.ts';
import { type MakeSide, sideTests } from './testing/sides.ts';
import { aThing, type Thing, type ThingsTest, things } from './testing/things.ts';

/** What every document store must do; run on both sides. `make` gives each test a database of its own. */
export function collectionContract(make: MakeSide): void {
  const withSide = sideTests(make);
  const withThings: ThingsTest = (title, body, timeout) =>
    withSide(
      title,
      async (side) => {
        const store = side.open();
        const collection = store.collection(things());
        await store.migrate();
        await body(collection, store);
      },
      timeout,
    );
  writes(withThings);
  notes(withThings);
  batches(withThings);
  queryContract(withThings);
  deletionContract(withSide);
  outboxContract(withSide, withThings);
  raceContract(withThings);
  schemaContract(withSide, withThings);
  releaseContract(withSide);

  withSide('keeps what it was told over a close, and one epoch', async (side) => {
    const first = side.open();
    const before = first.collection(things());
    await first.migrate();
    const stored = await before.insert(aThing({ _id: 'a', claims: ['x'] }));
    const epoch = await first.epoch();
    await first.close();
    await expect(before.get('a')).rejects.toThrow(StoreUnavailable);
    await expect(first.ping()).rejects.toThrow(StoreUnavailable);
    const refused = await before.insert(aThing({ _id: 'b' })).catch((error: unknown) => error);
    expect([refused instanceof StoreUnavailable, refused instanceof AnswerLost]).toEqual([true, false]);

    const second = side.open();
    const after = second.collection(things());
    await second.migrate();
    await second.migrate();
    expect(await after.byKey('x')).toEqual(stored);
    expect(await after.get('b')).toBeNull();
    expect(await second.epoch()).toBe(epoch);
    expect(epoch).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    await second.ping();
  });
}

function notes(withThings: ThingsTest): void {
  withThings('notes for a request that it has written, and nothing for one that read or was refused', async (collection) => {
    const noted = (work: () => Promise<unknown>) =>
      withOrigin({ requestId: 'request' }, async () => {
        await work().catch(() => {});
        return hasWritten();
      });
    const doc = aThing({ _id: 'a', group: 'g' });
    expect(await noted(() => collection.get('a'))).toBe(false);
    expect(await noted(() => collection.insert(doc))).toBe(true);
    const stored = { doc, version: 1 };
    expect(await noted(() => collection.insert(doc))).toBe(false);
    expect(await noted(() => collection.remove({ ...stored, version: 7 }))).toBe(false);
    expect(await noted(() => collection.erase({ index: 'by-group', equals: { group: 'none' } }))).toBe(false);
    expect(await noted(() => collection.replace(stored, { ...doc, rank: 2 }))).toBe(true);
    const batch = (...ids: string[]) => noted(() => collection.writeMany(ids.map((_id) => ({ do: 'insert', doc: aThing({ _id }) }))));
    expect([await batch('a'), await batch('a', 'b')]).toEqual([false, true]);
    expect(await noted(async () => collection.remove((await collection.get('b')) as Stored<Thing>))).toBe(true);
    expect(await noted(() => collection.erase({ index: 'by-group', equals: { group: 'g' } }))).toBe(true);
  });
}

function writes(withThings: ThingsTest): void {
  withThings('answers what was written, by id, by ids and by claim', async (collection) => {
    const a = await collection.insert(aThing({ _id: 'a', rank: 1.5, claims: ['path:/a', 'path:/old'] }));
    const b = await collection.insert(aThing({ _id: 'b' }));
    expect(a).toEqual({ doc: aThing({ _id: 'a', rank: 1.5, claims: ['path:/a', 'path:/old'] }), version: 1 });
    expect(await collection.get('a')).toEqual(a);
    expect(await collection.get('c')).toBeNull();
    expect(await collection.getMany(['b', 'c', 'a', 'b'])).toEqual([b, a, b]);
    expect(await collection.getMany([])).toEqual([]);
    expect(await collection.byKey('path:/old')).toEqual(a);
    expect(await collection.byKey('path:/none')).toBeNull();
    expect(await collection.byKey('id:a')).toBeNull();
    expect(await collection.byKey('')).toBeNull();
  });

  withThings('refuses an id and a claim that are taken, and then writes nothing', async (collection) => {
    await collection.insert(aThing({ _id: 'a', claims: ['x', 'y'] }));
    const b = await collection.insert(aThing({ _id: 'b', claims: ['z'] }));
    await expect(collection.insert(aThing({ _id: 'a' }))).rejects.toEqual(new TakenKey('id:a'));
    await expect(collection.insert(aThing({ _id: 'c', claims: ['q', 'y', 'x'] }))).rejects.toEqual(new TakenKey('y'));
    await expect(collection.replace(b, aThing({ _id: 'b', claims: ['q', 'x'] }))).rejects.toEqual(new TakenKey('x'));
    expect(await collection.get('c')).toBeNull();
    expect(await collection.get('b')).toEqual(b);
    expect(await collection.byKey('q')).toBeNull();
    await collection.insert(aThing({ _id: 'c', claims: ['q'] }));
  });

  withThings('lets a document go on holding its claims, give them up and take others', async (collection) => {
    const first = await collection.insert(aThing({ _id: 'a', claims: ['x', 'y', 'y'] }));
    const second = await collection.replace(first, { ...first.doc, claims: ['y', 'z'] });
    expect(second.version).toBe(2);
    expect(await collection.byKey('x')).toBeNull();
    expect(await collection.byKey('z')).toEqual(second);
    const other = await collection.insert(aThing({ _id: 'b', claims: ['x'] }));
    expect(await collection.byKey('x')).toEqual(other);
  });

  withThings('replaces only the version that was read', async (collection) => {
    const first = await collection.insert(aThing({ _id: 'a', group: 'g', nested: { on: true, note: null } }));
    const second = await collection.replace(first, aThing({ _id: 'a', name: 'second' }));
    await expect(collection.replace(first, aThing({ _id: 'a', name: 'third' }))).rejects.toEqual(new StaleVersion('a'));
    await expect(collection.remove(first)).rejects.toEqual(new StaleVersion('a'));
    const never: Stored<Thing> = { doc: aThing({ _id: 'z' }), version: 1 };
    await expect(collection.replace(never, never.doc)).rejects.toEqual(new StaleVersion('z'));
    await expect(collection.replace({ doc: second.doc, version: 3 }, second.doc)).rejects.toEqual(new StaleVersion('a'));
    expect(await collection.get('a')).toEqual({ doc: aThing({ _id: 'a', name: 'second' }), version: 2 });
    await expect(collection.replace(second, aThing({ _id: 'b' }))).rejects.toThrow(Unstorable);
  });

  withThings('keeps its own copy of what it is given', async (collection) => {
    const given = aThing({ _id: 'a', claims: ['x'] });
    const stored = await collection.insert(given);
    given.claims.push('y');
    expect(stored.doc.claims).toEqual(['x']);
    (await collection.get('a'))?.doc.claims.push('z');
    expect((await collection.get('a'))?.doc.claims).toEqual(['x']);
  });
}

function batches(withThings: ThingsTest): void {
  withThings('answers each write of a batch by itself, in order', async (collection) => {
    const a = await collection.insert(aThing({ _id: 'a', claims: ['x'] }));
    const b = await collection.insert(aThing({ _id: 'b' }));
    const b2 = await collection.replace(b, { ...b.doc, rank: 2 });
    const results = await collection.writeMany([
      { do: 'insert', doc: aThing({ _id: 'c', claims: ['x'] }) },
      { do: 'replace', old: b, doc: b.doc },
      { do: 'remove', old: a },
      { do: 'insert', doc: aThing({ _id: 'd', claims: ['x'] }) },
      { do: 'replace', old: b2, doc: { ...b2.doc, rank: 3 } },
      { do: 'insert', doc: aThing({ _id: 'd' }) },
      { do: 'insert', doc: aThing({ _id: 'e', claims: ['x'] }) },
    ]);
    expect(results).toEqual([
      { ok: false, error: new TakenKey('x') },
      { ok: false, error: new StaleVersion('b') },
      { ok: true, stored: null },
      { ok: true, stored: { doc: aThing({ _id: 'd', claims: ['x'] }), version: 1 } },
      { ok: false, error: new StaleVersion('b') },
      { ok: false, error: new TakenKey('id:d') },
      { ok: false, error: new TakenKey('x') },
    ]);
    expect((await collection.get('b'))?.doc.rank).toBe(2);
    expect(await collection.writeMany([])).toEqual([]);
  });

  withThings('calls a second write of the same document in a batch stale', async (collection) => {
    const a = await collection.insert(aThing({ _id: 'a' }));
    const fake = { doc: aThing({ _id: 'n' }), version: 1 };
    const results = await collection.writeMany([
      { do: 'replace', old: a, doc: { ...a.doc, rank: 1 } },
      { do: 'replace', old: { doc: a.doc, version: 2 }, doc: { ...a.doc, rank: 2 } },
      { do: 'remove', old: { doc: a.doc, version: 2 } },
      { do: 'insert', doc: fake.doc },
      { do: 'replace', old: fake, doc: fake.doc },
    ]);
    expect(results.map((result) => (result.ok ? 'ok' : result.error.name))).toEqual([
      'ok',
      'StaleVersion',
      'StaleVersion',
      'ok',
      'StaleVersion',
    ]);
    expect(await collection.get('a')).toMatchObject({ version: 2, doc: { rank: 1 } });
  });

  withThings('writes a large batch and lets other work through meanwhile', async (collection) => {
    const docs = Array.from({ length: 1_500 }, (_, n) => aThing({ _id: `d${String(n).padStart(5, '0')}`, rank: n, claims: [`c${n}`] }));
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const results = await collection.writeMany(docs.map((doc) => ({ do: 'insert', doc })));
    clearInterval(timer);
    expect(results.filter((result) => result.ok)).toHaveLength(docs.length);
    expect(turns).toBeGreaterThan(1);
    const ids: string[] = [];
    for await (const { id, version, doc } of collection.scan()) {
      expect([version, doc?._id]).toEqual([1, id]);
      ids.push(id);
    }
    expect(ids).toEqual(docs.map((doc) => doc._id));
  });
}
