import { describe, expect, test } from '@jest/globals';
import { anEngineer } from '@sidekick/testing';
import { kitForEach, pagesByPath } from '../testing/pages.test.helper.ts';

const kit = kitForEach();
const { read, linksOf } = pagesByPath(kit);

describe('names', () => {
  const nfd = (text: string) => text.normalize('NFD');

  test('in either form of Unicode are one: of files, links, titles, anchors and tags', async () => {
    const { report } = await kit.importFiles({
      'Über.md': `---\ntitle: ${nfd('Über')}\ntags: [${nfd('Süd')}, Süd]\n---\n## Größe\n`,
      'bild-ä.png': 'x',
      'i.md': `[a](<${nfd('Über')}.md>) [b](Über.md#${nfd('größe')}) [c](${encodeURIComponent(nfd('Über'))}.md) [[${nfd('über')}]] ![x](<${nfd('bild-ä')}.png>)\n`,
    });
    expect(report).toMatchObject({ missing: [], attachments: 1 });
    expect(await read('book/Über')).toMatchObject({ title: 'Über', tags: ['Süd'] });
    expect((await linksOf('book/i')).slice(0, 4)).toEqual([
      '/p/book/%C3%9Cber',
      '/p/book/%C3%9Cber#gr%C3%B6%C3%9Fe',
      '/p/book/%C3%9Cber',
      '/p/book/%C3%9Cber',
    ]);
    const made = { path: 'here', title: nfd('Prüfung'), body: 'x', tags: [nfd('Süd'), 'süd', 'Süd'] };
    expect((await kit.client.ask('post', '/pages', { as: anEngineer, body: made })).body).toMatchObject({
      title: 'Prüfung',
      tags: ['Süd'],
    });
  });

  test('hold # and ?: of titles in wiki links, and of files', async () => {
    await kit.importFiles({
      'C.md': '# C\n',
      'cs.md': '# C# style guide\n\n## Names\n',
      'F#.md': '# F#\n',
      'what?.md': '# What\n',
      'i.md': '[[C# style guide]] [[C# style guide#names]] [[F#]] [f](<F#.md>) [g](F%23.md) [w](what?.md) [[C]]\n',
    });
    expect(await linksOf('book/i')).toEqual([
      '/p/book/cs',
      '/p/book/cs#names',
      '/p/book/F-',
      '/p/book/F-',
      '/p/book/F-',
      '/p/book/what-',
      '/p/book/C',
    ]);
  });

  test('hold brackets and bars: a wiki link leads to the title that it names whole', async () => {
    await kit.importFiles({
      'ab.md': '# A | B\n',
      'a.md': '# A\n',
      'notes.md': '# Notes [2024]\n',
      'i.md': '[[A | B]] [[Notes [2024]]] [[A|the first]]\n\n!!! note\n    See [a](a.md).\n\n    - [b](ab.md)\n',
    });
    expect(await linksOf('book/i')).toEqual(['/p/book/ab', '/p/book/notes', '/p/book/a', '/p/book/a', '/p/book/ab']);
  });

  test('without a heading keep their dates', async () => {
    await kit.importFiles({ '2026-11-03.md': 'x\n', '2026-09-retro.md': 'x\n', 'how-to_do.md': 'x\n' });
    expect([(await read('book/2026-11-03')).title, (await read('book/2026-09-retro')).title, (await read('book/how-to_do')).title]).toEqual(
      ['2026-11-03', '2026-09 retro', 'How to do'],
    );
  });
});
