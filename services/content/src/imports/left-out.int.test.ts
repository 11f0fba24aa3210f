import { describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { importZip } from '../testing/kit.test.helper.ts';
import { kitForEach, pagesByPath } from '../testing/pages.test.helper.ts';

const kit = kitForEach();
const { read, linksOf } = pagesByPath(kit);

describe('a file', () => {
  test('is a page, shown by one, or named with its reason', async () => {
    const { report } = await kit.importFiles({
      'README.md':
        '# Root\n\n[t](_template/README.md) [s](guide/) [n](.github/note.md) ![a](.attachments/a.png) ![b](_img/b.png) [l](LICENSE)\n',
      '_template/README.md': '# Template\n\n[inner](_more.md)\n',
      '_template/_more.md': '# More\n',
      'guide/_index.md': '---\ntitle: Guide\n---\n',
      'erb.html.md.erb': '---\ntitle: Erb\n---\n# <%= current_page.data.title %>\n\n<%= partial "x" %>text\n',
      'react.mdx': "import X from './x'\n\n# React\n\n<X a={1}>inside</X>\n",
      '.attachments/a.png': 'a',
      '_img/b.png': 'b',
      LICENSE: 'free',
      '.github/note.md': '# Note\n',
      '.github/other.md': '# Other\n',
      'old.rst': 'Title\n=====\n',
      'lonely.png': 'x',
      'node_modules/x/README.md': '# No\n',
      'node_modules/x/index.js': 'no',
      '__MACOSX/._README.md': 'x',
    });
    expect(report).toMatchObject({ created: 7, missing: [], failed: [], attachments: 3 });
    expect(report.leftOut.map(({ path, reason }) => [path, reason.split(/[.:;,]/)[0]])).toEqual([
      ['.github/other.md', 'A name that begins with "_" or "'],
      ['__MACOSX/._README.md', 'Left by an operating system'],
      ['lonely.png', 'No page shows or links to it'],
      ['node_modules/', '2 files'],
      ['old.rst', 'Not a page'],
    ]);
    expect(report.unknown).toEqual([
      { kind: 'ERB tag', count: 1, pages: 1 },
      { kind: 'MDX component', count: 1, pages: 1 },
      { kind: 'MDX import or export', count: 1, pages: 1 },
    ]);
    expect(await read('book/erb')).toMatchObject({ title: 'Erb', html: expect.stringContaining('text') });
    expect((await read('book/react')).html).not.toContain('import');
    expect((await linksOf('book')).slice(0, 3)).toEqual(['/p/book/_template', '/p/book/guide', '/p/book/.github/note']);
  });

  test('below a folder that a tool hides is served where a page shows it, and a hidden page where one links to it', async () => {
    const { report } = await kit.importFiles({
      'README.md': '# Root\n\n![a](.gitbook/assets/a.png) ![b](_media/b.png) [s](_sidebar.md)\n',
      '.gitbook/assets/a.png': 'a',
      '_media/b.png': 'b',
      '_sidebar.md': '# Side\n',
    });
    expect(report).toMatchObject({ created: 2, missing: [], failed: [], leftOut: [], attachments: 2 });
    expect(await linksOf('book')).toContain('/p/book/_sidebar');
  });

  test('none of which is a page is no success, and takes nothing away', async () => {
    await kit.importFiles({ 'a.md': '# A\n' });
    const none = await kit.importFiles({ 'a.rst': 'A\n', 'b.png': 'x' }, 'source=book&archive=true');
    expect(none).toMatchObject({ state: 'failed', error: expect.stringContaining('None of the 2 files is a page') });
    expect(none.report.leftOut.map(({ path }) => path)).toEqual(['a.rst', 'b.png']);
    expect(await importZip(kit.client, zipSync({}), 'source=empty')).toMatchObject({ state: 'failed', error: 'The zip is empty' });
    expect((await read('book/a')).status).toBe('published');
  });
});

describe('a zip', () => {
  const site = {
    '_config.yml': 'baseurl: /hb\n',
    'index.md': '---\ntitle: Home\n---\n',
    'a/b.md': '---\ntitle: B\n---\n[c](/hb/a/c/)\n',
    'a/c.md': '---\ntitle: C\n---\n',
  };
  const inFolder = (name: string, files: object) =>
    Object.fromEntries(Object.entries(files).map(([path, body]) => [`${name}/${path}`, body]));

  test('of a folder that holds all is the folder: the same import, nothing moved', async () => {
    await kit.importFiles(site);
    const again = await kit.importFiles(inFolder('handbook-main', site));
    expect(again.report).toMatchObject({ unchanged: 3, moved: 0, created: 0, missing: [] });
    expect(await linksOf('book/a/b')).toEqual(['/p/book/a/c']);
    const first = await kit.importFiles(inFolder('other-main', site), 'source=other');
    expect(first.report).toMatchObject({ created: 3, missing: [] });
    expect((await read('other/a/c')).title).toBe('C');
  });

  test('keeps a folder that stood beside others before, or that its sender says is part of the paths', async () => {
    await kit.importFiles({ 'README.md': '# R\n', 'docs/a.md': '# A\n' });
    expect((await kit.importFiles({ 'docs/a.md': '# A\n' })).report).toMatchObject({ unchanged: 1, moved: 0 });
    await kit.importFiles({ 'docs/a.md': '# A\n' }, 'source=folder&rooted=true');
    expect((await read('folder/docs/a')).title).toBe('A');
  });
});

test('syntax of other tools is counted by its kind, a page once', async () => {
  const { report } = await kit.importFiles({
    'liquid.md': '{% page "Other" %} {% page "More" %} {% house x %}\n\n`{% page %}` [a]({% page "Liquid" %})\n',
    'hugo.md': '{{< figure src="x" >}} {{% house %}}\n',
    'docfx.md': '[!INCLUDE [a](liquid.md)] <xref:A.B> [words](xref:A.C)\n\n:::house\nx\n:::\n',
    'again.md': '{% page "Other" %}\n',
    'conflict.md': '<<<<<<< HEAD\ntext\n=======\n# Theirs\n>>>>>>> main\n',
  });
  expect(report.unknown).toEqual([
    { kind: '{% page %}', count: 4, pages: 2 },
    { kind: 'DocFX xref', count: 2, pages: 1 },
    { kind: ':::house', count: 1, pages: 1 },
    { kind: 'DocFX include', count: 1, pages: 1 },
    { kind: 'conflict that Git left', count: 1, pages: 1 },
    { kind: '{% house %}', count: 1, pages: 1 },
    { kind: '{{< figure >}}', count: 1, pages: 1 },
    { kind: '{{< house >}}', count: 1, pages: 1 },
  ]);
  expect((await read('book/conflict')).title).toBe('Theirs');
});
