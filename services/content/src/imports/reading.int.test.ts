import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { PageView, TreeNodeView } from '@sidekick/contracts';
import { aManager, anEngineer } from '@sidekick/testing';
import { zipSync } from 'fflate';
import { contentKit, importZip, type Kit } from '../testing/kit.test.helper.ts';

// Each kit starts a process that renders.
jest.setTimeout(120_000);

let kit: Kit;
beforeEach(async () => {
  kit = await contentKit();
});
afterEach(() => kit.close());

const find = (path: string, as?: typeof anEngineer) =>
  kit.client.ask('get', `/pages/find?path=${encodeURIComponent(path)}`, as ? { as } : {});
const read = async (path: string): Promise<PageView> => (await find(path, anEngineer)).body;
const linksOf = async (path: string) => [...(await read(path)).html.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1]);
const tree = async (as?: typeof anEngineer): Promise<TreeNodeView[]> => (await kit.client.ask('get', '/tree', as ? { as } : {})).body.items;
const titlesIn = (nodes: TreeNodeView[]): string[] => nodes.flatMap(({ title, children }) => [title, ...titlesIn(children)]);

describe('a draft', () => {
  const files = {
    'hugo.md': '---\ntitle: Hugo\ndraft: true\n---\nsecret\n',
    'toml.md': '+++\ntitle = "Toml"\ndraft = true\n+++\nsecret\n',
    'json.md': '{\n  "title": "Json",\n  "draft": true\n}\n\nsecret\n',
    'later.md': '---\ntitle: Later\npublishDate: 2999-01-01\n---\nsecret\n',
    '_drafts/jekyll.md': '---\ntitle: Jekyll\n---\nsecret\n',
    '_config.yml': 'title: x\n',
    'open.md': '# Open\n\n[to it](hugo.md)\n',
  };
  const drafts = ['hugo', 'json', 'later', 'toml', 'drafts/jekyll'];

  test('of any generator is seen by editors alone, and named in the report', async () => {
    const { report } = await kit.importFiles(files, 'source=book&public=true');
    expect(report.drafts.map(({ title }) => title).sort()).toEqual(['Hugo', 'Jekyll', 'Json', 'Later', 'Toml']);
    for (const name of drafts) {
      expect({ name, status: (await read(`book/${name}`)).status }).toEqual({ name, status: 'draft' });
      expect((await find(`book/${name}`)).status).toBe(404);
    }
    expect([titlesIn(await tree()), titlesIn(await tree(anEngineer))]).toEqual([
      ['Book', 'Open'],
      ['Book', 'Open'],
    ]);
    expect((await find('book/open')).body.html).not.toContain('href=');
    const lines = String((await kit.client.ask('get', '/pages/snapshot', { as: { ...aManager, roles: ['ops'] } })).body);
    expect(lines).not.toContain('secret');
  });

  test('is what any generator holds back, however it is written; what is not for everybody is internal', async () => {
    const held: Record<string, string> = {
      'Case.md': '---\nDraft: "TRUE"\n---\nsecret\n',
      'any.md': '---\nisDraft: wip\n---\nsecret\n',
      'spaced.md': '---\nReview state: ok\ndraft: true\n---\nsecret\n',
      'blank.md': '\n---\ndraft: true\n---\nsecret\n',
      'named.md': '---toml\ndraft = true\n---\nsecret\n',
      'inline.md': '{ "draft": true }\nsecret\n',
      'pelican.md': 'Title: Pelican\nStatus: draft\n\nsecret\n',
      'future.md': '---\ndate: 2999-01-01\n---\nsecret\n',
      'astro.md': '---\npubDate: Jul 08 2999\n---\nsecret\n',
      'never.md': '---\nbuild:\n  render: never\n---\nsecret\n',
      'headless.md': '---\nheadless: true\n---\nsecret\n',
      'eleventy.md': '---\npermalink: false\n---\nsecret\n',
      'nuxt.draft.md': 'secret\n',
      'hugo/_index.md': '---\ncascade:\n  draft: true\n---\nsecret\n',
      'hugo/below/one.md': 'secret\n',
    };
    const closed = { 'p.md': '---\nvisibility: private\n---\nsecret\n', 'w.md': '---\npassword: x\n---\nsecret\n' };
    const open = { 'hugo/said.md': '---\ndraft: false\n---\nopen\n', 'past.md': '---\ndate: 2020-01-01\nstatus: accepted\n---\nopen\n' };
    const { report } = await kit.importFiles({ ...held, ...closed, ...open }, 'source=book&public=true');
    const files = Object.keys(held).filter((file) => file !== 'hugo/_index.md');
    expect(
      report.drafts
        .map(({ path }) => path)
        .filter((path) => path !== 'hugo/_index.md')
        .sort(),
    ).toEqual(files.sort());
    const shown = await kit.client.ask('get', '/pages', {});
    expect(shown.body.items.map(({ path }: { path: string }) => path).sort()).toEqual(['book/hugo/said', 'book/past']);
    for (const path of ['book/p', 'book/w']) expect((await find(path)).status).toBe(404);
  });

  test('is a Jekyll post before its day, not a page of the site', async () => {
    const files = {
      '_config.yml': 'title: x\n',
      '_posts/2999-01-01-a.md': '---\n---\nsecret\n',
      'b.md': '---\ndate: 2999-01-01\n---\nopen\n',
    };
    expect((await kit.importFiles(files)).report.drafts.map(({ path }) => path)).toEqual(['_posts/2999-01-01-a.md']);
    const shown = await kit.importFiles({ ...files, '_config.yml': 'future: true\n' });
    expect(shown.report.drafts).toEqual([]);
  });

  test('by what a section of Hugo hands down, unless the page itself or a nearer section says otherwise', async () => {
    const { report } = await kit.importFiles(
      {
        'content/_index.md': '---\ntitle: Home\ncascade:\n  - target: { path: /aimed/** }\n    draft: true\n---\n',
        'content/aimed/in.md': '# Aimed\n',
        'content/sec/_index.md': '---\ntitle: Sec\ndraft: false\ncascade:\n  draft: true\n---\n',
        'content/sec/plain.md': '# Plain\n',
        'content/sec/own.md': '---\ntitle: Own\ndraft: false\n---\n',
        'content/sec/deep/_index.md': '+++\ntitle = "Deep"\n[cascade]\ndraft = false\n+++\n',
        'content/sec/deep/open.md': '# Open\n',
        'content/later/_index.md': '+++\ntitle = "Later"\n[[cascade]]\npublishDate = 2999-01-01\n[cascade._target]\nkind = "page"\n+++\n',
        'content/later/day.md': '# Day\n',
        'content/parts/part.md': '---\ntitle: Part\nbuild:\n  render: never\n---\n',
        'content/parts/headless.md': '---\ntitle: Headless\nheadless: true\n---\n',
      },
      'source=hugo&public=true',
    );
    expect(report.drafts.map(({ title }) => title).sort()).toEqual(['Aimed', 'Day', 'Headless', 'Part', 'Plain']);
    expect((await find('hugo/sec/plain')).status).toBe(404);
    expect((await find('hugo/sec/deep/open')).status).toBe(200);
  });

  test('is published here, or by a later import that says so no more; what was published here stays', async () => {
    await kit.importFiles(files);
    const { id, version } = await read('book/json');
    const patch = { as: anEngineer, body: { status: 'published' }, headers: { 'if-match': `"${version}"` } };
    expect((await kit.client.ask('patch', `/pages/${id}`, patch)).body.status).toBe('published');
    const { report } = await kit.importFiles({ ...files, 'hugo.md': '---\ntitle: Hugo\n---\nsecret\n' });
    expect(report).toMatchObject({ updated: 1, drafts: [{}, {}, {}, {}] });
    expect([(await read('book/hugo')).status, (await read('book/json')).status]).toEqual(['published', 'published']);
  });
});

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

  test('without a heading keep their dates', async () => {
    await kit.importFiles({ '2026-11-03.md': 'x\n', '2026-09-retro.md': 'x\n', 'how-to_do.md': 'x\n' });
    expect([(await read('book/2026-11-03')).title, (await read('book/2026-09-retro')).title, (await read('book/how-to_do')).title]).toEqual(
      ['2026-11-03', '2026-09 retro', 'How to do'],
    );
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

test("a page of a Jekyll site is reached by kramdown's ids of its headings, one of another by both forms too", async () => {
  const page = '---\ntitle: P\n---\n## 1. First step\n\n[here](#first-step) [there](other.md#first-step)\n';
  const { report } = await kit.importFiles({ '_config.yml': 'title: T\n', 'page.md': page, 'other.md': '## 1. First step\n' });
  expect(report.missing).toEqual([]);
  expect((await read('book/page')).html).toContain('id="first-step"');
  expect((await linksOf('book/page')).slice(1)).toEqual(['#first-step', '/p/book/other#1-first-step']);
});

test('a Jekyll site: every address that it serves leads to the page, in links, redirects, backlinks and after an edit here', async () => {
  const files = {
    '_config.yml': 'baseurl: /base\ncollections:\n  docs:\n    permalink: "/:collection/:path/"\n    output: true\n',
    '_docs/a/index.md': '---\ntitle: Group A\nredirect_from: /old/a/\n---\n',
    '_docs/a/b.md':
      '---\ntitle: B\nparent: Group A\n---\n[1](/base/docs/a/index/) [2](/base/docs/a/index) [3](/base/docs/a/b/) [4](/docs/a/index/index.html) [5](../index/) [6](/base/old/a/) [7](/base/2026/03/01/first.html)\n',
    '_posts/2026-03-01-first.md': '---\ntitle: First\n---\n',
    'about.md': '---\ntitle: About\npermalink: /who-we-are\n---\n[b](/base/docs/a/b)\n',
  };
  const { report } = await kit.importFiles(files);
  expect(report).toMatchObject({ created: 4, missing: [], outside: [] });
  const wanted = [
    '/p/book/docs/a',
    '/p/book/docs/a',
    '#',
    '/p/book/docs/a',
    '/p/book/docs/a',
    '/p/book/docs/a',
    '/p/book/posts/2026-03-01-first',
  ];
  expect(await linksOf('book/docs/a/b')).toEqual(wanted);
  for (const path of ['book/docs/a/index', 'book/old/a']) expect((await read(path)).path).toBe('book/docs/a');
  expect((await read('book/who-we-are')).path).toBe('book/about');
  expect((await read('book/docs/a')).linkedFrom.map(({ path }) => path)).toEqual(['book/docs/a/b']);
  const { id, version } = await read('book/docs/a/b');
  const body = `${files['_docs/a/b.md'].split('---\n')[2]}\nMore.\n`;
  await kit.client.ask('patch', `/pages/${id}`, { as: anEngineer, body: { body }, headers: { 'if-match': `"${version}"` } });
  expect(await linksOf('book/docs/a/b')).toEqual(wanted);
  expect((await kit.importFiles(files)).report).toMatchObject({ unchanged: 4, updated: 0 });
});

test('pages of a collection link as a browser goes from their addresses, not as their files lie', async () => {
  await kit.importFiles({
    '_config.yml': 'baseurl: /hb\ncollections:\n  docs:\n    output: true\n    permalink: /:collection/:path/\n',
    'index.md':
      '---\ntitle: Home\npermalink: /\n---\n[a](docs/guide/index/) [b]({% post_url 2026-01-02-hello %}) [c]({{ "/docs/ops/" | absolute_url }})\n',
    '_docs/index.md': '---\ntitle: Docs\n---\n[a](../guide/index/)\n',
    '_docs/guide/index.md': '---\ntitle: Guide\n---\n[a](../index/) [b](../install/) [c](install.md) [d](../../index/)\n',
    '_docs/guide/install.md': '---\ntitle: Install\n---\n[a](../index/) [b](../../index/) [c](../../ops/deep/x/) [d](../img/p.png)\n',
    '_docs/guide/img/p.png': 'picture',
    '_docs/ops/index.md': '---\ntitle: Ops\n---\n[a](../deep/x/)\n',
    '_docs/ops/deep/x.md': '---\ntitle: X\n---\n[a](../../index/) [b](../../../guide/install/)\n',
    '_posts/2026-01-02-hello.md': '---\ntitle: Hello\n---\n',
  });
  expect(await linksOf('book')).toEqual(['/p/book/docs/guide', '/p/book/posts/2026-01-02-hello', '/p/book/docs/ops']);
  expect(await linksOf('book/docs')).toEqual(['/p/book/docs/guide']);
  expect(await linksOf('book/docs/guide')).toEqual(['#', '/p/book/docs/guide/install', '/p/book/docs/guide/install', '/p/book/docs']);
  const install = await linksOf('book/docs/guide/install');
  expect(install.slice(0, 3)).toEqual(['/p/book/docs/guide', '/p/book/docs', '/p/book/docs/ops/deep/x']);
  expect(install[3]).toMatch(/^\/api\/v1\/attachments\/.*p\.png$/);
  expect(await linksOf('book/docs/ops')).toEqual(['/p/book/docs/ops/deep/x']);
  expect(await linksOf('book/docs/ops/deep/x')).toEqual(['/p/book/docs/ops', '/p/book/docs/guide/install']);
});

test('the order and titles of a navigation are followed, and what is not followed is told', async () => {
  const mkdocs = await kit.importFiles(
    {
      'mkdocs.yml':
        'nav:\n  - B first: z.md\n  - Part:\n      - part/index.md\n      - elsewhere/x.md\n  - A: a.md\nexclude_docs: |\n  no/\ndraft_docs: wip.md\n',
      'docs/z.md': '# Z\n',
      'docs/a.md': '# A\n',
      'docs/part/index.md': '# Part\n',
      'docs/elsewhere/x.md': '# X\n',
      'docs/no/n.md': '# N\n',
      'docs/wip.md': '# Wip\n',
    },
    'source=mk&into=mk',
  );
  expect(mkdocs.report).toMatchObject({
    created: 5,
    drafts: [{ title: 'Wip' }],
    leftOut: [{ path: 'docs/no/n.md' }, { path: 'mkdocs.yml' }],
  });
  expect(titlesIn((await tree(anEngineer)).filter(({ path }) => path === 'mk'))).toEqual(['Mk', 'B first', 'Part', 'X', 'A']);
  await kit.importFiles(
    {
      'SUMMARY.md': '# Summary\n\n* [Last letter](z.md)\n  * [Inner](a/in.md)\n* [First letter](a.md)\n',
      'z.md': '# Z\n',
      'a.md': '# A\n',
      'a/in.md': '# In\n',
    },
    'source=gb&into=gb',
  );
  expect(titlesIn((await tree(anEngineer)).filter(({ path }) => path === 'gb'))).toEqual(['Gb', 'Z', 'In', 'A']);
  const docusaurus = await kit.importFiles(
    {
      'x.md': '---\nsidebar_position: 2\nsidebar_label: Short\n---\n# Eks\n',
      'y.md': '---\nsidebar_position: 1\n---\n# Ypsilon\n',
      'sub/_category_.json': '{ "position": 3 }',
      'sub/s.md': '# S\n',
      'sidebars.js': 'x',
    },
    'source=du&into=du',
  );
  expect(titlesIn((await tree(anEngineer)).filter(({ path }) => path === 'du'))).toEqual(['Du', 'Ypsilon', 'Eks', 'Sub', 'S']);
  expect(docusaurus.report.unknown.map(({ kind }) => kind)).toEqual([
    'a _category_ file of a folder that has no page',
    'sidebar_label that is another than the title',
  ]);
  expect(docusaurus.report.leftOut.find(({ path }) => path === 'sidebars.js')?.reason).toContain('not followed');
});

test('a file that moved and changed at once is a move, the most alike first; one that is no more alike is new', async () => {
  const text = (name: string, more = '') => `# ${name}\n\nOne of ${name}\n\nTwo of ${name}\n\nThree of ${name}\n${more}`;
  await kit.importFiles({ 'README.md': '# R\n', 'a.md': text('A'), 'b.md': text('B'), 'c.md': '# C\n\nnothing that stays\n' });
  const [a, b] = [await read('book/a'), await read('book/b')];
  const { report } = await kit.importFiles({
    'README.md': '# R\n',
    'new/a.md': text('A', '\nFour\n'),
    'new/bee.md': text('B', '\nFive\n'),
    'new/d.md': '# D\n\naltogether another text\n',
  });
  expect(report).toMatchObject({ moved: 2, created: 1, archived: 1 });
  expect([(await read('book/new/a')).id, (await read('book/new/bee')).id, (await read('book/a')).path]).toEqual([a.id, b.id, 'book/new/a']);
});

test('a link to nothing is told with the likely page; one to another site of the server apart', async () => {
  const { report } = await kit.importFiles({
    'i.md': '[a](guides/relese.md) [b](/shop/cart) [c](gone.md) [d](moved/setup.md)\n',
    'how/release.md': '# Release\n',
    'how/setup.md': '# Set up\n',
  });
  expect(report.missing.map(({ target }) => target)).toEqual(['guides/relese.md', 'gone.md', 'moved/setup.md']);
  expect(report.outside).toEqual([{ page: 'i.md', target: '/shop/cart' }]);
  expect(report.nearest.map(({ target, path }) => [target, path])).toEqual([
    ['guides/relese.md', 'book/how/release'],
    ['moved/setup.md', 'book/how/setup'],
  ]);
});
