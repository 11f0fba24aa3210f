import { type TreeAnswer, type TreeNodeView, treeLevel } from '@sidekick/contracts';

/** A whole tree with ways to look into it. */
export interface Branches {
  /** The levels on the way to a path, each around the node on it, and the one below; for a path that is not there the top alone. */
  at(path: string): TreeAnswer;
  /** Children of a node from a place on; null where there is no such node. Named by id, a folder by its path, the top by nothing. */
  below(key: string, from: number): TreeAnswer | null;
}

interface Place {
  node: TreeNodeView;
  parent: Place | null;
  /** Among its siblings. */
  index: number;
}

const keyOf = ({ id, path }: TreeNodeView): string => id ?? path;
const crumbOf = ({ id, path, title }: TreeNodeView) => ({ id, path, title });
const wayTo = (place: Place | null): Place[] => (place ? [...wayTo(place.parent), place] : []);

export function branchesOf(roots: readonly TreeNodeView[]): Branches {
  const byKey = new Map<string, Place>();
  const byPath = new Map<string, Place>();
  const visit = (nodes: readonly TreeNodeView[], parent: Place | null): void => {
    for (const [index, node] of nodes.entries()) {
      const place = { node, parent, index };
      byKey.set(keyOf(node), place);
      byPath.set(node.path, place);
      visit(node.children, place);
    }
  };
  visit(roots, null);
  return {
    at: (path) => {
      const way = wayTo(byPath.get(path) ?? null);
      return { ...level(roots, way), way: way.map(({ node }) => crumbOf(node)) };
    },
    below: (key, from) => {
      const place = byKey.get(key) ?? null;
      if (!place && key !== '') return null;
      const nodes = place ? place.node.children : roots;
      const items = nodes.slice(from, from + treeLevel).map(closed);
      return { items, from, total: nodes.length, way: wayTo(place).map(({ node }) => crumbOf(node)) };
    },
  };
}

const closed = (node: TreeNodeView): TreeNodeView => ({ ...crumbOf(node), children: [], total: node.children.length });

/** As much of a level as is sent at once, with the node that the way goes through open. A page without any below it is the same at its end as beside it. */
function level(nodes: readonly TreeNodeView[], [next, ...rest]: readonly Place[]): Pick<TreeAnswer, 'items' | 'from' | 'total'> {
  const middle = (next?.index ?? 0) - treeLevel / 2;
  const from = Math.max(0, Math.min(middle, nodes.length - treeLevel));
  const items = nodes.slice(from, from + treeLevel).map((node) => {
    if (node !== next?.node || node.children.length === 0) return closed(node);
    const { items: children, ...size } = level(node.children, rest);
    return { ...crumbOf(node), children, ...size };
  });
  return { items, from, total: nodes.length };
}
