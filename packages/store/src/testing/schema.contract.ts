import { expect } from '@jest/globals';
import { z } from 'zod';
import type { CollectionDef } from '../collection.ts';
import { Unstorable } from '../errors.ts';
import type { sideTests } from './sides.ts';
import { aThing, type Thing, type ThingsTest, things } from './things.ts';

const hardWords = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '_bsontype', '$set', '$where', 'a.b', '.', ''];
const moreWords = [
  '%',
  '%24',
  'é',
  '日本',
  '😀',
  'ﷺ',
  '\u202e',
  "'; DROP TABLE things; --",
  '\\',
  '"',
  '\n',
  'NaN',
  'null',
  'x'.repeat(300),
];

export function schemaContract(withSide: ReturnType<typeof sideTests>, withThings: ThingsTest): void {
  withThings('keeps the words of users as ids, claims, values and keys', async (collection) => {
    for (const word of [...hardWords, ...moreWords].filter((one) => one !== '')) {
      const words = Object.fromEntries([[word, { [word]: [word, { [word]: null }] }]].filter(([key]) => key !== '__proto__'));
      const thing = aThing({
        _id: word,
        name: word,
        group: word,
        claims: [word, `claim:${word}`],
        words: word === '__proto__' ? {} : words,
      });
      const stored = await collection.insert(thing);
      expect(stored).toEqual({ doc: thing, version: 1 });
      expect(await collection.get(word)).toEqual(stored);
      expect(await collection.byKey(word)).toEqual(stored);
      const named = await collection.query({ index: 'by-group', equals: { group: word }, limit: 9 });
      expect(named.items).toEqual([stored]);
    }
    const empty = await collection.insert(aThing({ _id: 'empty key', words: { '': 1, ' ': [] } }));
    expect(await collection.get('empty key')).toEqual(empty);
  });

  withThings('keeps every form of a document as it was', async (collection) => {
    const full: Thing = {
      _id: 'full',
      name: '',
      rank: -0.1,
      group: 'g',
      claims: ['x'],
      words: { deep: { empty: {}, list: [[], [null, true, 1e21, 'x']], n: 0 } },
      shape: { kind: 'square', side: 2 },
      parts: [{ label: 'a' }, { label: 'b', sizes: [] }, { label: 'c', sizes: [1, 2.5] }],
      nested: { on: false, note: null },
      version: 77,
    };
    const sparse: Thing = { _id: 'sparse', name: '', rank: null, claims: [], parts: [], nested: null, words: { text: 'a\0b' } };
    for (const thing of [full, sparse]) {
      await collection.insert(thing);
      const read = await collection.get(thing._id);
      expect(JSON.stringify(sorted(read?.doc))).toBe(JSON.stringify(sorted(thing)));
    }
    const read = await collection.get('full');
    const { words: _, shape: __, parts: ___, ...less } = full;
    if (read) await collection.replace(read, less);
    expect(Object.keys((await collection.get('full'))?.doc ?? {}).toSorted()).toEqual(Object.keys(less).toSorted());
  });

  withThings('keeps bodies of a megabyte and more', async (collection) => {
    for (const [n, text] of ['x'.repeat(2 ** 20), '😀'.repeat(2 ** 18), '"\\'.repeat(2 ** 19), 'y'.repeat(5 * 2 ** 20)].entries()) {
      const stored = await collection.insert(aThing({ _id: `big${n}`, words: { text } }));
      const read = await collection.get(stored.doc._id);
      expect(read?.doc.words?.['text'] === text).toBe(true);
    }
  });

  withThings('refuses what the schema does not name or neither side would keep alike', async (collection) => {
    const wrong: [string, unknown][] = [
      ['an unknown field', { ...aThing({ _id: 'a' }), colour: 'red' }],
      ['an unknown field below', aThing({ _id: 'a', nested: { on: true, note: null, more: 1 } as never })],
      ['a wrong type', aThing({ _id: 'a', rank: '1' as never })],
      ['an empty id', aThing({ _id: '' })],
      ['NUL in an id', aThing({ _id: 'a\0b' })],
      ['NUL in an indexed field', aThing({ _id: 'a', group: 'a\0b' })],
      ['NUL in a claim', aThing({ _id: 'a', claims: ['a\0b'] })],
      ['a claim that looks like an id', aThing({ _id: 'a', claims: ['id:b'] })],
      ['an empty claim', aThing({ _id: 'a', claims: [''] })],
      ['a key that records drop', aThing({ _id: 'a', words: JSON.parse('{"__proto__":1}') })],
    ];
    for (const [what, thing] of wrong) {
      await expect(collection.insert(thing as Thing).then(() => what)).rejects.toThrow(Unstorable);
    }
    const stored = await collection.insert(aThing({ _id: 'a' }));
    await expect(collection.replace(stored, { ...stored.doc, colour: 'red' } as Thing)).rejects.toThrow('colour');
    expect(await collection.get('a')).toEqual(stored);
  });

  withThings('turns a lone surrogate, which is no text, into U+FFFD', async (collection) => {
    const stored = await collection.insert(aThing({ _id: 'a', name: 'x\ud800y\\ud800', words: { text: '\udfff😀' } }));
    expect(stored.doc).toMatchObject({ name: 'x\ufffdy\\ud800', words: { text: '\ufffd😀' } });
    expect(await collection.get('a')).toEqual(stored);
  });

  withThings('refuses a second definition of a name, and names that one side could not keep', async (collection, store) => {
    const def = things();
    expect(() => store.collection(def)).toThrow('"things" is defined twice');
    const other = { ...things(), name: 'others' };
    expect(store.collection(other)).toBe(store.collection(other));
    const badly = (over: Partial<CollectionDef<Thing, string>>) => () =>
      store.collection({ ...things(), name: 'bad', ...over } as typeof def);
    expect(badly({ name: 'Bad name' })).toThrow('is no name');
    expect(badly({ indexes: { 'by-none': [] } })).toThrow('needs distinct plain field names');
    expect(badly({ indexes: { twice: ['name', 'name'] } })).toThrow('needs distinct plain field names');
    expect(badly({ indexes: { odd: ["a'b" as never] } })).toThrow('needs distinct plain field names');
    expect(await collection.get('a')).toBeNull();
  });

  upcasts(withSide);
}

