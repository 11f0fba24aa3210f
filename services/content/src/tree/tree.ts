import type { Crumb, PageMeta, PageView, TreeNodeView } from '@sidekick/contracts';
import { wordsOfName } from '../text/words.ts';

/** What the tree needs to know of a page. */
export interface TreePage {
  id: string;
  path: string;
  title: string;
  place: PageMeta['place'];
  under: string | null;
}

/** The tree as one audience sees it. */
export interface Tree {
  readonly roots: TreeNodeView[];
  /**
   * Ids of pages as they stand one after the other, as far as that is known without sorting: pages that are given to the next
   * tree in this order are sorted much sooner.
   */
  readonly order: readonly string[];
  /** What stands above a page, root first. */
  above(id: string): PageView['breadcrumb'];
  childrenOf(id: string): Crumb[];
  /** Neighbours in reading order. */
  around(id: string): { previous: Crumb | null; next: Crumb | null };
  /** Whether a folder without a page of its own shows in the tree. */
  hasFolder(path: string): boolean;
}

interface Node {
  page: TreePage | null;
  path: string;
  parent: Node | null;
  /** All that stand below it, and those that the tree shows there. */
  below: Node[];
  children: Node[];
  shown: boolean;
}

/**
 * Builds the tree of the pages given. A page stands below its parent; where that is not among them, below the nearest
 * page above that is; without one, below the page or folder of its path. Nothing is left out but what asks for it.
 * `all` holds every page, to climb through those that are hidden from this audience. Nothing is sorted before an order is
 * asked for: what stands above a page has none.
 */
