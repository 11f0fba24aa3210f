import { expect } from '@jest/globals';
import { z } from 'zod';
import type { Query } from '../collection.ts';
import { aThing, byCodePoint, type Thing, type ThingIndex, type Things, type ThingsTest } from './things.ts';

type ThingQuery = Query<Thing, ThingIndex>;

const idsOf = async (collection: Things, query: Omit<ThingQuery, 'limit'> & { limit?: number }) =>
  (await collection.query({ limit: 100, ...query })).items.map(({ doc }) => doc._id);

/** Follows cursors to the end. */
async function pagesOf(collection: Things, query: ThingQuery): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await collection.query({ ...query, ...(cursor && { cursor }) });
    pages.push(page.items.map(({ doc }) => doc._id));
    cursor = page.nextCursor;
  }
  return pages;
}

const ranks: readonly [string, number | null][] = [
  ['a', 3],
  ['b', null],
  ['c', -1.5],
  ['d', 3],
  ['e', null],
  ['f', 10],
  ['g', 2 ** 53 - 1],
];
const insertRanks = (collection: Things) =>
  collection.writeMany(ranks.map(([_id, rank]) => ({ do: 'insert', doc: aThing({ _id, rank, group: _id < 'd' ? 'one' : 'two' }) })));

export function queryContract(withThings: ThingsTest): void {
  order(withThings);
  cursors(withThings);

  withThings('finds by equalities on leading fields and a range on the next', async (collection) => {
    await insertRanks(collection);
    expect(await idsOf(collection, { index: 'by-group', equals: { group: 'one' } })).toEqual(['b', 'c', 'a']);
    expect(await idsOf(collection, { index: 'by-group', equals: { group: 'two', rank: null } })).toEqual(['e']);
    expect(await idsOf(collection, { index: 'by-group', equals: { group: 'two', rank: 3, name: 'd' } })).toEqual(['d']);
    expect(await idsOf(collection, { index: 'by-group', equals: { group: 'none' } })).toEqual([]);
    expect(await idsOf(collection, { index: 'by-group', equals: { group: 'two' }, range: { gte: 3, lt: 11 } })).toEqual(['d', 'f']);
    expect(await idsOf(collection, { index: 'by-rank', range: { gt: 3 } })).toEqual(['f', 'g']);
    expect(await idsOf(collection, { index: 'by-rank', range: { lte: 3 } })).toEqual(['c', 'a', 'd']);
    expect(await idsOf(collection, { index: 'by-rank', range: { lte: 3 }, order: 'desc' })).toEqual(['d', 'a', 'c']);
    expect(await idsOf(collection, { index: 'by-rank', range: { gte: 4, lte: 4 } })).toEqual([]);
    expect(await idsOf(collection, { index: 'by-rank', range: { gte: '' } })).toEqual([]);
    expect(await idsOf(collection, { index: 'by-id', range: { gte: 'c', lt: 'f' } })).toEqual(['c', 'd', 'e']);
    expect(await idsOf(collection, { index: 'by-id', range: { lt: 'c' } })).toEqual(['a', 'b']);
  });

  withThings('sees a field that is missing as null', async (collection) => {
    await collection.insert(aThing({ _id: 'missing' }));
    await collection.insert(aThing({ _id: 'null', group: null }));
    await collection.insert(aThing({ _id: 'word', group: 'null' }));
    expect(await idsOf(collection, { index: 'by-group', equals: { group: null } })).toEqual(['missing', 'null']);
  });

  withThings('forgets the old place of a document that moved', async (collection) => {
    const a = await collection.insert(aThing({ _id: 'a', rank: 1 }));
    await collection.replace(a, { ...a.doc, rank: 5 });
    expect(await idsOf(collection, { index: 'by-rank', range: { lt: 5 } })).toEqual([]);
    expect(await idsOf(collection, { index: 'by-rank', equals: { rank: 5 } })).toEqual(['a']);
  });

  withThings('refuses what the index does not serve', async (collection) => {
    // @ts-expect-error: not a declared index
    await expect(collection.query({ index: 'by-name', limit: 1 })).rejects.toThrow('no such index');
    // @ts-expect-error: not a declared index either
    await expect(collection.query({ index: 'constructor', limit: 1 })).rejects.toThrow('no such index');
    const wrong: Omit<ThingQuery, 'limit'>[] = [
      { index: 'by-group', equals: { rank: 1 } },
      { index: 'by-group', equals: { group: 'a', name: 'b' } },
      { index: 'by-rank', equals: { group: 'a' } },
      { index: 'by-rank', equals: { rank: 1 }, range: { gt: 1 } },
      { index: 'by-rank', range: {} },
      { index: 'by-rank', range: { gt: 1, gte: 1 } },
      { index: 'by-rank', range: { gt: 1, lt: 'a' } },
      { index: 'by-rank', range: { gt: Number.NaN } },
      { index: 'by-rank', equals: { rank: true as unknown as number } },
      { index: 'by-rank', equals: { rank: undefined as unknown as number } },
    ];
    for (const query of wrong) await expect(collection.query({ ...query, limit: 1 })).rejects.toThrow(/^things by /);
    for (const limit of [0, -1, 1.5, Number.NaN, 10_001]) {
      await expect(collection.query({ index: 'by-rank', limit })).rejects.toThrow('limit is');
    }
  });
}

