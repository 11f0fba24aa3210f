import { type Audience, shows } from '../access/reader.ts';
import { buildTree, type Tree, type TreePage } from '../tree/tree.ts';
import type { Page } from './page.ts';

/** What follows from where pages stand, by their ids. Most edits leave it as it is. */
export interface PageIndexes {
  byPath: Map<string, string>;
  byOldPath: Map<string, string>;
  tree(audience: Audience): Tree;
}

/** What of a page decides it. */
export const whereItStands = (page: Page) => [treePageOf(page), page.oldPaths, page.status, page.visibility];

export const treePageOf = ({ _id, path, title, place, under }: Pick<Page, '_id' | 'path' | 'title' | 'place' | 'under'>): TreePage => ({
  id: _id,
  path,
  title,
  place,
  under,
});

/** `last` are the trees that were made last, of whatever pages; their order is a good guess. */
export function pageIndexesOf(all: readonly Page[], last: Map<Audience, Tree>): PageIndexes {
  const treePages = new Map(all.map((doc) => [doc._id, treePageOf(doc)]));
  const trees = new Map<Audience, Tree>();
  return {
    byPath: new Map(all.map((doc) => [doc.path, doc._id])),
    byOldPath: new Map(all.flatMap((doc) => doc.oldPaths.map((path) => [path, doc._id] as const))),
    tree(audience) {
      const known = trees.get(audience);
      if (known) return known;
      const shown = new Map(all.filter((doc) => shows(doc, audience)).map((doc) => [doc._id, treePageOf(doc)]));
      const before = (last.get(audience)?.order ?? []).flatMap((id) => shown.get(id) ?? []);
      const tree = buildTree([...new Set([...before, ...shown.values()])], treePages);
      trees.set(audience, tree);
      last.set(audience, tree);
      return tree;
    },
  };
}
