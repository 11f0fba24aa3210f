import { describe, expect, test } from '@jest/globals';
import { TreeAnswer, type TreeNodeView, treeLevel } from '@sidekick/contracts';
import { branchesOf } from './branch.ts';

const node = (path: string, children: TreeNodeView[] = []): TreeNodeView => ({ id: null, path, title: path.toUpperCase(), children });
const many = (count: number, prefix: string) => Array.from({ length: count }, (_, n) => node(`${prefix}${n}`));
const paths = (nodes: readonly TreeNodeView[]) => nodes.map(({ path }) => path);

const tree = branchesOf([node('a', [node('a/b', [node('a/b/c')]), node('a/d', many(3, 'a/d/'))]), node('e', many(450, 'e/'))]);

describe('a branch of the tree', () => {
  test('opens the way to a page, its own level below, and nothing else', () => {
    const { items, way, total } = TreeAnswer.parse(tree.at('a/b'));
    expect([paths(items), total, way?.map(({ path }) => path)]).toEqual([['a', 'e'], 2, ['a', 'a/b']]);
    const [a, e] = items;
    expect(e).toMatchObject({ children: [], total: 450 });
    expect(a?.children.map(({ path, total, children }) => [path, total, children.length])).toEqual([
      ['a/b', 1, 1],
      ['a/d', 3, 0],
    ]);
  });
  test('is the same around pages side by side, but for the way', () => {
    const [one, other] = ['e/3', 'e/4'].map((path) => tree.at(path));
    expect(one?.items).toEqual(other?.items);
  });
  test('of a path that is not there is the top', () => {
    expect(tree.at('nowhere')).toEqual({
      items: [expect.objectContaining({ path: 'a', children: [] }), expect.anything()],
      from: 0,
      total: 2,
      way: [],
    });
  });
  test('sends of a long level what stands around the way, and the rest from where it is asked', () => {
    const [, e] = tree.at('e/300').items;
    expect([e?.from, e?.total, e?.children.length]).toEqual([200, 450, treeLevel]);
    expect(paths(e?.children ?? [])).toContain('e/300');
    expect(tree.at('e/449').items[1]).toMatchObject({ from: 250, total: 450 });
    const rest = tree.below('e', 400);
    expect([paths(rest?.items ?? []).at(0), rest?.items.length, rest?.total, rest?.way?.map(({ path }) => path)]).toEqual([
      'e/400',
      50,
      450,
      ['e'],
    ]);
    expect(tree.below('x', 0)).toBeNull();
  });
});
