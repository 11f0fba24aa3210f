import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { ImportView, PageView, SourceVersion } from '@sidekick/contracts';
import { aManager, anEngineer, until } from '@sidekick/testing';
import { zipSync } from 'fflate';
import { kitForEach, pagesByPath } from '../testing/pages.test.helper.ts';

/** What imports wait for before they keep a file. */
let beforeFile = async (): Promise<void> => {};
let release = (): void => {};
afterEach(() => release());
const kit = kitForEach({ beforeFile: () => beforeFile() });
const { read, edit } = pagesByPath(kit);

/** Holds imports at the first file that they take, until `release`; answers when one is there. */
function holdFiles(): Promise<void> {
  const released = new Promise<void>((resolve) => {
    release = () => {
      beforeFile = async () => {};
      resolve();
    };
  });
  return new Promise((resolve) => {
    beforeFile = () => {
      resolve();
      return released;
    };
  });
}

const zipped = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, body]) => [path, Buffer.from(body)])), { level: 1 });
const send = (files: Record<string, string>, query: string, as = anEngineer) =>
  kit.client.ask('post', `/imports?${query}`, { as, raw: zipped(files), headers: { 'content-type': 'application/zip' } });
const ended = (id: string) =>
  until(
    'the import to end',
    async () => {
      const { body } = await kit.client.ask<ImportView>('get', `/imports/${id}`, { as: anEngineer });
      return body.endedAt === null ? null : body;
    },
    240,
  );

test('archiving by an import asks the right of removing the source: an engineer leaves what is gone to a manager', async () => {
  await kit.importFiles({ 'a.md': '# A\n', 'b.md': '# B\n' });
  const refused = await send({ 'a.md': '# A\n' }, 'source=book&archive=true');
  expect([refused.status, refused.body.type]).toEqual([403, 'urn:sidekick:problem:no-archiving']);
  const { body } = await send({ 'a.md': '# A\n' }, 'source=book');
  expect((await ended(body.id)).report).toMatchObject({ archived: 0, waitingToArchive: ['b.md'] });
  expect((await read('book/b')).status).toBe('published');
  expect((await kit.importFiles({ 'a.md': '# A\n' })).report).toMatchObject({ archived: 1, waitingToArchive: [] });
});

test('of a page kept as edited here the version of the source is kept once, shown beside, and taken', async () => {
  await kit.importFiles({ 'a.md': '# A\n\none\n', 'b.md': '# B\n' });
  await edit('book/a', { body: '# A\n\nhere\n' });
  const { id, version } = await read('book/a');
  const path = `/pages/${id}/source-version`;
  for (let n = 0; n < 2; n++) {
    const { report } = await kit.importFiles({ 'a.md': '# A\n\n[there](b.md)\n', 'b.md': '# B\n' });
    expect(report).toMatchObject({ kept: [{ path: 'a.md' }], sourceVersions: [{ path: 'a.md', page: id, title: 'A' }] });
  }
  expect((await kit.client.ask('get', `/pages/${id}/revisions`, { as: anEngineer })).body.items).toHaveLength(3);
  const both: SourceVersion = (await kit.client.ask('get', path, { as: anEngineer })).body;
  expect(both).toMatchObject({ version, file: 'a.md', here: { body: '# A\n\nhere\n' }, theirs: { body: '# A\n\n[there](b.md)\n' } });
  expect((await kit.client.ask('get', path)).status).toBe(401);

  const take = (choice: string, of: number) =>
    kit.client.ask('post', path, { as: anEngineer, body: { take: choice }, headers: { 'if-match': `"${of}"` } });
  expect((await take('source', version - 1)).status).toBe(412);
  expect((await take('source', version)).body.html).toContain('href="/p/book/b"');
  expect((await take('source', version + 1)).status).toBe(404);
  const again = await kit.importFiles({ 'a.md': '# A\n\nthird\n', 'b.md': '# B\n' });
  expect(again.report).toMatchObject({ updated: 1, kept: [], sourceVersions: [] });
});

