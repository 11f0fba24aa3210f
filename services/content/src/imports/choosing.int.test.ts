import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ImportView, PageView, SourceVersion } from '@sidekick/contracts';
import { aManager, anEngineer, until } from '@sidekick/testing';
import { zipSync } from 'fflate';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await contentKit();
});
afterEach(() => kit.close());

const read = async (path: string): Promise<PageView> =>
  (await kit.client.ask('get', `/pages/find?path=${encodeURIComponent(path)}`, { as: anEngineer })).body;
const edit = async (path: string, body: string) => {
  const { id, version } = await read(path);
  return kit.client.ask('patch', `/pages/${id}`, { as: anEngineer, body: { body }, headers: { 'if-match': `"${version}"` } });
};
const zipped = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, body]) => [path, Buffer.from(body)])), { level: 1 });
const send = (files: Record<string, string>, query: string, as = anEngineer) =>
  kit.client.ask('post', `/imports?${query}`, { as, raw: zipped(files), headers: { 'content-type': 'application/zip' } });
const ended = (id: string) =>
  until('the import to end', async () => {
    const { body } = await kit.client.ask<ImportView>('get', `/imports/${id}`, { as: anEngineer });
    return body.endedAt === null ? null : body;
  });

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
  await edit('book/a', '# A\n\nhere\n');
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

test('a text of here that was chosen is not asked about again until the source changes again', async () => {
  await kit.importFiles({ 'a.md': '# A\n\none\n\nlast\n' });
  await edit('book/a', '# A\n\nhere\n\nlast\n');
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
  const many = Object.fromEntries(Array.from({ length: 160 }, (_, n) => [`p${n}.md`, `# Page ${n}\n\n[x](p${n + 1}.md)\n`]));
  const large = (await send(many, 'source=large', aManager)).body;
  const behind = (await send({ 'p0.md': '# Newest\n' }, 'source=large', aManager)).body;
  const small = (await send({ 'a.md': '# A\n' }, 'source=small')).body;
  expect((await ended(small.id)).report.created).toBe(1);
  const now: ImportView = (await kit.client.ask('get', `/imports/${large.id}`, { as: anEngineer })).body;
  expect(now.state).toBe('running');
  const [first, second] = [await ended(large.id), await ended(behind.id)];
  expect((await read('large/p0')).title).toBe('Newest');
  expect([first, second].map(({ startedAt, runsSince }) => runsSince !== null && startedAt <= runsSince)).toEqual([true, true]);
  expect(Date.parse(second.runsSince ?? '')).toBeGreaterThanOrEqual(Date.parse(first.endedAt ?? ''));
});
