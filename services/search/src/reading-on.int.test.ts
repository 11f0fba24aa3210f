import { describe, expect, jest, test } from '@jest/globals';
import type { SearchAnswer } from '@sidekick/contracts';
import { anEngineer } from '@sidekick/testing';
import { TooBusy, TooCostly } from '@sidekick/workers';
import { aPage, searchOver, textOf } from './testing/over.ts';
import { event } from './testing/things.ts';

jest.setTimeout(60_000);

const kit = searchOver();
const { find, notes, publish } = kit;

describe('reading on', () => {
  const all = async (q: string, limit: number, between: (page: number) => Promise<void>) => {
    const read: string[] = [];
    let cursor: string | null = null;
    for (let n = 1; n < 30; n += 1) {
      const { items, nextCursor }: SearchAnswer = await find(q, `&exact=true&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
      read.push(...items.map(({ title }) => textOf(title)));
      if (nextCursor === null) return read;
      cursor = nextCursor;
      await between(n);
    }
    throw new Error('it has no end');
  };
  const many = (n: number, more = '') => aPage(100 + n, `Many ${n}`, `manyword ${more}${'filler '.repeat(n % 7)}`);

  test('skips and doubles nothing when hits that were read are deleted and better ones added', async () => {
    await publish(...Array.from({ length: 60 }, (_, n) => many(n)));
    const expected = Array.from({ length: 60 }, (_, n) => `Many ${n}`);
    const read = await all('manyword', 20, async (pages) => {
      if (pages > 1) return;
      const [first, second] = (await find('manyword', '&exact=true&limit=20')).items;
      for (const hit of [first, second]) await publish(event('content.page.changed.v1', hit?.id ?? '', 2, null, true));
      await publish(many(60, 'manyword manyword '), many(61, 'manyword manyword '));
    });
    expect([...read].sort()).toEqual([...expected, 'Many 60', 'Many 61'].sort());
  });

  test('goes on by place after very many, and says when the index has changed meanwhile', async () => {
    const place = `p800.${Date.parse('2026-11-25T00:00:00.000Z')}`;
    expect(await notes('manyword', `&cursor=${place}`)).toEqual([]);
    expect(await notes('manyword', '&cursor=p800.1')).toEqual([['moved']]);
    for (const cursor of ['x', 'sAAA', 'p', '2', 'p1.x'])
      expect((await kit.client.ask('get', `/search?q=a&cursor=${cursor}`, { as: anEngineer })).status).toBe(400);
  });
});

describe('a query that costs too much', () => {
  test('is answered 503 with what to do, and so is one too many', async () => {
    const { engine } = kit;
    const { search } = engine;
    const answered = async (error: Error) => {
      engine.search = () => Promise.reject(error);
      const { status, headers, body } = await kit.client.ask('get', '/search?q=a', { as: anEngineer });
      return [status, headers.get('retry-after'), body.title];
    };
    expect(await answered(new TooCostly('time', 'too long'))).toEqual([503, '5', expect.stringContaining('fewer words')]);
    expect(await answered(new TooBusy('full'))).toEqual([503, '1', expect.any(String)]);
    engine.search = search;
  });

  test('is of whoever asks: an account, or all who have none', async () => {
    const { engine } = kit;
    const { search, complete } = engine;
    const askers: (string | null)[] = [];
    const told = <T>(_request: unknown, asker: string | null): Promise<T> => {
      askers.push(asker);
      return Promise.reject(new TooBusy('full'));
    };
    [engine.search, engine.complete] = [told, told];
    for (const as of [anEngineer, null])
      for (const path of ['/search?q=a', '/search/completions?q=a']) expect((await kit.client.ask('get', path, { as })).status).toBe(503);
    expect(askers).toEqual([anEngineer.account, anEngineer.account, null, null]);
    [engine.search, engine.complete] = [search, complete];
  });
});
