import { expect, test } from '@jest/globals';
import { kitForEach, pagesByPath } from '../testing/pages.test.helper.ts';

const kit = kitForEach();
const { read, edit } = pagesByPath(kit);

const file = (title: string, parent?: string) => `---\ntitle: ${title}\n${parent ? `parent: ${parent}\n` : ''}---\nText\n`;
const putBelow = async (path: string, above: string) => {
  const place = { parent: (await read(above)).id, order: null, exclude: false };
  expect((await edit(path, { place })).status).toBe(200);
};
/** Titles of the page's stored parents, and of theirs, until one is met again. */
async function above(path: string): Promise<string[]> {
  const titles: string[] = [];
  for (let page = await read(path); page.place.parent !== null && !titles.includes(page.title); ) {
    titles.push(page.title);
    page = (await kit.client.ask('get', `/pages/${page.place.parent}`)).body;
  }
  return titles;
}

test('a source whose pages name each other as parents leaves the first of them without, and says so each time', async () => {
  const files = { 'c.md': file('C', 'A'), 'b.md': file('B', 'C'), 'a.md': file('A', 'B'), 'd.md': file('D', 'A') };
  const reason = 'Its parent was not taken: “B” stands below “A” itself, by way of “C”';
  const { report } = await kit.importFiles(files, 'source=book&public=true');
  expect(report).toMatchObject({ created: 4, failed: [], leftOut: [{ path: 'a.md', reason }] });
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((name) => above(`book/${name}`)))).toEqual([[], ['B', 'C'], ['C'], ['D']]);
  const again = await kit.importFiles(files, 'source=book&public=true');
  expect(again.report).toMatchObject({ unchanged: 4, updated: 0, leftOut: [{ path: 'a.md', reason }] });
});

test('a parent that was set here stays, and the one of the source that would meet it is not taken until it may be', async () => {
  await kit.importFiles({ 'a.md': file('A'), 'b.md': file('B') }, 'source=book&public=true');
  await putBelow('book/a', 'book/b');
  const files = { 'a.md': file('A'), 'b.md': file('B', 'A') };
  const { report } = await kit.importFiles(files, 'source=book&public=true');
  expect(report.leftOut).toEqual([{ path: 'b.md', reason: 'Its parent was not taken: “A” stands below “B” itself' }]);
  expect([await above('book/a'), await above('book/b')]).toEqual([['A'], []]);
  expect((await edit('book/a', { place: { parent: null, order: null, exclude: false } })).status).toBe(200);
  expect((await kit.importFiles(files, 'source=book&public=true')).report.leftOut).toEqual([]);
  expect([await above('book/a'), await above('book/b')]).toEqual([[], ['B']]);
});

test('pages of two sources that were put below each other here make no circle with what one of them says next', async () => {
  await kit.importFiles({ 'a.md': file('A'), 'c.md': file('C') }, 'source=one&public=true');
  await kit.importFiles({ 'b.md': file('B') }, 'source=two&public=true');
  await putBelow('one/c', 'two/b');
  await putBelow('two/b', 'one/a');
  const { report } = await kit.importFiles({ 'a.md': file('A', 'C'), 'c.md': file('C') }, 'source=one&public=true');
  expect(report.leftOut).toEqual([{ path: 'a.md', reason: 'Its parent was not taken: “C” stands below “A” itself, by way of “B”' }]);
  expect([await above('one/a'), await above('one/c')]).toEqual([[], ['C', 'B']]);
});