function upcasts(withSide: ReturnType<typeof sideTests>): void {
  const first: CollectionDef<{ _id: string; title: string }, 'by-title'> = {
    name: 'pages',
    schema: z.strictObject({ _id: z.string(), title: z.string() }),
    indexes: { 'by-title': ['title'] },
  };
  type Third = { _id: string; heading: string; size: number };
  const third: CollectionDef<Third, 'by-heading'> = {
    name: 'pages',
    schema: z.strictObject({ _id: z.string(), heading: z.string(), size: z.number() }),
    indexes: { 'by-heading': ['heading', 'size'] },
    upcasts: [
      (old) => {
        const { title, ...rest } = old as { title: string };
        return { ...rest, heading: title };
      },
      (old) => ({ ...(old as object), size: (old as Third).heading.length }),
    ],
  };

  withSide('reads documents of earlier schema versions as the newest, and migrates them without a new version', async (side) => {
    const old = side.open();
    const before = old.collection(first);
    await old.migrate();
    await before.insert({ _id: 'a', title: 'Naming' });
    await before.insert({ _id: 'b', title: 'Errors' });
    await old.close();

    const now = side.open();
    const after = now.collection(third);
    await now.migrate();
    expect(await after.get('a')).toEqual({ version: 1, doc: { _id: 'a', heading: 'Naming', size: 6 } });
    const found = await after.query({ index: 'by-heading', range: { gte: 'E' }, limit: 9 });
    expect(found.items.map(({ doc }) => doc)).toEqual([
      { _id: 'b', heading: 'Errors', size: 6 },
      { _id: 'a', heading: 'Naming', size: 6 },
    ]);
    const [a] = await after.getMany(['a']);
    if (a) expect(await after.replace(a, { ...a.doc, size: 7 })).toEqual({ version: 2, doc: { _id: 'a', heading: 'Naming', size: 7 } });
    expect(await after.get('a')).toMatchObject({ doc: { size: 7 } });
  });
}

/** Keys in one order, so that only what is there is compared, `undefined` included. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
