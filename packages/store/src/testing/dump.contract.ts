import { expect } from '@jest/globals';
import type { DumpLine } from '../dump.ts';
import { StoreUnavailable, TakenKey, Unstorable } from '../errors.ts';
import type { Store } from '../store.ts';
import { type MakeSide, type StoreSide, sideTests } from './sides.ts';
import { anEvent, aThing, collected, type Thing, things } from './things.ts';

const declared = (store: Store) => ({ all: store.collection(things()), log: store.log<{ by: string }>('changes') });
async function opened(side: StoreSide) {
  const store = side.open();
  const { all, log } = declared(store);
  await store.migrate();
  return { store, all, log };
}

/** Documents, tombstones, events that wait, words that mean something to a server, and a log that is half published. */
async function filled(side: StoreSide) {
  const { store, all, log } = await opened(side);
  const words = JSON.parse('{"$a.b":{"constructor":"😀","2":[],"10":null,"1":{}},"":null,"big":9007199254740991,"half":0.1}');
  const one = await all.insert(
    aThing({ _id: 'one', claims: ['path:/a', 'path:/b'], words, shape: { kind: 'round', radius: 1.5 } }),
    anEvent('one'),
  );
  await all.replace(one, { ...one.doc, rank: -3 }, anEvent('one'));
  const gone = await all.insert(aThing({ _id: 'gone', claims: ['path:/gone'] }));
  await all.remove(gone, anEvent('gone'));
  const sent = await all.insert(
    aThing({ _id: 'sent', parts: [{ label: 'a', sizes: [1, 2] }], nested: { on: true, note: null } }),
    anEvent('sent'),
  );
  for (const outbox of store.outboxes()) await outbox.sent([{ id: 'sent', version: sent.version }]);
  await all.writeMany(Array.from({ length: 450 }, (_, n) => ({ do: 'insert' as const, doc: aThing({ _id: `many ${n}`, rank: n }) })));
  for (let number = 1; number <= 45; number += 1)
    await log.append({ number, requestId: `r${number}`, entry: { by: `somebody ${number}` } });
  await log.moveTo(40);
  return { store, all, log };
}

const linesOf = async function* (lines: readonly DumpLine[]) {
  yield* JSON.parse(JSON.stringify(lines)) as DumpLine[];
};
const textOf = (lines: readonly DumpLine[]) => lines.map((line) => JSON.stringify(line)).join('\n');
const unsentOf = async (store: Store) => (await Promise.all(store.outboxes().map((outbox) => outbox.unsent(1000)))).flat();

