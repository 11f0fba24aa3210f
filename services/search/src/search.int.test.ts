import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Bus, sqliteBus } from '@sidekick/bus';
import type { Envelope } from '@sidekick/contracts';
import { anEngineer, type Client, clientOf, quietLog, testKeys, until } from '@sidekick/testing';
import { createSearch, type Engine, ftsEngine } from './index.ts';
import { atlas, event, ids, noor, page } from './testing/things.ts';

jest.setTimeout(60_000);

let folder: string;
let client: Client;
let bus: Bus;
let engine: Engine;
let snapshot: Envelope[];

async function open(): Promise<void> {
  const { sign, verify } = await testKeys();
  bus = sqliteBus({ file: join(folder, 'bus.db') });
  await bus.declare();
  engine = await ftsEngine({ file: join(folder, 'search.db') });
  const snapshots = (['content', 'staffing'] as const).map((source) => ({
    source,
    async *read() {
      yield* snapshot.filter((event) => event.source === source);
    },
  }));
  const search = createSearch({ engine, bus, log: quietLog, verify, snapshots });
  client = await clientOf(search, sign);
  await search.built();
}
async function close(): Promise<void> {
  await bus.close();
  await client.close();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-search-'));
  snapshot = [];
  await open();
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

async function publish(...events: Envelope[]): Promise<void> {
  await bus.publish(events);
  await until('the index to follow', async () => (await bus.depth('search.index')) === 0);
}
const find = (q: string, more = '', as: typeof anEngineer | null = anEngineer) =>
  client.ask('get', `/search?q=${encodeURIComponent(q)}${more}`, { as });
const text = (parts: { text: string }[]) => parts.map((part) => part.text).join('');
const titles = async (q: string, more = '', as: typeof anEngineer | null = anEngineer) =>
  (await find(q, more, as)).body.items.map((hit: any) => text(hit.title));

const all = () =>
  publish(
    event('content.page.changed.v1', ids.migrations, 1, page()),
    event('staffing.person.changed.v1', ids.noor, 1, noor),
    event('staffing.project.changed.v1', ids.atlas, 2, atlas),
  );

describe('search', () => {
  test('finds sections, people and projects in one list, stemmed, with what matched marked and the path of headings', async () => {
    await all();
    const { body } = await find('postgres migrations');
    expect(body.counts).toEqual({ section: 2, person: 1, project: 1 });
    expect(body.items[0]).toMatchObject({
      type: 'section',
      id: ids.migrations,
      path: 'data/migrations',
      anchor: '',
      trail: ['Data', 'PostgreSQL'],
    });
    const beside = body.items.flatMap((hit: any) => hit.more ?? []).map(({ anchor, title }: any) => [anchor, text(title)]);
    expect(beside).toEqual([['keep-locks-short', 'Keep locks short']]);
    const [section] = (await find('readers migration')).body.items;
    expect(section.trail).toEqual(['Data', 'PostgreSQL', 'Zero-downtime migrations']);
    expect(section.snippet.filter((part: any) => part.hit).map((part: any) => part.text)).toEqual(['readers', 'migration']);
    expect(body.items.some((hit: any) => hit.type === 'person' && text(hit.title) === 'Noor Haddad')).toBe(true);
  });

  test('phrase, exclusion and filters narrow; words together rank first', async () => {
    await all();
    expect(await titles('"waiting migration"')).toEqual(['Keep locks short']);
    expect(await titles('postgres -locks', '&type=section')).toEqual(['Zero-downtime migrations']);
    expect(await titles('postgres tag:sql type:section')).toHaveLength(1);
    expect(await titles('tag:nothing postgres')).toEqual([]);
    expect(await titles('owner:noor postgres')).toHaveLength(1);
    expect(await titles('skill:postgres')).toEqual(['Atlas', 'Noor Haddad']);
    expect(await titles('status:agreed')).toEqual(['Atlas']);
    expect((await titles('locks short readers table'))[0]).toBe('Keep locks short');
  });

  test('answers a query of any words at all, however many of them', async () => {
    await all();
    const many = (sign: string) => Array.from({ length: 600 }, (_, at) => `${sign}${String.fromCodePoint(0x4e00 + at)}`).join(' ');
    for (const q of [
      many(''),
      `postgres ${many('-')}`,
      many('tag:').slice(0, 2_000),
      'a\0b',
      '" OR NEAR(a b) *',
      '__proto__ type:__proto__',
    ])
      expect((await find(q)).status).toBe(200);
    expect(await titles(`postgres ${many('-')}`)).toHaveLength(3);
  });

  test('finds identifiers whole and in parts', async () => {
    await all();
    for (const q of ['statement_timeout', 'timeout', 'readAreaHa', 'area']) expect(await titles(q)).toEqual(['Keep locks short']);
  });

  test('completes the last word while typing, not otherwise', async () => {
    await all();
    expect(await titles('migrat', '&typing=true&exact=true')).toContain('Zero-downtime migrations');
    expect(await titles('migratio', '&exact=true')).toEqual([]);
    const { body } = await client.ask('get', '/search/completions?q=zer', { as: anEngineer });
    expect(body.items).toEqual([{ text: 'Zero-downtime migrations', type: 'section', id: ids.migrations, path: 'data/migrations' }]);
  });

  test('corrects an unknown word, says so, and searches as typed when asked', async () => {
    await all();
    const { body } = await find('postgres migratons');
    expect(body.corrections).toEqual([{ from: 'migratons', to: 'migrations' }]);
    expect(body.items[0].id).toBe(ids.migrations);
    expect((await find('postgres migratons', '&exact=true')).body.corrections).toEqual([]);
  });

  test('corrects the last word while it is typed only when no known word begins with it', async () => {
    await all();
    const typed = async (q: string) => (await find(q, '&typing=true')).body;
    expect((await typed('migrat')).corrections).toEqual([]);
    expect(await typed('zero migratons')).toMatchObject({ corrections: [{ from: 'migratons', to: 'migrations' }] });
    expect((await typed('migratons')).items[0].id).toBe(ids.migrations);
    expect((await find('migratons', '&typing=true&exact=true')).body.items).toEqual([]);
  });

  test('shows anonymous readers public pages alone: not in results, counts, completions, corrections or owners', async () => {
    await all();
    await publish(
      event(
        'content.page.changed.v1',
        ids.secret,
        1,
        page({
          path: 'about',
          title: 'About us',
          visibility: 'public',
          sections: [{ anchor: '', heading: 'About us', level: 1, text: 'How we use Postgres.', code: '' }],
        }),
      ),
    );
    const { body } = await find('postgres', '', null);
    expect(body.items.map((hit: any) => hit.path)).toEqual(['about']);
    expect(body.counts).toEqual({ section: 1, person: 0, project: 0 });
    expect((await find('migratons', '', null)).body).toMatchObject({ corrections: [], items: [] });
    expect((await client.ask('get', '/search/completions?q=zero')).body.items).toEqual([]);
    expect((await find('owner:noor', '', null)).body.items).toEqual([]);
    await publish(event('content.page.changed.v1', ids.secret, 2, page({ path: 'about', title: 'About us' })));
    expect((await find('postgres', '', null)).body.items).toEqual([]);
  });

  test('an older or repeated event changes nothing; a deletion removes and stays', async () => {
    await publish(
      event(
        'content.page.changed.v1',
        ids.migrations,
        2,
        page({ title: 'New title', sections: [{ anchor: '', heading: 'New title', level: 1, text: 'words', code: '' }] }),
      ),
    );
    await publish(event('content.page.changed.v1', ids.migrations, 1, page()), event('content.page.changed.v1', ids.migrations, 2, page()));
    expect(await titles('words')).toEqual(['New title']);
    expect(await titles('downtime', '&exact=true')).toEqual([]);
    await publish(
      event('content.page.changed.v1', ids.migrations, 3, null, true),
      event('content.page.changed.v1', ids.migrations, 2, page()),
    );
    expect(await titles('words', '&exact=true')).toEqual([]);
    expect(await engine.size()).toBe(0);
  });

  test('builds a lost index again from the owners and then follows events', async () => {
    await all();
    await close();
    rmSync(join(folder, 'search.db'));
    for (const suffix of ['-wal', '-shm']) rmSync(join(folder, `search.db${suffix}`), { force: true });
    snapshot = [event('content.page.changed.v1', ids.migrations, 1, page())];
    await open();
    expect(await titles('downtime')).toEqual(['Zero-downtime migrations']);
    expect((await find('downtime')).body.counts.section).toBe(2);
    expect((await client.ask('get', '/readyz')).body).toEqual({ status: 'ready', missing: [] });
  });

  test('shows a page once, however many of its sections match, and reads on behind it', async () => {
    const sections = Array.from({ length: 900 }, (_, n) => ({
      anchor: `s${n}`,
      heading: `Postgres ${n}`,
      level: 2,
      text: 'postgres',
      code: '',
    }));
    const other = page({
      path: 'other',
      title: 'Other',
      sections: [{ anchor: '', heading: 'Other', level: 1, text: `${'filler '.repeat(60)}postgres`, code: '' }],
    });
    await publish(
      event('content.page.changed.v1', ids.migrations, 1, page({ sections })),
      event('content.page.changed.v1', ids.secret, 1, other),
    );
    const first = (await find('postgres', '&limit=1')).body;
    expect([first.items.length, first.items[0].id, first.items[0].more.length, first.counts.section]).toEqual([1, ids.migrations, 2, 901]);
    const second = (await find('postgres', `&limit=1&cursor=${first.nextCursor}`)).body;
    expect([second.items.map(({ id }: any) => id), second.nextCursor]).toEqual([[ids.secret], null]);
  });

  test('pages through results without a double, and survives any query', async () => {
    await all();
    const first = await find('postgres', '&limit=2');
    expect(first.body).toMatchObject({ total: 4, nextCursor: expect.any(String) });
    const second = await find('postgres', `&limit=2&cursor=${first.body.nextCursor}`);
    expect(new Set([...first.body.items, ...second.body.items].map(({ id }: any) => id)).size).toBe(3);
    expect(second.body.nextCursor).toBeNull();
    for (const q of ['"', '*', 'NEAR(', 'a AND', '-"', 'title:x', ')(', '', 'constructor __proto__', '\u{1f600}', "'; drop table words"])
      expect((await find(q)).status).toBe(200);
    expect((await find('a', '&cursor=x')).status).toBe(400);
  });
});