export function buildTree(pages: readonly TreePage[], all: ReadonlyMap<string, TreePage>): Tree {
  const nodes = new Map<string, Node>();
  const byPath = new Map<string, Node>();
  for (const page of pages) {
    const node: Node = { page, path: page.path, parent: null, below: [], children: [], shown: false };
    nodes.set(page.id, node);
    byPath.set(page.path, node);
  }
  const folders = new Map<string, Node>();
  for (const node of nodes.values()) {
    const page = node.page as TreePage;
    node.parent = parentById(page, nodes, all) ?? folderAt(page.under ?? folderOf(page.path), node, byPath, folders);
  }
  const everything = [...nodes.values(), ...folders.values()];
  breakCycles(everything);
  limitDepth(everything);
  const top: Node[] = [];
  for (const node of everything) {
    node.parent?.below.push(node);
    if (node.page && !node.page.place.exclude) show(node, top);
  }
  return answers({ top, everything, nodes, folders });
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const titleOfFolder = (path: string): string => {
  const words = wordsOfName(path.slice(path.lastIndexOf('/') + 1));
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function parentById(page: TreePage, nodes: ReadonlyMap<string, Node>, all: ReadonlyMap<string, TreePage>): Node | null {
  const seen = new Set([page.id]);
  let id = page.place.parent;
  while (id !== null && !seen.has(id)) {
    const node = nodes.get(id);
    if (node) return node;
    seen.add(id);
    id = all.get(id)?.place.parent ?? null;
  }
  return null;
}

/** The page or folder at a path, made where it is not there yet; null at the top. */
function folderAt(path: string, self: Node, byPath: ReadonlyMap<string, Node>, folders: Map<string, Node>): Node | null {
  if (path === '') return null;
  const page = byPath.get(path);
  if (page && page !== self) return page;
  if (page) return folderAt(folderOf(path), self, byPath, folders);
  const known = folders.get(path);
  if (known) return known;
  const made: Node = { page: null, path, parent: null, below: [], children: [], shown: false };
  folders.set(path, made);
  made.parent = folderAt(folderOf(path), made, byPath, folders);
  return made;
}

/** The page of a cycle whose path comes first begins at the top again: the same one in whatever order pages are given. */
function breakCycles(nodes: readonly Node[]): void {
  const safe = new Set<Node>();
  for (const node of nodes) {
    const way = new Set<Node>();
    let at: Node | null = node;
    while (at && !safe.has(at)) {
      way.add(at);
      const isCycle: boolean = at.parent !== null && way.has(at.parent);
      if (isCycle) firstOfCycle(at).parent = null;
      at = isCycle ? null : at.parent;
    }
    for (const each of way) safe.add(each);
  }
}

function firstOfCycle(start: Node): Node {
  let first = start;
  for (let at = start.parent; at && at !== start; at = at.parent) if (at.path < first.path) first = at;
  return first;
}

/** Levels of the tree: more than the folders of any path, and far from what a chain of thousands would cost each of its pages. */
const deepest = 256;

/** What would stand deeper begins at the top again. */
function limitDepth(nodes: readonly Node[]): void {
  const depths = new Map<Node, number>();
  for (const node of nodes) {
    const way: Node[] = [];
    let at: Node | null = node;
    while (at && !depths.has(at)) {
      way.push(at);
      at = at.parent;
    }
    for (const each of way.reverse()) {
      const depth = each.parent ? (depths.get(each.parent) ?? 0) + 1 : 1;
      if (depth > deepest) each.parent = null;
      depths.set(each, depth > deepest ? 1 : depth);
    }
  }
}

/** The nearest node above that is in the tree itself: children of a page that is kept out of it move up. */
function shownAbove(node: Node): Node | null {
  let at = node.parent;
  while (at?.page?.place.exclude) at = at.parent;
  return at;
}

/** Puts a page and the folders above it where they show; a folder with nothing to show stays out. */
function show(node: Node, top: Node[]): void {
  if (node.shown) return;
  node.shown = true;
  const above = shownAbove(node);
  (above?.children ?? top).push(node);
  if (above && !above.page) show(above, top);
}

/** Numbers before words, no order by title, ignoring case as just-the-docs does. */
function rank(a: Node, b: Node): number {
  const [x, y] = [a.page?.place.order ?? titleOf(a), b.page?.place.order ?? titleOf(b)];
  if (typeof x === 'number' && typeof y === 'number') return x - y || byTitle(a, b);
  if (typeof x === 'number' || typeof y === 'number') return typeof x === 'number' ? -1 : 1;
  return collator.compare(x, y) || byTitle(a, b);
}
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
const titleOf = (node: Node): string => node.page?.title ?? titleOfFolder(node.path);
const byTitle = (a: Node, b: Node): number => collator.compare(titleOf(a), titleOf(b)) || (a.path < b.path ? -1 : 1);

interface Stood {
  top: Node[];
  everything: readonly Node[];
  nodes: ReadonlyMap<string, Node>;
  folders: ReadonlyMap<string, Node>;
}

const crumb = ({ page }: Node): Crumb => ({ id: page?.id ?? '', path: page?.path ?? '', title: page?.title ?? '' });

function answers({ top, everything, nodes, folders }: Stood): Tree {
  let known: Sorted | undefined;
  const sorted = () => (known ??= sort(top, everything));
  return {
    get roots() {
      return sorted().roots;
    },
    get order() {
      return known ? known.order.map(({ page }) => page?.id ?? '') : [...nodes.keys()];
    },
    above(id) {
      const above: PageView['breadcrumb'] = [];
      for (let node = nodes.get(id)?.parent; node; node = node.parent) {
        if (node.page || node.shown) above.unshift({ id: node.page?.id ?? null, path: node.path, title: titleOf(node) });
      }
      return above;
    },
    childrenOf(id) {
      sorted();
      return (nodes.get(id)?.below ?? []).filter(({ page }) => page).map(crumb);
    },
    around(id) {
      const { order, place } = sorted();
      const at = (index: number): Crumb | null => (order[index] ? crumb(order[index]) : null);
      const index = place.get(id);
      return index === undefined ? { previous: null, next: null } : { previous: at(index - 1), next: at(index + 1) };
    },
    hasFolder: (path) => (folders.get(path)?.children.length ?? 0) > 0,
  };
}

interface Sorted {
  roots: TreeNodeView[];
  order: readonly Node[];
  /** Index in the order by id. */
  place: ReadonlyMap<string, number>;
}

function sort(top: Node[], everything: readonly Node[]): Sorted {
  for (const node of everything) {
    node.children.sort(rank);
    node.below.sort(rank);
  }
  top.sort(rank);
  const order: Node[] = [];
  const view = (node: Node): TreeNodeView => {
    if (node.page) order.push(node);
    return { id: node.page?.id ?? null, path: node.path, title: titleOf(node), children: node.children.map(view) };
  };
  const roots = top.map(view);
  return { roots, order, place: new Map(order.map((node, index) => [node.page?.id ?? '', index])) };
}
