import { describe, expect, test } from '@jest/globals';
import { aManager, anEngineer } from '@sidekick/testing';
import { importZip } from '../testing/kit.test.helper.ts';
import { kitForEach, pagesByPath } from '../testing/pages.test.helper.ts';

const kit = kitForEach();
const { read, edit } = pagesByPath(kit);
const bodyOf = async (path: string): Promise<string> =>
  (await kit.client.ask('get', `/revisions/${(await read(path)).revision}`, { as: anEngineer })).body.body;
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}.md`, `# Page ${n}\n`]));

describe('a second import', () => {
  test('updates what changed, moves what moved with a redirect, archives what is gone, and touches nothing else', async () => {
    await kit.importFiles({ 'a.md': '# A\n\n[b](b.md)\n', 'b.md': '# B\n\ntext of b\n', 'c.md': '# C\n', 'd.md': '# D\n' });
    const [a, b] = [await read('book/a'), await read('book/b')];
    const again = await kit.importFiles({ 'a.md': '# A\n\n[b](b.md)\n', 'sub/b.md': '# B\n\ntext of b\n', 'c.md': '# C\n\nnew\n' });
    expect(again.report).toMatchObject({ created: 0, unchanged: 1, moved: 1, updated: 1, archived: 1, kept: [] });
    // The source's own link now leads nowhere; the reader's still leads to the page.
    expect(again.report.missing).toEqual([{ page: 'a.md', target: 'b.md', kind: 'page' }]);
    expect(await read('book/b')).toMatchObject({ id: b.id, path: 'book/sub/b' });
    expect((await read('book/a')).html).toContain('href="/p/book/sub/b"');
    expect(await read('book/a')).toMatchObject({ version: a.version, revision: a.revision });
    expect((await read('book/d')).status).toBe('archived');
    expect(again.rows.find(({ outcome }) => outcome === 'moved')).toMatchObject({ path: 'sub/b.md', title: 'B' });

    const third = await kit.importFiles({
      'a.md': '# A\n\n[b](b.md)\n',
      'sub/b.md': '# B\n\ntext of b\n',
      'c.md': '# C\n\nnew\n',
      'd.md': '# D\n',
    });
    expect(third.report).toMatchObject({ updated: 1, unchanged: 3, archived: 0 });
    expect((await read('book/d')).status).toBe('published');
  });

  test('a new page may take over an old path', async () => {
    await kit.importFiles({ 'a.md': '# A\n\nold\n' });
    const { report } = await kit.importFiles({ 'b.md': '# A\n\nold\n', 'a.md': '# Another\n' });
    expect(report).toMatchObject({ updated: 1, created: 1, failed: [] });
    const moved = await kit.importFiles({ 'c.md': '# A\n\nold\n', 'a/index.md': '# Another, moved\n' });
    expect(moved.report).toMatchObject({ failed: [] });
    expect((await read('book/c')).title).toBe('A');
    expect((await read('book/a')).title).toBe('Another, moved');
  });

  test('follows an image that changed beside an unchanged page', async () => {
    const page = { 'a.md': '![x](x.png)\n' };
    await kit.importFiles({ ...page, 'x.png': 'one' });
    const before = (await read('book/a')).html;
    const { report } = await kit.importFiles({ ...page, 'x.png': 'two' });
    expect(report).toMatchObject({ updated: 1, attachments: 1 });
    expect((await read('book/a')).html).not.toBe(before);
  });

  test('stops to ask before it archives many, and archives them on a yes', async () => {
    await kit.importFiles(many(20));
    const { 'p0.md': one = '' } = many(1);
    const asked = await kit.importFiles({ 'p0.md': one });
    expect(asked.report).toMatchObject({ archived: 0, unchanged: 1 });
    expect(asked.report.waitingToArchive).toHaveLength(19);
    const told = await kit.importFiles({ 'p0.md': one }, 'source=book&archive=true');
    expect(told.report).toMatchObject({ archived: 19, waitingToArchive: [] });
  });

  test('archives pages of its own source alone', async () => {
    await kit.importFiles({ 'a.md': '# A\n' }, 'source=one');
    const { report } = await kit.importFiles({ 'b.md': '# B\n' }, 'source=two');
    expect(report.archived).toBe(0);
    expect((await read('one/a')).status).toBe('published');
  });
});

