import { expect, test } from '@jest/globals';
import { kitForEach, pagesByPath } from '../../testing/pages.test.helper.ts';

const kit = kitForEach();
const { read } = pagesByPath(kit);

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
