import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Bus, sqliteBus } from '@sidekick/bus';
import type { Envelope, SearchAnswer } from '@sidekick/contracts';
import { anEngineer, type Client, clientOf, quietLog, testKeys, until } from '@sidekick/testing';
import { TooBusy, TooCostly } from '@sidekick/workers';
import { createSearch, type Engine, ftsEngine } from './index.ts';
import { event, noor, page } from './testing/things.ts';

jest.setTimeout(60_000);

let folder: string;
let client: Client;
let bus: Bus;
let engine: Engine;

const nfd = (text: string) => text.normalize('NFD');
const idOf = (n: number) => `01JZZZZZZZZZZZZZZZZZPAG${String(n).padStart(3, '0')}`;
const aPage = (n: number, title: string, text: string, over: object = {}, sequence = 1): Envelope =>
  event(
    'content.page.changed.v1',
    idOf(n),
    sequence,
    page({
      path: `p/${n}`,
      title,
      tags: [],
      trail: [],
      owners: [],
      sections: [{ anchor: '', heading: title, level: 1, text, code: '' }],
      ...over,
    }),
  );
const aPerson = (n: number, name: string, skills: string[] = []) =>
  event('staffing.person.changed.v1', `01JZZZZZZZZZZZZZZZZZPER${String(n).padStart(3, '0')}`, 1, {
    ...noor,
    skills: skills.map((skill) => ({ skill, level: 3 })),
    private: { name },
  });
const people = ['Ana Álvarez', 'José Álvarez', 'Łukasz Nowak', 'Özil Müller', 'Jørn Sæther', 'Ayşe Işık', 'Sinéad O’Neill', 'Ines Straßer'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-words-'));
  const { sign, verify } = await testKeys();
  bus = sqliteBus({ file: join(folder, 'bus.db') });
  await bus.declare();
  engine = await ftsEngine({ file: join(folder, 'search.db') });
  const nothing = (source: 'content' | 'staffing') => ({ source, async *read() {} });
  const search = createSearch({ engine, bus, log: quietLog, verify, snapshots: [nothing('content'), nothing('staffing')] });
  client = await clientOf(search, sign);
  await search.built();
  await publish(
    aPage(1, 'Überstunden', 'Prüfung der Stunden, schöner für Überstunden', { trail: ['Prüfung Süd'], tags: ['Süd'] }),
    aPage(2, nfd('Impôt und Việt'), nfd('Größe'), { trail: [nfd('Prüfung Süd')] }),
    aPage(3, '最美的時光看場', '我愛看電影，清零gen-itgc手册'),
    aPage(4, '한국어', '이 문장은 짧다'),
    aPage(5, 'Publish', 'git push --force then java -jar app.jar -Xmx512m; rm -rf build; tar -xzf it'),
    aPage(6, 'Trains', 'the release train leaves; java beans in a cup'),
    aPage(7, 'Releases', 'a release without it'),
    aPage(8, 'Straßenbau', 'œuvre in the Straße'),
    aPage(9, 'ที่นี่', 'ภาษาไทยไม่มีช่องว่าง हिन्दी भाषा'),
    aPage(11, 'Ｆｕｌｌ ｗｉｄｔｈ', 'Ｋｕｂｅｒｎｅｔｅｓ ﬁxtures', { tags: ['ＷＩＤＥ'] }),
    aPage(12, 'Half width', 'kubernetes fixtures', { tags: ['wide'] }),
    aPage(13, 'Who is ISE', 'it is what it is, and Inés said so'),
    aPage(10, 'Owned by', 'in into it', { owners: [{ type: 'person', id: '01JZZZZZZZZZZZZZZZZZPER001' }] }),
    ...people.map((name, n) => aPerson(n, name)),
    aPerson(99, 'Skilled One', ['Maßarbeit', 'Élan vital', 'C#']),
  );
}, 60_000);
afterAll(async () => {
  await bus.close();
  await client.close();
  rmSync(folder, { recursive: true });
});

async function publish(...events: Envelope[]): Promise<void> {
  await bus.publish(events);
  await until('the index to follow', async () => (await bus.depth('search.index')) === 0);
}
const find = async (q: string, more = '') =>
  (await client.ask<SearchAnswer>('get', `/search?q=${encodeURIComponent(q)}${more}`, { as: anEngineer })).body;
const text = (parts: { text: string }[]) => parts.map((part) => part.text).join('');
const titles = async (q: string, more = '&exact=true') => (await find(q, more)).items.map(({ title }) => text(title));
const notes = async (q: string, more = '') => (await find(q, more)).notes.map(({ kind, words }) => [kind, ...words]);
const completions = async (q: string) =>
  (await client.ask('get', `/search/completions?q=${encodeURIComponent(q)}`, { as: anEngineer })).body.items.map(
    (item: { text: string }) => item.text,
  );

