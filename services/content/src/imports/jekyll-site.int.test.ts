import { expect, test } from '@jest/globals';
import { anEngineer } from '@sidekick/testing';
import { kitForEach, pagesByPath } from '../testing/pages.test.helper.ts';

const kit = kitForEach();
const { read, linksOf } = pagesByPath(kit);

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