function order(withThings: ThingsTest): void {
  withThings('sorts null, then numbers, then by id, both ways', async (collection) => {
    await insertRanks(collection);
    const sorted = ['b', 'e', 'c', 'a', 'd', 'f', 'g'];
    expect(await idsOf(collection, { index: 'by-rank' })).toEqual(sorted);
    expect(await idsOf(collection, { index: 'by-rank', order: 'desc' })).toEqual(sorted.toReversed());
    for (const limit of [1, 2, 3, 6, 7, 8]) {
      const asc = await pagesOf(collection, { index: 'by-rank', limit });
      const desc = await pagesOf(collection, { index: 'by-rank', order: 'desc', limit });
      expect([asc.flat(), desc.flat()]).toEqual([sorted, sorted.toReversed()]);
      expect(asc.map((page) => page.length)).toEqual(desc.map((page) => page.length));
      expect(asc).toHaveLength(Math.ceil(sorted.length / limit));
    }
  });

  withThings('sorts words by code point', async (collection) => {
    const words = ['', ' ', 'A', 'Z', 'a', 'aa', 'b', 'é', 'ß', 'я', '日本', '～', '😀', '__proto__', '$where', 'a.b', "'; --", '%'];
    await collection.writeMany(words.map((group, n) => ({ do: 'insert', doc: aThing({ _id: String(n), group }) })));
    const sorted = words.toSorted(byCodePoint).map((word) => String(words.indexOf(word)));
    expect(await idsOf(collection, { index: 'by-group' })).toEqual(sorted);
    expect((await pagesOf(collection, { index: 'by-group', order: 'desc', limit: 4 })).flat()).toEqual(sorted.toReversed());
    for (const [n, group] of words.entries()) {
      expect(await idsOf(collection, { index: 'by-group', equals: { group } })).toEqual([String(n)]);
    }
  });
}

function cursors(withThings: ThingsTest): void {
  withThings('goes on where a page ended, whatever is written in between', async (collection) => {
    await insertRanks(collection);
    const first = await collection.query({ index: 'by-rank', limit: 3 });
    expect(first.items.map(({ doc }) => doc._id)).toEqual(['b', 'e', 'c']);
    const [last] = first.items.slice(-1);
    if (last) await collection.remove(last);
    await collection.insert(aThing({ _id: 'before', rank: -2 }));
    await collection.insert(aThing({ _id: 'after', rank: 4 }));
    const second = await collection.query({ index: 'by-rank', limit: 100, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ doc }) => doc._id)).toEqual(['a', 'd', 'after', 'f', 'g']);
    expect(second.nextCursor).toBeNull();
  });

  withThings('keeps range and equalities while it follows cursors', async (collection) => {
    await insertRanks(collection);
    expect(await pagesOf(collection, { index: 'by-group', equals: { group: 'two' }, range: { gte: 3 }, limit: 1 })).toEqual([
      ['d'],
      ['f'],
      ['g'],
    ]);
    expect(await pagesOf(collection, { index: 'by-group', limit: 2, order: 'desc' })).toEqual([['g', 'f'], ['d', 'e'], ['a', 'c'], ['b']]);
  });

  withThings('refuses a cursor that is not of this list, as bad input', async (collection) => {
    await insertRanks(collection);
    const other = await collection.query({ index: 'by-group', limit: 1 });
    for (const cursor of ['', 'nonsense', '😀', Buffer.from('[1,true]').toString('base64url'), String(other.nextCursor)]) {
      await expect(collection.query({ index: 'by-rank', limit: 1, cursor })).rejects.toThrow(z.ZodError);
    }
  });
}
