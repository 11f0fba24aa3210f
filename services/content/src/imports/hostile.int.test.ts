import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type PageSummary, unseen } from '@sidekick/contracts';
import { aManager, anEngineer } from '@sidekick/testing';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await contentKit();
});
afterEach(() => kit.close());

const pathsNow = async (): Promise<string[]> =>
  (await kit.client.ask('get', '/pages?limit=200', { as: anEngineer })).body.items.map(({ path }: PageSummary) => path);

test('names that no address can hold become names that one can, whatever the length of the path above', async () => {
  const parts = (part: string, count: number) => Array(count).fill(part).join('/');
  const names = [
    'a\u202eb.md',
    'z\u200bw.md',
    '\u2800/\u00ad.md',
    ' ../up.md',
    ' ..md',
    'x/ .. /y.md',
    'a\nb.md',
    'c\u2028d.md',
    'q?x#y.md',
    'e\\..\\f.md',
    `${'l'.repeat(500)}.md`,
  ];
  const files = [...names, `${parts('d', 300)}.md`, `${parts('d', 300)}/e.md`, `${'👋'.repeat(250)}.md`, 'constructor/index.md'];
  const into = `into=${'i'.repeat(200)}`;
  const { state, report } = await kit.importFiles(Object.fromEntries(files.map((file) => [file, '# Page\n'])), `source=book&${into}`);
  expect({ state, failed: report.failed.map(({ path }) => path) }).toEqual({ state: 'done', failed: ['e/../f.md'] });
  const paths = await pathsNow();
  expect(new Set(paths).size).toBe(files.length - 1);
  expect(paths).toEqual(expect.arrayContaining([`${'i'.repeat(200)}/ab`, `${'i'.repeat(200)}/zw`, `${'i'.repeat(200)}/-/-`]));
  expect(paths.filter((path) => path.length > 400 || unseen.test(path) || /\p{Surrogate}|(?:^|\/)\.{0,2}(?:\/|$)/u.test(path))).toEqual([]);
});

test('front matter of any kind is taken as far as it can be, and a run never stops at it', async () => {
  const files = {
    'order.md': '---\nnav_order: 1e999\n---\n# Order\n',
    'review.md': '---\nreview_every_weeks: 520\nreviewed_at: 9999-12-31\n---\n# Review\n',
    'title.md': `---\ntitle: "${'x'.repeat(299)}👋"\ntags: ["${'t'.repeat(59)}👋", "   "]\n---\n`,
    'words.md': '---\n__proto__: x\nconstructor: y\ntitle: __proto__\n---\n',
    'deep.md': `---\na: ${'['.repeat(20_000)}\n---\n# Deep\n`,
    '_config.yml': `exclude: ["${'*a'.repeat(30)}b", "+(a|aa|aaa)+(a|aa)b", "{1..100000000}"]\ncollections: 5\ndefaults: [1, {scope: 3}]\n`,
    [`${'a'.repeat(200)}.md`]: '# Many\n',
  };
  const { state, report } = await kit.importFiles(files);
  expect(state).toBe('done');
  expect(report).toMatchObject({ created: 5, failed: [{ path: 'deep.md' }] });
  expect((await kit.importFiles(files)).report).toMatchObject({ updated: 0, created: 0, unchanged: 5 });
  for (const path of await pathsNow()) {
    const { status, body } = await kit.client.ask('get', `/pages/find?path=${encodeURIComponent(path)}`, { as: anEngineer });
    expect({ path, status, due: body.dueAt ?? '' }).toMatchObject({ status: 200, due: expect.not.stringMatching(/^\+/) });
  }
});

test('a path is one page in either form of Unicode, and holds no control characters', async () => {
  const add = (path: string) => kit.client.ask('post', '/pages', { as: aManager, body: { path, title: 'Page', body: 'text' } });
  expect((await add('cafe\u0301')).body.path).toBe('caf\u00e9');
  expect((await add('caf\u00e9')).status).toBe(409);
  expect((await kit.client.ask('get', '/pages/find?path=cafe%CC%81', { as: anEngineer })).status).toBe(200);
  for (const path of ['a\n/../b', 'a\u2028/../b', 'a\tb', 'a/../b', '/a', 'a//b']) expect((await add(path)).status).toBe(400);
});

test('titles, tags and owners of a source hold nothing that cannot be seen', async () => {
  await kit.importFiles({
    'a.md': '---\ntitle: "Leave \u202efdp.exe"\ntags: ["x\u200by", "\u2800"]\nowners: ["team:O\u202eps", "team:\u200b"]\n---\n',
    'b.md': '# In \u202eheading\n',
    'c\u202ed.md': 'words\n',
    'e.md': '---\ntitle: "\u200b"\n---\nwords\n',
  });
  const { items } = (await kit.client.ask('get', '/pages?limit=200', { as: anEngineer })).body;
  expect(items.map(({ title }: PageSummary) => title).sort()).toEqual(['Cd', 'E', 'In heading', 'Leave fdp.exe']);
  expect(items.flatMap(({ tags }: PageSummary) => tags)).toEqual(['xy']);
  expect(items.flatMap(({ owners }: PageSummary) => owners)).toEqual([{ type: 'team', id: 'Ops' }]);
});