test('a choice, or the deletion of a page, while an import runs is no failure of the import', async () => {
  const files = (text: string) => ({ 'a.md': `# A\n\n${text}\n`, 'b.md': `# B\n\n${text}\n`, 'c.md': `# C\n\n${text}\n` });
  await kit.importFiles(files('one'));
  for (const name of ['a', 'b', 'c']) await edit(`book/${name}`, { body: `# Here\n\nhere\n` });
  await kit.importFiles(files('two'));
  const reached = holdFiles();
  const { body: run } = await send(
    { '0.md': '![x](x.png)\n', 'x.png': 'x', ...files('three'), 'b.md': files('two')['b.md'] },
    'source=book',
  );
  await reached;
  const pages = await Promise.all(['a', 'b', 'c'].map((name) => read(`book/${name}`)));
  const [a, b] = pages;
  for (const { id, version } of [a, b] as PageView[]) {
    const choice = { as: anEngineer, body: { take: 'here' }, headers: { 'if-match': `"${version}"` } };
    expect((await kit.client.ask('post', `/pages/${id}/source-version`, choice)).status).toBe(200);
  }
  const removal = { as: anEngineer, headers: { 'if-match': `"${pages[2]?.version}"` } };
  expect((await kit.client.ask('delete', `/pages/${pages[2]?.id}`, removal)).status).toBe(204);
  release();
  const { state, report } = await ended(run.id);
  expect({ state, told: report.sourceVersions.map(({ path }) => path) }).toEqual({ state: 'done', told: ['a.md'] });
  const { body } = await kit.client.ask<SourceVersion>('get', `/pages/${a?.id}/source-version`, { as: anEngineer });
  expect(body.theirs.body).toBe('# A\n\nthree\n');
});

test('a picture of the source that is gone is missing in the text that is taken, and there again with the next import', async () => {
  const changed = { 'a.md': '# A\n\n![x](x.png)\n', 'x.png': 'picture' };
  await kit.importFiles({ 'a.md': '# A\n\none\n' });
  await edit('book/a', { body: '# A\n\nhere\n' });
  await kit.importFiles(changed);
  const { id, version } = await read('book/a');
  rmSync(join(kit.folder, 'blobs'), { recursive: true });
  const choice = { as: anEngineer, body: { take: 'source' }, headers: { 'if-match': `"${version}"` } };
  const taken = await kit.client.ask<PageView>('post', `/pages/${id}/source-version`, choice);
  expect([taken.status, taken.body.html]).toEqual([200, expect.stringContaining('data-missing')]);
  expect((await kit.importFiles(changed)).report).toMatchObject({ updated: 1, kept: [] });
  expect((await read('book/a')).html).toContain('/x.png"');
});

test('a text of here that was chosen is not asked about again until the source changes again', async () => {
  await kit.importFiles({ 'a.md': '# A\n\none\n\nlast\n' });
  await edit('book/a', { body: '# A\n\nhere\n\nlast\n' });
  await kit.importFiles({ 'a.md': '# A\n\nthere\n\nlast\n' });
  const { id, version } = await read('book/a');
  const choice = { as: anEngineer, body: { take: 'here' }, headers: { 'if-match': `"${version}"` } };
  expect((await kit.client.ask('post', `/pages/${id}/source-version`, choice)).status).toBe(200);
  expect((await kit.importFiles({ 'a.md': '# A\n\nthere\n\nlast\n' })).report).toMatchObject({ unchanged: 1, kept: [] });
  const { report } = await kit.importFiles({ 'a.md': '# A\n\nthere\n\nlast, changed\n' });
  expect(report).toMatchObject({ merged: 1, kept: [] });
  expect((await read('book/a')).html).toMatch(/here[\s\S]*last, changed/);
});

test('a small import ends while a large one runs; those of one source keep their order; waiting is told apart from running', async () => {
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`p${n}.md`, `# Page ${n}\n\n![x](x.png)\n`]));
  const reached = holdFiles();
  const large = (await send({ ...many, 'x.png': 'picture' }, 'source=large', aManager)).body;
  await reached;
  const behind = (await send({ 'p0.md': '# Newest\n' }, 'source=large', aManager)).body;
  const small = (await send({ 'a.md': '# A\n' }, 'source=small')).body;
  expect((await ended(small.id)).report.created).toBe(1);
  const now: ImportView = (await kit.client.ask('get', `/imports/${large.id}`, { as: anEngineer })).body;
  expect(now.state).toBe('running');
  release();
  const [first, second] = [await ended(large.id), await ended(behind.id)];
  expect((await read('large/p0')).title).toBe('Newest');
  expect([first, second].map(({ startedAt, runsSince }) => runsSince !== null && startedAt <= runsSince)).toEqual([true, true]);
  expect(Date.parse(second.runsSince ?? '')).toBeGreaterThanOrEqual(Date.parse(first.endedAt ?? ''));
}, 300_000);