/** What every store must do for backups. `from` and `to` may be different sides. */
export function dumpContract(from: MakeSide, to: MakeSide = from): void {
  sideTests(from)(
    'gives lines that another store loads and gives again, line for line',
    async (side) => {
      const { store } = await filled(side);
      const lines = await collected(store.dump());
      expect(lines).toHaveLength(1 + 453 + 45 + 1);
      const other = await to();
      try {
        const loaded = await opened(other);
        await loaded.store.load(linesOf(lines));
        expect(textOf(await collected(loaded.store.dump()))).toBe(textOf(lines));
        await loaded.store.close();

        const again = await opened(other);
        expect(await unsentOf(again.store)).toEqual(await unsentOf(store));
        expect((await again.all.byKey('path:/b'))?.doc._id).toBe('one');
        expect(await again.all.get('gone')).toBeNull();
        await expect(again.all.insert(aThing({ _id: 'gone' }))).rejects.toThrow(TakenKey);
        await expect(again.all.insert(aThing({ _id: 'new', claims: ['path:/a'] }))).rejects.toThrow(TakenKey);
        await again.all.insert(aThing({ _id: 'new', claims: ['path:/gone'] }));
        expect([await again.log.head(), await again.log.position(), await again.log.loadSnapshot()]).toEqual([45, 40, null]);
        expect(await again.log.append({ number: 46, requestId: 'r45', entry: { by: 'x' } })).toEqual({ ok: false, taken: 'requestId' });
        expect(await again.log.append({ number: 46, requestId: 'r46', entry: { by: 'x' } })).toEqual({ ok: true });
      } finally {
        await other.end();
      }
    },
    60_000,
  );

  const withSide = sideTests(to);
  withSide('refuses to load over what is there, and replaces all of it when told to', async (side) => {
    const { store, all, log } = await filled(side);
    const [before] = await collected(store.dump());
    const lines: DumpLine[] = [before as DumpLine, lineOf({ id: 'only', doc: { name: 'only', rank: null, claims: ['path:/a'] } })];
    await expect(store.load(linesOf(lines))).rejects.toThrow('not empty');
    expect(await all.get('one')).not.toBeNull();
    await log.saveSnapshot({ head: 45, schema: 1, state: {} });
    await store.load(linesOf(lines), { replace: true });
    await store.close();
    const again = await opened(side);
    expect(textOf(await collected(again.store.dump()))).toBe(textOf([...lines, { is: 'position', log: 'changes', position: 0 }]));
    expect((await again.all.byKey('path:/a'))?.doc._id).toBe('only');
    expect([await again.log.head(), await again.log.loadSnapshot(), await unsentOf(again.store)]).toEqual([0, null, []]);
  });

  withSide('refuses what this release does not know', async (side) => {
    const { store } = await opened(side);
    const refused = (line: DumpLine, words: string) => expect(store.load(linesOf([line]), { replace: true })).rejects.toThrow(words);
    await refused({ is: 'store', schema: { version: 99, oldestReader: 99 } }, 'newer release');
    await refused(lineOf({ schema: 2 }), 'things a is of a newer release');
    await refused(lineOf({ collection: 'planets' }), 'no collection planets');
    await refused({ is: 'position', log: 'stars', position: 1 }, 'no log stars');
    await refused({ is: 'entry', log: 'changes', number: 1, requestId: 'r', schema: 2, entry: {} }, 'changes 1 is of a newer release');
    await expect(store.load(linesOf([lineOf({ doc: { nothing: 'of it' } })]), { replace: true })).rejects.toThrow(Unstorable);
    const twice = [lineOf({ id: 'a' }), lineOf({ id: 'b' })];
    await expect(store.load(linesOf(twice), { replace: true })).rejects.toThrow(TakenKey);
  });

  withSide('keeps the fields that a newer release left in documents, and still checks the others', async (side) => {
    const { store, all } = await opened(side);
    const doc = { ...aThing({ _id: 'a', claims: ['x'], parts: [{ label: 'a' }] }), colour: 'red' };
    Object.assign(doc.parts?.[0] ?? {}, { weight: 3 });
    const { _id, ...body } = doc;
    await store.load(linesOf([lineOf({ doc: body })]));
    expect((await all.get('a'))?.doc).toEqual(doc);
    expect((await all.byKey('x'))?.doc._id).toBe('a');
    expect((await collected(store.dump())).filter((line) => line.is === 'document')).toMatchObject([{ doc: body }]);
    await expect(store.load(linesOf([lineOf({ doc: { ...body, rank: 'high' } })]), { replace: true })).rejects.toThrow(Unstorable);
  });

  withSide('keeps what a newer release left that lets this one read it, and says so in its own dump', async (side) => {
    const { store, all, log } = await opened(side);
    const left: DumpLine[] = [
      { is: 'store', schema: { version: 2, oldestReader: 1 } },
      lineOf({ id: 'newer', schema: 2, doc: { name: 'a', rank: 5, claims: ['x'], colour: 'red' } }),
      lineOf({ id: 'older' }),
      { is: 'entry', log: 'changes', number: 1, requestId: 'r', schema: 2, entry: { by: 'a' } },
      { is: 'position', log: 'changes', position: 1 },
    ];
    await store.load(linesOf(left));
    expect(textOf(await collected(store.dump()))).toBe(textOf(left));
    expect((await all.byKey('x'))?.doc).toMatchObject({ _id: 'newer', colour: 'red' });
    expect(await log.read(0, 1)).toMatchObject([{ number: 1, entry: { by: 'a' } }]);
    await store.close();
    expect(await (await opened(side)).store.ready()).toEqual({ ok: true });
  });

  withSide('refuses what a newer release left that does not let this one read it', async (side) => {
    const { store } = await opened(side);
    const left: DumpLine[] = [{ is: 'store', schema: { version: 3, oldestReader: 2 } }, lineOf({})];
    await expect(store.load(linesOf(left))).rejects.toThrow('newer release: schema 3');
  });

  withSide('brings documents of an older release to the newest schema', async (side) => {
    const store = side.open();
    const upcasts = [(old: unknown) => ({ ...(old as Thing), rank: 7 })];
    const all = store.collection({ ...things(), upcasts });
    await store.migrate();
    await store.load(linesOf([lineOf({})]));
    expect((await all.get('a'))?.doc.rank).toBe(7);
    expect(await collected(store.dump())).toContainEqual(expect.objectContaining({ id: 'a', schema: 2 }));
  });

  withSide('has a new epoch when it is renewed, for good', async (side) => {
    const { store } = await opened(side);
    const before = await store.epoch();
    const renewed = await store.renewEpoch();
    expect(renewed).not.toBe(before);
    expect(await store.epoch()).toBe(renewed);
    await store.close();
    expect(await (await opened(side)).store.epoch()).toBe(renewed);
  });

  withSide('cannot be used while it is marked as half restored, until it is not', async (side) => {
    const marking = await opened(side);
    await marking.store.markRestoring(true);
    await marking.store.close();
    const half = await opened(side);
    await expect(async () => half.all.get('a')).rejects.toThrow(StoreUnavailable);
    await expect(async () => half.all.insert(aThing({ _id: 'a' }))).rejects.toThrow('restore');
    await expect(async () => half.log.head()).rejects.toThrow(StoreUnavailable);
    await half.store.load(linesOf([lineOf({})]), { replace: true });
    await half.store.markRestoring(false);
    await half.store.close();
    expect(await (await opened(side)).all.get('a')).not.toBeNull();
  });
}

type DocumentLine = Extract<DumpLine, { is: 'document' }>;
const lineOf = (over: Partial<DocumentLine>): DocumentLine => ({
  ...{ is: 'document', collection: 'things', id: 'a', version: 1, schema: 1 },
  doc: { name: 'a', rank: null, claims: ['path:/same'] },
  ...over,
});
