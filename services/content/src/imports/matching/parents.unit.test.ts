import { describe, expect, test } from '@jest/globals';
import { findParents } from './parents.ts';

const page = (file: string, title: string, above: { parent?: string; grandParent?: string; ancestor?: string } = {}) => ({
  id: file,
  file,
  title,
  meta: { parent: null, grandParent: null, ancestor: null, ...above },
});

describe('a parent whose title is there once as written, and once in another case', () => {
  const groups = [
    page('a/index.md', 'Group A'),
    page('b/index.md', 'Group B'),
    page('a/rec.md', 'Recurrent Activities', { parent: 'Group A' }),
    page('b/rec.md', 'Recurrent activities', { parent: 'Group B' }),
  ];
  const parentOf = async (file: string, above: { grandParent?: string; ancestor?: string }) => {
    const pages = [...groups, page(file, 'Standup', { parent: 'Recurrent activities', ...above })];
    return (await findParents(pages, async () => {})).get(file);
  };

  test.each([
    ['the grand parent decides', 'c/x.md', { grandParent: 'Group A' }, 'a/rec.md'],
    ['its case is of no matter', 'c/x.md', { grandParent: 'group b' }, 'b/rec.md'],
    ['the ancestor decides', 'b/x.md', { ancestor: 'Group A' }, 'a/rec.md'],
    ['neither of them is below what is said: the folder decides', 'a/x.md', { grandParent: 'Nowhere' }, 'a/rec.md'],
    ['nothing is said: the one as written', 'a/x.md', {}, 'b/rec.md'],
  ])('%s', async (_, file, above, wanted) => expect(await parentOf(file, above)).toBe(wanted));
});