describe('one form for words', () => {
  test.each(['Überstunden', 'Prüfung', 'schöner', '"für Überstunden"', 'section:"Prüfung Süd"', 'tag:Süd', 'tag:SUD'])(
    'finds %s however page and query compose it',
    async (q) => {
      const found = await titles(q);
      expect(found).toContain('Überstunden');
      expect(await titles(nfd(q))).toEqual(found);
    },
  );

  test('finds what was stored decomposed, and shows it composed', async () => {
    for (const q of ['Größe', 'impôt', 'Việt', 'section:"prüfung süd" größe'])
      for (const form of [q, nfd(q)]) expect(await titles(form)).toEqual(['Impôt und Việt']);
  });

  test.each([
    ['alv', 'Ana Álvarez'],
    ['luk', 'Łukasz Nowak'],
    ['lukasz', 'Łukasz Nowak'],
    ['ozil', 'Özil Müller'],
    ['özil', 'Özil Müller'],
    ['oezil', 'Özil Müller'],
    ['mueller', 'Özil Müller'],
    ['jorn', 'Jørn Sæther'],
    ['saether', 'Jørn Sæther'],
    ['isik', 'Ayşe Işık'],
    ['oneill', 'Sinéad O’Neill'],
    ["O'Neill", 'Sinéad O’Neill'],
    ['O’Neill', 'Sinéad O’Neill'],
    ['strasse', 'Straßenbau'],
    ['时', null],
  ])('%s completes to, and while it is typed finds, %s', async (typed, name) => {
    for (const form of [typed, nfd(typed)]) {
      const [offered, found] = [await completions(form), await titles(form, '&typing=true')];
      expect(name === null ? [offered, found] : [offered.includes(name), found.includes(name)]).toEqual(
        name === null ? [[], []] : [true, true],
      );
    }
  });

  test.each(['jorn', 'saether', 'isik', 'oezil', 'mueller', 'lukasz', 'oneill', 'oeuvre', 'strassenbau', 'STRASSE'])(
    'finds %s as a whole word, uncorrected',
    async (q) => {
      const { items, corrections } = await find(q);
      expect([items.length, corrections]).toEqual([1, []]);
    },
  );

  test('finds the pages of an owner by any spelling of the name', async () => {
    for (const q of [
      'owner:jose',
      'owner:Álvarez',
      'owner:"josé álvarez"',
      'owner:"JOSE ALVAREZ"',
      nfd('owner:José'),
      'owner:alv type:section',
    ])
      expect([q, await titles(q)]).toEqual([q, ['Owned by']]);
  });

  test('finds a name that the stemmer takes for a word of no meaning, and nothing else by it, and marks it', async () => {
    expect((await titles('ines')).sort()).toEqual(['Ines Straßer', 'Who is ISE']);
    expect((await titles('inés')).sort()).toEqual(['Ines Straßer', 'Who is ISE']);
    expect((await find('nowhere ines')).total).toBe(2);
    const marked = (parts: { text: string; hit: boolean }[] = []) => parts.filter(({ hit }) => hit).map((part) => part.text);
    expect((await find('ise')).items.map(({ title }) => marked(title))).toEqual([['ISE']]);
    expect((await find('inés is')).items.flatMap(({ snippet }) => marked(snippet))).toContain('Inés');
    expect(await titles('"is ise"')).toEqual(['Who is ISE']);
    expect(await titles('"is inés"')).toEqual([]);
  });

  test.each([
    'kubernetes',
    'Ｋｕｂｅｒｎｅｔｅｓ',
    '"ｋｕｂｅｒｎｅｔｅｓ"',
    'fixtures',
    'ﬁxtures',
    'tag:wide',
    'ｔａｇ：ｗｉｄｅ',
    'kubernetes -tag:sql',
  ])('finds %s in full width, in half width and as a ligature', async (q) => {
    expect((await titles(q)).sort()).toEqual(['Half width', 'Ｆｕｌｌ ｗｉｄｔｈ']);
  });

  test('completes titles in full width', async () => {
    for (const q of ['full w', 'ｆｕｌｌ ｗ', 'ｗｉｄｔｈ'])
      expect([q, await completions(q)]).toEqual([q, expect.arrayContaining(['Ｆｕｌｌ ｗｉｄｔｈ'])]);
  });

  test('skills are found by any form of their name', async () => {
    for (const q of ['skill:maßarbeit', 'skill:MASSARBEIT', nfd('skill:"ÉLAN  vital"'), 'skill:"élan vital"'])
      expect([q, await titles(q)]).toEqual([q, ['Skilled One']]);
    expect(await titles('skill:c#')).toEqual(['Skilled One']);
    expect(await titles('skill:c')).toEqual([]);
  });
});