describe('an edit made here', () => {
  const text = (first: string, last: string) => `# A\n\n${first}\n\nmiddle\n\nmore\n\n${last}\n`;

  test('is merged with a change of the source elsewhere in the page, now and at the next import', async () => {
    await kit.importFiles({ 'a.md': text('one', 'two') });
    await edit('book/a', { body: text('one, edited here', 'two') });
    const source = { 'a.md': text('one', 'two, changed there') };
    expect((await kit.importFiles(source)).report).toMatchObject({ merged: 1, updated: 0, kept: [] });
    expect(await bodyOf('book/a')).toBe(text('one, edited here', 'two, changed there'));
    expect((await kit.importFiles(source)).report).toMatchObject({ unchanged: 1, merged: 0 });
    await kit.importFiles({ 'a.md': text('one', 'two, changed again') });
    expect(await bodyOf('book/a')).toBe(text('one, edited here', 'two, changed again'));
  });

  test('in the same lines is kept and reported, every time, and nothing is written', async () => {
    await kit.importFiles({ 'a.md': text('one', 'two') });
    await edit('book/a', { body: text('here', 'two') });
    const { version } = await read('book/a');
    for (let n = 0; n < 2; n++) {
      const { report } = await kit.importFiles({ 'a.md': text('there', 'two') });
      expect(report).toMatchObject({ merged: 0, updated: 0, kept: [{ path: 'a.md' }] });
    }
    expect(await bodyOf('book/a')).toBe(text('here', 'two'));
    expect((await read('book/a')).version).toBe(version);
  });

  test('keeps its title and place while the body follows; a page edited here is not archived', async () => {
    await kit.importFiles({ 'a.md': '# A\n\nbody\n', 'b.md': '# B\n' });
    await edit('book/a', { title: 'Named here', path: 'elsewhere/a' });
    await kit.importFiles({ 'a.md': '# A\n\nbody, changed\n', 'b.md': '# B\n' });
    expect(await read('elsewhere/a')).toMatchObject({ title: 'Named here' });
    expect(await bodyOf('elsewhere/a')).toContain('changed');
    const { report } = await kit.importFiles({ 'b.md': '# B\n' });
    expect(report).toMatchObject({ archived: 0, kept: [{ path: 'a.md' }] });
  });
});

describe('damaged and odd files', () => {
  test('are imported as text or named with their reason, and the run goes on', async () => {
    const { state, report } = await kit.importFiles({
      'good.md': '# Good\n',
      'latin.md': Buffer.from('# Caf\xe9\n', 'latin1'),
      'bom.md': '\ufeff# With a mark\r\nline\r\n',
      'cr.md': '# Lone\r\rtwo\rthree\r',
      'utf16.md': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('# Sixteen\n', 'utf16le')]),
      'binary.md': Buffer.from([0x23, 0x20, 0x00, 0x01]),
      'yaml.md': '---\ntitle: [broken\n---\ntext\n',
      'open.md': '---\ntitle: Never closed\n\ntext\n',
      'rule.md': '---\n\nA rule first\n',
      'status.md': '---\n\nA rule first\n\nStatus: a line of the text\n',
      'rules.md': '---\n\nA rule first\n\nStatus: a line of the text\n\n---\n\nend\n',
      'empty.md': '',
      'big.md': 'x'.repeat(5_000_000),
      'date.md': '---\ntitle: 2020-01-03\n---\ntext\n',
      'number.md': '---\ntitle: 1.10\nnav_order: "2"\n---\n',
      '_draft/x.md': '# Left out\n',
      '.github/y.md': '# Left out\n',
    });
    expect(state).toBe('done');
    const reasons = new Map(report.failed.map(({ path, reason }) => [path, reason]));
    expect([...reasons.keys()].sort()).toEqual(['big.md', 'binary.md', 'latin.md', 'open.md', 'yaml.md']);
    expect(reasons.get('latin.md')).toBe('Not UTF-8: byte E9 in line 1; it may be Windows-1252');
    expect(reasons.get('open.md')).toBe('The front matter is never closed: no second ---');
    expect(reasons.get('yaml.md')).toMatch(/^The front matter is not YAML: /);
    expect(reasons.get('big.md')).toBe('5 MB; a page holds at most 2 MB');
    expect(report.created).toBe(10);
    for (const [path, title] of [
      ['bom', 'With a mark'],
      ['cr', 'Lone'],
      ['utf16', 'Sixteen'],
      ['rule', 'Rule'],
      ['status', 'Status'],
      ['rules', 'Rules'],
      ['empty', 'Empty'],
      ['date', '2020-01-03'],
      ['number', '1.10'],
    ]) {
      expect((await read(`book/${path}`)).title).toBe(title);
    }
    expect((await read('book/number')).place.order).toBe('2');
    expect(await bodyOf('book/cr')).toBe('# Lone\n\ntwo\nthree\n');
  });

  test.each([
    ['_config.yml', 'exclude: [secret\n\t- x\n', /^_config\.yml cannot be read, so what it leaves out is not known\. It is not YAML/],
    ['mkdocs.yml', 'exclude_docs: &a [*a, *b]\n', /^mkdocs\.yml cannot be read/],
    ['mkdocs.yaml', Buffer.from('# caf\xe9\n', 'latin1'), /^mkdocs\.yaml cannot be read.*Not UTF-8/],
  ])('nothing is imported where %s cannot be read: what it leaves out may be nobody’s business', async (name, settings, words) => {
    const { state, error } = await kit.importFiles({ [name]: settings, 'secret/a.md': '# A\n' }, 'source=book&public=true');
    expect({ state, error }).toEqual({ state: 'failed', error: expect.stringMatching(words) });
    expect((await kit.client.ask('get', '/pages', { as: anEngineer })).body.items).toEqual([]);
  });

  test('a file that fails leaves its page as it was', async () => {
    await kit.importFiles({ 'a.md': '# A\n' });
    const { report } = await kit.importFiles({ 'a.md': '---\ntitle: [\n---\n' });
    expect(report).toMatchObject({ archived: 0, failed: [{ path: 'a.md' }] });
    expect((await read('book/a')).status).toBe('published');
  });

  test('a path that leaves the zip is refused, and so is what is no zip', async () => {
    const { report } = await kit.importFiles({ '../evil.md': '# Evil\n', '/abs.md': '# Evil\n', 'c:/x.md': '# Evil\n', 'ok.md': '# Ok\n' });
    expect(report.created).toBe(1);
    expect(report.failed.map(({ path }) => path).sort()).toEqual(['../evil.md', '/abs.md', 'c:/x.md']);
    const broken = await importZip(kit.client, Buffer.from('no zip at all'), 'source=book');
    expect(broken).toMatchObject({ state: 'failed', error: 'The upload is no zip file. Pack the folder as a zip, and upload that' });
    const wrong = await kit.client.ask('post', '/imports?source=a', {
      as: aManager,
      raw: Buffer.from('x'),
      headers: { 'content-type': 'text/plain' },
    });
    expect(wrong.status).toBe(400);
    expect((await kit.client.ask('post', '/imports?source=a%2Fb', { as: aManager, raw: Buffer.from('x') })).status).toBe(400);
  });
});

