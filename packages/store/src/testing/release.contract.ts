import { expect } from '@jest/globals';
import { z } from 'zod';
import type { CollectionDef } from '../collection.ts';
import { StoreUnavailable } from '../errors.ts';
import type { SchemaVersion } from '../schema.ts';
import type { StoreSide, sideTests } from './sides.ts';
import { aThing, Thing, type ThingIndex, things } from './things.ts';

type Coloured = Thing & { colour?: string | undefined };
/** The next release: one optional field more. */
const coloured = (): CollectionDef<Coloured, ThingIndex> => ({ ...things(), schema: Thing.extend({ colour: z.string().optional() }) });

const opened = (side: StoreSide, version: number, oldestReader: number) => {
  const store = side.open(undefined, { version, oldestReader });
  return { store, all: store.collection(things()), log: store.log<{ by: string }>('changes') };
};

/** Releases one after another, and what one leaves for the other where a schema changes. */
export function releaseContract(withSide: ReturnType<typeof sideTests>): void {
  withSide('waits for its migration, and lets an older release go on beside it', async (side) => {
    const first = opened(side, 1, 1);
    await first.store.migrate();
    expect(await first.store.ready()).toEqual({ ok: true });
    await first.all.insert(aThing({ _id: 'a' }));
    await first.store.close();

    const second = opened(side, 2, 1);
    expect(await second.store.ready()).toEqual({ ok: false, reason: 'not-migrated' });
    await expect(second.all.get('a')).rejects.toThrow(StoreUnavailable);
    await expect(second.log.append({ number: 1, requestId: 'r', entry: { by: 'a' } })).rejects.toThrow('has not been migrated');
    await second.store.migrate();
    expect(await second.store.ready()).toEqual({ ok: true });
    expect((await second.all.get('a'))?.version).toBe(1);
    await second.store.close();

    const older = opened(side, 1, 1);
    await older.store.migrate();
    expect(await older.store.ready()).toEqual({ ok: true });
    const a = await older.all.get('a');
    if (a) await older.all.replace(a, { ...a.doc, rank: 1 });
    await older.store.close();

    const newer = opened(side, 2, 1);
    expect(await newer.store.ready()).toEqual({ ok: true });
    expect((await newer.all.get('a'))?.doc.rank).toBe(1);
  });

  withSide('turns away for good a release older than the oldest reader', async (side) => {
    const first = opened(side, 1, 1);
    await first.store.migrate();
    const a = await first.all.insert(aThing({ _id: 'a' }));
    await first.store.close();
    const third = opened(side, 3, 3);
    await third.store.migrate();
    await third.store.close();
    for (const version of [1, 2]) {
      const { store, all, log } = opened(side, version, 1);
      expect(await store.ready()).toEqual({ ok: false, reason: 'too-old' });
      await expect(all.insert(aThing({ _id: 'b' }))).rejects.toThrow('too old');
      await expect(all.replace(a, a.doc)).rejects.toThrow(StoreUnavailable);
      await expect(all.remove(a)).rejects.toThrow(StoreUnavailable);
      await expect(all.writeMany([{ do: 'insert', doc: aThing({ _id: 'c' }) }])).rejects.toThrow(StoreUnavailable);
      await expect(all.get('a')).rejects.toThrow(StoreUnavailable);
      await expect(log.append({ number: 1, requestId: 'r', entry: { by: 'a' } })).rejects.toThrow(StoreUnavailable);
      await expect(store.migrate()).rejects.toThrow('too old');
      await store.ping();
      await store.close();
    }
    const again = opened(side, 3, 3);
    expect(await again.all.get('a')).toEqual(a);
    expect([await again.all.get('b'), await again.all.get('c'), await again.log.head()]).toEqual([null, null, 0]);
  });

  withSide('shuts out a release that could not read what is written next, not before and for good', async (side) => {
    const second = opened(side, 2, 1);
    await second.store.migrate();
    await second.store.requireReader(1);
    await second.store.close();
    const first = opened(side, 1, 1);
    expect(await first.store.ready()).toEqual({ ok: true });
    await first.store.close();

    const again = opened(side, 2, 1);
    await again.store.requireReader(2);
    await again.store.requireReader(2);
    await expect(again.store.requireReader(3)).rejects.toThrow(RangeError);
    expect(await again.store.ready()).toEqual({ ok: true });
    await again.store.close();
    const older = opened(side, 1, 1);
    expect(await older.store.ready()).toEqual({ ok: false, reason: 'too-old' });
    await expect(older.log.append({ number: 1, requestId: 'r', entry: { by: 'a' } })).rejects.toThrow('too old');
    await expect(older.store.migrate()).rejects.toThrow('too old');
    await older.store.close();
  });

  withSide('reads what a newer release wrote, and refuses to write it without what it does not know', async (side) => {
    const next = side.open(undefined, { version: 2, oldestReader: 1 });
    const newer = next.collection(coloured());
    await next.migrate();
    await newer.insert({ ...aThing({ _id: 'red' }), colour: 'red' });
    await newer.insert(aThing({ _id: 'plain' }));
    await next.close();

    const { store, all } = opened(side, 1, 1);
    const [plain, red] = await all.getMany(['plain', 'red']);
    if (!plain || !red) throw new Error('both are there');
    expect(red.doc).toEqual({ ...aThing({ _id: 'red' }), colour: 'red' });
    expect((await all.replace(plain, { ...plain.doc, rank: 1 })).version).toBe(2);
    await expect(all.replace(red, { ...red.doc, rank: 1 })).rejects.toThrow(StoreUnavailable);
    await expect(all.replace(red, aThing({ _id: 'red', rank: 1 }))).rejects.toThrow('newer release');
    expect(await all.get('red')).toEqual(red);
    await all.remove(red);
    await store.close();
  });

  withSide('does not write over a document of a newer schema', async (side) => {
    const next = side.open(undefined, { version: 2, oldestReader: 1 });
    const newer = next.collection({ ...things(), upcasts: [(old) => ({ ...(old as Thing), rank: 9 })] });
    await next.migrate();
    await newer.insert(aThing({ _id: 'a', rank: 5 }));
    await next.close();
    const { all, store } = opened(side, 1, 1);
    const a = await all.get('a');
    if (!a) throw new Error('it is there');
    await expect(all.replace(a, { ...a.doc, rank: 6 })).rejects.toThrow('newer release');
    const stale = { ...a, version: 7 };
    await expect(all.replace(stale, a.doc)).rejects.toThrow('stale');
    expect(await all.get('a')).toEqual(a);
    await store.close();
  });

  withSide('refuses a schema that no database can have', async (side) => {
    const impossible: SchemaVersion[] = [
      { version: 1, oldestReader: 2 },
      { version: 0, oldestReader: 0 },
      { version: 1.5, oldestReader: 1 },
    ];
    for (const schema of impossible) expect(() => side.open(undefined, schema)).toThrow(RangeError);
  });
}