describe('scripts without blanks', () => {
  test.each([
    ...['時光', '電影', '清零', '手册', '看場', '最美的時光看場', 'gen-itgc', '清零gen', '"看電影"'].map((q) => [q, '最美的時光看場']),
    ['문장', '한국어'],
    ...['ไทย', 'ช่องว่าง', 'हिन्दी'].map((q) => [q, 'ที่นี่']),
  ])('%s is found inside a run, also while it is typed', async (q, title) => {
    for (const more of ['&exact=true', '&typing=true', '']) expect(await titles(q, more)).toEqual([title]);
  });

  test('are marked where they match, and nothing of the index shows', async () => {
    const [hit] = (await find('電影')).items;
    expect(hit?.snippet).toEqual([
      { text: '我愛看', hit: false },
      { text: '電影', hit: true },
      { text: '，清零gen-itgc手册', hit: false },
    ]);
    expect(await titles('影電')).toEqual([]);
    expect(await completions('時光')).toEqual(['最美的時光看場']);
  });
});

describe('dashes', () => {
  test.each(['git push --force', 'java -jar', 'rm -rf', 'tar -xzf', '--force', '-Xmx512m', 'java -Xmx512m -jar', '-jar'])(
    '%s finds the page',
    async (q) => {
      expect((await titles(q, ''))[0]).toBe('Publish');
    },
  );

  test('exclude a word that no page writes as an option, and the answer says so', async () => {
    expect(await titles('release -train')).toEqual(['Releases']);
    expect(await notes('release -train')).toEqual([['excluded', 'train']]);
    expect(await notes('java -jar')).toEqual([['option', 'jar']]);
    expect(await titles('java -"jar"')).toEqual(['Trains']);
    expect(await notes('java -"app jar" -jar')).toEqual([
      ['option', 'jar'],
      ['excluded', 'app jar'],
    ]);
  });

  test('exclude what has a field, and the answer says so', async () => {
    const others = (await titles('release java', '')).filter((title) => title !== 'Publish');
    expect((await titles('release java -section:publish', '')).sort()).toEqual(others.sort());
    expect(await notes('release -train -Section:"Publish"')).toEqual([['excluded', 'train', 'section:publish']]);
    expect(await titles('it -type:person -owner:josé -tag:Süd', '')).not.toContain('Owned by');
    expect(await titles('in into -owner:ana', '')).toContain('Owned by');
    const all = (await find('type:section')).total;
    expect([(await find('-tag:süd -type:person -type:project')).total, (await find('type:section -tag:"süd"')).total]).toEqual([
      all - 1,
      all - 1,
    ]);
  });

  test('tell anonymous readers nothing of pages that are not public', async () => {
    const { body } = await client.ask<SearchAnswer>('get', '/search?q=java%20-jar');
    expect(body.notes).toEqual([{ kind: 'excluded', words: ['jar'], count: 1 }]);
  });
});

describe('texts that were pasted', () => {
  test('of more than 2,000 letters find with their first words, and say so', async () => {
    const { items, notes: told } = await find(`release train ${'and more of it '.repeat(300)}`);
    expect(items.length).toBeGreaterThan(0);
    expect(told).toMatchObject([{ kind: 'shortened' }]);
    expect(told[0]?.count).toBeGreaterThan(100);
  });

  test('with quotes that nothing holds find with their words, and say so', async () => {
    const q = 'Error: "train of the release" at "cup"';
    expect((await titles(q, ''))[0]).toBe('Trains');
    expect(await notes(q)).toEqual([['phrase', 'train of the release']]);
    expect(await titles(q)).toEqual([]);
    expect(await notes('"release train"')).toEqual([]);
  });
});

describe('reading on', () => {
  const all = async (q: string, limit: number, between: (page: number) => Promise<void>) => {
    const read: string[] = [];
    let cursor: string | null = null;
    for (let n = 1; n < 30; n += 1) {
      const { items, nextCursor }: SearchAnswer = await find(q, `&exact=true&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
      read.push(...items.map(({ title }) => text(title)));
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
      expect((await client.ask('get', `/search?q=a&cursor=${cursor}`, { as: anEngineer })).status).toBe(400);
  });
});

describe('a query that costs too much', () => {
  test('is answered 503 with what to do, and so is one too many', async () => {
    const { search } = engine;
    const answered = async (error: Error) => {
      engine.search = () => Promise.reject(error);
      const { status, headers, body } = await client.ask('get', '/search?q=a', { as: anEngineer });
      return [status, headers.get('retry-after'), body.title];
    };
    expect(await answered(new TooCostly('time', 'too long'))).toEqual([503, '5', expect.stringContaining('fewer words')]);
    expect(await answered(new TooBusy('full'))).toEqual([503, '1', expect.any(String)]);
    engine.search = search;
  });
});
