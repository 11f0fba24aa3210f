import { nameKey } from '@sidekick/contracts';
import { folderOf, isFolderPage } from '../../text/paths.ts';
import type { FileMeta } from '../reading/meta.ts';

export interface Placed {
  id: string;
  file: string;
  title: string;
  /** The file that the source's navigation puts it below. */
  parentFile?: string | null;
  meta: Pick<FileMeta, 'parent' | 'grandParent' | 'ancestor'>;
}

/** Pages of one title that are told apart; with more of them the folder decides. */
const mostOfATitle = 200;
/** Levels that are climbed. */
const deepest = 50;

/** A page with its names as numbers, equal for equal names: one page is compared with many, by many levels. */
interface Node {
  page: Placed;
  title: number;
  parent: number | null;
  grandParent: number | null;
  ancestor: number | null;
  folders: string[];
  /** Undefined until it is looked for; null while it is, and where there is none. */
  found: Node | null | undefined;
  byFolder: Node | null | undefined;
}

function nodesOf(pages: readonly Placed[]): Node[] {
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const key = nameKey(name);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const orNull = (name: string | null) => (name === null ? null : numberOf(name));
  return pages.map((page) => ({
    page,
    title: numberOf(page.title),
    parent: orNull(page.meta.parent),
    grandParent: orNull(page.meta.grandParent),
    ancestor: orNull(page.meta.ancestor),
    folders: folderOf(page.file).split('/'),
    found: undefined,
    byFolder: undefined,
  }));
}

/**
 * Finds the parent that a page's front matter names. Titles repeat, also in another case: `grand_parent` and `ancestor` decide,
 * then nearness in folders; null when none or several remain, and the page's folder then decides.
 */
export async function findParents(pages: readonly Placed[], pause: () => Promise<void>): Promise<Map<string, string>> {
  const nodes = nodesOf(pages);
  const byTitle = new Map<number, Node[]>();
  const byFile = new Map(nodes.map((node) => [node.page.file, node]));
  const folderPages = new Map(nodes.flatMap((node) => (isFolderPage(node.page.file) ? [[folderOf(node.page.file), node] as const] : [])));
  for (const node of nodes) {
    const known = byTitle.get(node.title);
    if (known) known.push(node);
    else byTitle.set(node.title, [node]);
  }
  let depth = 0;

  const parentOf = (node: Node): Node | null => {
    if (node.found !== undefined) return node.found;
    if (depth > deepest) return null;
    node.found = null;
    depth += 1;
    node.found = choose(node);
    depth -= 1;
    return node.found;
  };
  const choose = (node: Node): Node | null => {
    const { parent, grandParent, ancestor, page } = node;
    if (parent === null) return (page.parentFile && byFile.get(page.parentFile)) || null;
    const all = byTitle.get(parent) ?? [];
    if (all.length - Number(node.title === parent) > mostOfATitle) return null;
    let named = all.filter((one) => one !== node);
    if (grandParent !== null) named = keep(named, (one) => isBelow(one, grandParent, 1));
    if (ancestor !== null) named = keep(named, (one) => isBelow(one, ancestor, deepest));
    const exact = named.filter((one) => one.page.title === page.meta.parent);
    if (exact.length > 0 && grandParent === null && ancestor === null) named = exact;
    return named.length > 1 ? nearest(node, named) : (named[0] ?? null);
  };
  /** What is said of the pages above decides among several; of one alone it is taken on trust. */
  const keep = (from: Node[], test: (node: Node) => boolean): Node[] => {
    const kept = from.filter(test);
    return kept.length > 0 ? kept : from;
  };
  /** Whether one of the pages above has a name: those by front matter, and the page of its folder where that says nothing. */
  const isBelow = (node: Node, name: number, levels: number): boolean => {
    let at = node;
    for (let level = 0; level < levels; level++) {
      if (at.parent === name) return true;
      const above = parentOf(at) ?? (at.parent === null ? folderAbove(at) : null);
      if (!above || above === node) break;
      if (above.title === name) return true;
      at = above;
    }
    return levels > 1 && (node.grandParent === name || node.ancestor === name);
  };
  const folderAbove = (node: Node): Node | null => {
    if (node.byFolder !== undefined) return node.byFolder;
    const folder = folderOf(node.page.file);
    const own = folderPages.get(folder);
    const above = own && own !== node ? own : folderPages.get(folderOf(folder));
    node.byFolder = above && above !== node ? above : null;
    return node.byFolder;
  };
  for (const node of nodes) {
    await pause();
    parentOf(node);
  }
  return new Map(nodes.flatMap(({ page, found }) => (found ? [[page.id, found.page.id] as const] : [])));
}

/** The one whose folder shares most with the page's own, if there is one such. */
function nearest(node: Node, named: readonly Node[]): Node | null {
  let best: { one: Node | null; score: number } = { one: null, score: Number.NEGATIVE_INFINITY };
  for (const one of named) {
    const score = sharedFolders(node.folders, one.folders);
    if (score > best.score) best = { one, score };
    else if (score === best.score) best = { one: null, score };
  }
  return best.one;
}

function sharedFolders(own: readonly string[], other: readonly string[]): number {
  const differs = own.findIndex((part, index) => part !== other[index]);
  const common = differs < 0 ? own.length : differs;
  return common * 100 - (other.length - common);
}
