import { PageView, TreeAnswer, type TreeNodeView } from '@sidekick/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ApiProblem, ask } from '../../api/ask.ts';
import { belowKey, pageKey, treeKey } from './keys.ts';

/** Without the way, which each path has of its own: where the rest is as before, `select` makes it the same object. */
const levelOf = ({ way: _way, ...level }: TreeAnswer): TreeAnswer => level;

/** The tree as far as the way to a path opens it; the one before stands until it is there. */
export const useTree = (path: string) =>
  useQuery({
    queryKey: treeKey(path),
    queryFn: ({ signal }) => ask(TreeAnswer, '/tree', { query: { at: path }, signal }),
    placeholderData: keepPreviousData,
    select: levelOf,
  });

/** Nodes below one, from a place on: those of a branch that the reader opens, or the rest of a long level. */
export const useBelow = (node: string, from: number, enabled = true) =>
  useQuery({
    enabled,
    queryKey: belowKey(node, from),
    queryFn: ({ signal }) => ask(TreeAnswer, '/tree', { query: { below: node, from }, signal }),
  });

/** The page at a path or an old path of it; null where this reader sees none. */
export const usePage = (path: string, enabled = true) =>
  useQuery({
    enabled,
    queryKey: pageKey(path),
    queryFn: async ({ signal }) => {
      try {
        return await ask(PageView, '/pages/find', { query: { path }, signal });
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
  });

/** Addresses of pages keep their slashes. */
export const hrefOf = (path: string, anchor = ''): string =>
  `/p/${path.split('/').map(encodeURIComponent).join('/')}${anchor === '' ? '' : `#${encodeURIComponent(anchor)}`}`;

/** The node at a path, or undefined. */
export function nodeAt(nodes: readonly TreeNodeView[], path: string): TreeNodeView | undefined {
  for (const node of nodes) {
    if (node.path === path) return node;
    const below = nodeAt(node.children, path);
    if (below) return below;
  }
  return undefined;
}

/** The nodes from the root to the node at a path, or none. */
export function chainTo(nodes: readonly TreeNodeView[], path: string): TreeNodeView[] {
  for (const node of nodes) {
    if (node.path === path) return [node];
    const below = chainTo(node.children, path);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}
