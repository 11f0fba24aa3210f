import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildTree, type TreePage } from './tree.ts';

const page = (id: string, path: string, more: Partial<TreePage & TreePage['place']> = {}): TreePage => ({
  id,
  path,
  title: more.title ?? id,
  under: more.under ?? null,
  place: { parent: more.parent ?? null, order: more.order ?? null, exclude: more.exclude ?? false },
});
const treeOf = (pages: TreePage[], hidden: TreePage[] = []) => buildTree(pages, new Map([...pages, ...hidden].map((one) => [one.id, one])));
interface Shape {
  title: string;
  children: Shape[];
}
const shape = (nodes: readonly Shape[]): string =>
  nodes.map(({ title, children }) => (children.length > 0 ? `${title}(${shape(children)})` : title)).join(' ');

describe('the tree', () => {
  test('follows folders where no parent is named; a folder without a page is a node', () => {
    const tree = treeOf([page('B', 'x/b'), page('A', 'x/y-z/a'), page('Top', 'top')]);
    expect(shape(tree.roots)).toBe('Top X(B Y z(A))');
    expect(tree.hasFolder('x/y-z')).toBe(true);
    expect(tree.above('A')).toEqual([
      { id: null, path: 'x', title: 'X' },
      { id: null, path: 'x/y-z', title: 'Y z' },
    ]);
  });

  test('is the same in whatever order its pages are given, its own last order too', () => {
    const somePages = fc.array(
      fc.record({
        path: fc.constantFrom('a', 'b', 'a/b', 'a/c', 'a/b/c', 'd/e', 'd/f', 'd'),
        title: fc.constantFrom('One', 'two', 'Three', '10', '9'),
        order: fc.option(fc.integer({ min: 0, max: 3 })),
        parent: fc.option(fc.constantFrom('a', 'b', 'a/b', 'a/c', 'd/e', 'd')),
        exclude: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(somePages, fc.infiniteStream(fc.integer({ min: 0, max: 1000 })), (given, numbers) => {
        const pages = [
          ...new Map(given.map(({ path, ...more }) => [path, page(path, path, { ...more, order: more.order ?? null })])).values(),
        ];
        const shuffled = pages.map((one) => [numbers.next().value as number, one] as const).sort(([a], [b]) => a - b);
        const tree = treeOf(pages);
        const other = treeOf(shuffled.map(([, one]) => one));
        expect(other.roots).toEqual(tree.roots);
        const byId = new Map(pages.map((one) => [one.id, one]));
        expect(treeOf([...new Set([...tree.order, ...byId.keys()])].flatMap((id) => byId.get(id) ?? [])).roots).toEqual(tree.roots);
        for (const { id } of pages) {
          expect(other.above(id)).toEqual(tree.above(id));
          expect(other.childrenOf(id)).toEqual(tree.childrenOf(id));
          expect(other.around(id)).toEqual(tree.around(id));
        }
      }),
    );
  });

  test('puts a page below its parent, whatever its path', () => {
    const tree = treeOf([page('A', 'q/a'), page('B', 'z/b', { parent: 'A' })]);
    expect(shape(tree.roots)).toBe('Q(A(B))');
    expect(tree.above('B').map(({ path }) => path)).toEqual(['q', 'q/a']);
  });

  test('begins again at the top below 256 levels, so that a chain of thousands is read as fast as a list', () => {
    const began = process.cpuUsage();
    const chain = Array.from({ length: 10_000 }, (_, at) => page(`p${at}`, `p${at}`, { parent: at === 0 ? null : `p${at - 1}` }));
    const tree = treeOf(chain);
    expect(tree.above('p255')).toHaveLength(255);
    expect(tree.above('p256')).toEqual([]);
    expect(Math.max(...chain.map(({ id }) => tree.above(id).length))).toBe(255);
    expect(tree.roots).toHaveLength(40);
    expect(JSON.stringify(tree.roots)).toContain('"p9999"');
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(10_000);
  });

  test('opens a circle at the page whose path comes first, and leaves the rest of it together', () => {
    const pages = [
      page('C', 'c', { parent: 'B' }),
      page('A', 'a', { parent: 'C' }),
      page('B', 'b', { parent: 'A' }),
      page('D', 'd', { parent: 'B' }),
    ];
    for (const given of [pages, pages.toReversed()]) expect(shape(treeOf(given).roots)).toBe('A(B(C D))');
  });

  test('climbs past a page the reader may not see', () => {
    const secret = page('S', 's', { parent: 'T' });
    expect(shape(treeOf([page('T', 't'), page('B', 'b', { parent: 'S' })], [secret]).roots)).toBe('T(B)');
  });

  test('orders numbers before words, and by title where no order is given', () => {
    const pages = [
      page('b', '1'),
      page('A', '2'),
      page('c', '3', { order: 10 }),
      page('d', '4', { order: 2 }),
      page('e', '5', { order: 'a1' }),
      page('Z', '6', { order: 2 }),
    ];
    expect(shape(treeOf(pages).roots)).toBe('d Z c A e b');
  });

  test('a page kept out of the tree hands its children up, and still knows them', () => {
    const tree = treeOf([page('A', 'a', { exclude: true }), page('B', 'b', { parent: 'A' })]);
    expect(shape(tree.roots)).toBe('B');
    expect(tree.childrenOf('A')).toHaveLength(1);
  });

  test('reads in the order of the tree', () => {
    const tree = treeOf([page('A', 'a'), page('B', 'a/b'), page('C', 'c')]);
    expect(tree.around('B')).toEqual({ previous: { id: 'A', path: 'a', title: 'A' }, next: { id: 'C', path: 'c', title: 'C' } });
    expect(tree.around('A').previous).toBeNull();
  });

  test('holds every page once, whatever parents say, circles included', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const parent = fc.option(fc.constantFrom(...ids, 'gone'), { nil: null });
    const paths = fc.constantFrom('', 'x/', 'x/y/');
    fc.assert(
      fc.property(fc.tuple(...ids.map(() => fc.record({ parent, folder: paths, under: fc.option(paths, { nil: null }) }))), (drawn) => {
        const pages = drawn.map(({ parent, folder, under }, index) =>
          page(ids[index] ?? '', `${folder}${index % 2 ? ids[index] : 'x'}${index}`, { parent, under: under?.replace(/\/$/, '') ?? null }),
        );
        const seen: string[] = [];
        const walk = (nodes: { id: string | null; children: never[] }[]): void => {
          for (const node of nodes) {
            if (node.id) seen.push(node.id);
            walk(node.children);
          }
        };
        walk(treeOf(pages).roots as never);
        expect(seen.sort()).toEqual(ids);
      }),
    );
  });
});
