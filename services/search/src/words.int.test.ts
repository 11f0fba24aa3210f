import { describe, expect, jest, test } from '@jest/globals';
import type { SearchAnswer } from '@sidekick/contracts';
import { aPage, aPerson, searchOver } from './testing/over.ts';

jest.setTimeout(60_000);

const nfd = (text: string) => text.normalize('NFD');
const people = ['Ana Álvarez', 'José Álvarez', 'Łukasz Nowak', 'Özil Müller', 'Jørn Sæther', 'Ayşe Işık', 'Sinéad O’Neill', 'Ines Straßer'];
const kit = searchOver(
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
const { find, titles, notes, completions } = kit;

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
    const { body } = await kit.client.ask<SearchAnswer>('get', '/search?q=java%20-jar');
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