describe('where pages come from', () => {
  test('front matter decides who sees a page, its owners, tags and care', async () => {
    await kit.importFiles({
      'a.md':
        '---\ntitle: A\nvisibility: public\ntags: [x, y]\nowners: ["person:01JZZZZZZZZZZZZZZZZZZZZZZZ", Backend]\nreview_every_weeks: 26\nreviewed_at: 2026-05-18\nsearch_exclude: true\n---\n',
      'b.md': '---\ntitle: B\npublished: false\n---\n',
    });
    expect(await read('book/a')).toMatchObject({
      visibility: 'public',
      tags: ['x', 'y'],
      owners: [
        { type: 'person', id: '01JZZZZZZZZZZZZZZZZZZZZZZZ' },
        { type: 'team', id: 'Backend' },
      ],
      reviewEveryWeeks: 26,
      dueAt: '2026-11-16T00:00:00.000Z',
      searchExclude: true,
    });
    expect((await read('book/b')).status).toBe('draft');
    expect((await kit.client.ask('get', '/pages/find?path=book%2Fa')).body).toMatchObject({
      owners: [{ type: 'team', id: 'Backend' }],
      changedBy: '',
    });
  });

  test('a source is listed, and its removal removes its pages and names those edited here', async () => {
    await kit.importFiles({ 'a.md': '# A\n', 'b.md': '# B\n' }, 'source=sample&sample=true&into=handbook');
    await kit.importFiles({ 'c.md': '# C\n' }, 'source=mine');
    await edit('handbook/b', { body: '# B\n\nmine\n' });
    const list = await kit.client.ask('get', '/sources', { as: anEngineer });
    expect(list.body.items).toMatchObject([
      { key: 'mine', into: 'mine', pages: 1 },
      { key: 'sample', into: 'handbook', pages: 2 },
    ]);
    const answer = { removed: 2, editedHere: [{ path: 'handbook/b', title: 'B' }] };
    expect((await kit.client.ask('get', '/sources/sample', { as: anEngineer })).body).toEqual(answer);
    expect((await kit.client.ask('delete', '/sources/sample', { as: anEngineer })).status).toBe(403);
    expect((await kit.client.ask('delete', '/sources/sample', { as: aManager })).body).toEqual(answer);
    expect((await kit.client.ask('get', '/pages', { as: anEngineer })).body.items.map(({ path }: { path: string }) => path)).toEqual([
      'mine/c',
    ]);
    expect((await kit.importFiles({ 'a.md': '# A\n' }, 'source=sample&into=handbook')).report.created).toBe(1);
  });

  test('_config.yml: base address, collections, excluded files, defaults and permalinks', async () => {
    const { report } = await kit.importFiles({
      '_config.yml':
        'baseurl: /docs\nexclude: [drop, "*.tmp.md", README.md]\ncollections:\n  tips:\n    output: true\ndefaults:\n  - scope: { path: "open" }\n    values: { visibility: public }\n---\n',
      'README.md': '# Dropped\n',
      'index.md':
        '---\ntitle: Home\n---\n[a](/docs/far/away/) [b](/open/b) [c](/open/b.html) [t]({% link _tips/t.md %}) [w](x/README.md)\n',
      'open/b.md': '---\ntitle: B\npermalink: /far/away/\n---\n',
      '_tips/t.md': '---\ntitle: T\n---\n',
      'x/README.md': '# X\n',
      'drop/d.md': '# D\n',
      'e.tmp.md': '# E\n',
    });
    expect(report).toMatchObject({ created: 4, missing: [] });
    const { html } = await read('book');
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([
      '/p/book/open/b',
      '/p/book/open/b',
      '/p/book/open/b',
      '/p/book/tips/t',
      '/p/book/x',
    ]);
    expect((await read('book/open/b')).visibility).toBe('public');
  });
});
