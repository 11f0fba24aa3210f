import { expect, test } from '@jest/globals';
import type { TreeAnswer, TreeNodeView } from '@sidekick/contracts';
import { screen, waitFor } from '@testing-library/react';
import { type ComponentProps, useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { fakePortal } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { useTree } from './queries.ts';
import { Tree } from './tree.tsx';
import type { Level } from './tree-rows.tsx';

const node = (path: string, children: TreeNodeView[] = []): TreeNodeView => ({
  id: null,
  path,
  title: path,
  children,
  total: children.length,
});
const items = () => [node('data', [node('data/pools'), node('data/steps')]), node('hiring', [node('hiring/trial')])];

/** The same nodes, telling which of their rows are drawn: none is without its title. */
const telling = (nodes: readonly TreeNodeView[], drawn: Set<string>): TreeNodeView[] =>
  nodes.map(({ title, children, ...rest }) => ({
    ...rest,
    children: telling(children, drawn),
    get title() {
      drawn.add(rest.path);
      return title;
    },
  }));

type Visit = Pick<ComponentProps<typeof Tree>, 'path' | 'coming'>;

/** A tree at one visit after the other. */
function Visits({ level, visits }: { level: Level; visits: readonly Visit[] }) {
  const [at, setAt] = useState(0);
  return (
    <>
      <button type="button" onClick={() => setAt(at + 1)}>
        On
      </button>
      <Tree level={level} path={visits[at]?.path ?? ''} coming={visits[at]?.coming ?? false} />
    </>
  );
}

/** Takes down what each drawing has of the tree around the address. */
function Seen({ seen }: { seen: (TreeAnswer | undefined)[] }) {
  const path = useParams()['*'] ?? '';
  const tree = useTree(path);
  seen.push(tree.data);
  return (
    <>
      <Link to="/p/data/steps">Steps</Link>
      {tree.isPlaceholderData || !tree.data ? 'on its way' : `around ${path}`}
    </>
  );
}

test('another page draws the rows that lead to it and to the one before; the answer that brings the same draws none', async () => {
  const drawn = new Set<string>();
  const level = { items: telling(items(), drawn) };
  const visits = [
    { path: 'data/pools', coming: false },
    { path: 'data/steps', coming: true },
    { path: 'data/steps', coming: false },
  ];
  const { user } = renderRoutes([{ path: '/', element: <Visits level={level} visits={visits} /> }], '/');
  await user.click(screen.getByRole('button', { name: 'Open hiring' }));
  expect(screen.getByRole('link', { name: 'hiring/trial' })).toBeTruthy();
  drawn.clear();
  await user.click(screen.getByRole('button', { name: 'On' }));
  expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('data/steps');
  expect([...drawn].sort()).toEqual(['data', 'data/pools', 'data/steps']);
  drawn.clear();
  await user.click(screen.getByRole('button', { name: 'On' }));
  expect([...drawn]).toEqual([]);
});

test('the tree around the next page is the object it was, where only the way to it is another', async () => {
  const seen: (TreeAnswer | undefined)[] = [];
  fakePortal({ 'GET /tree': ({ query }) => ({ body: { items: items(), way: [{ id: null, path: query.get('at'), title: 'The page' }] } }) });
  const { user } = renderRoutes([{ path: '/p/*', element: <Seen seen={seen} /> }], '/p/data/pools');
  await screen.findByText(/around data.pools/);
  await user.click(screen.getByRole('link', { name: 'Steps' }));
  await waitFor(() => expect(screen.getByText(/around data.steps/)).toBeTruthy());
  expect(seen.at(-1)?.items).toHaveLength(2);
  expect(new Set(seen.filter((tree) => tree !== undefined)).size).toBe(1);
});
