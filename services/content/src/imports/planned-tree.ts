import { type Audience, shows } from '../access/reader.ts';
import type { Page } from '../pages/page.ts';
import { treePageOf } from '../pages/page-indexes.ts';
import type { PagesReplica } from '../pages/pages-replica.ts';
import { buildTree, type Tree } from '../tree/tree.ts';
import { mergeMeta } from './matching/outcome.ts';
import type { Planned } from './matching/plan.ts';

type PlannedPage = Pick<Page, '_id' | 'path' | 'title' | 'place' | 'under' | 'status' | 'visibility'>;

/** The tree as it will be when the import is through: events of its first pages already name the pages above. */
export function plannedTree(replica: PagesReplica, planned: readonly Planned[], source: string): Pick<PagesReplica, 'tree'> {
  const ids = new Set(planned.map(({ id }) => id));
  const others = replica.all().flatMap(({ doc }) => (ids.has(doc._id) || doc.source === source ? [] : [doc]));
  const coming = planned.map(({ id, path, meta, existing }) => ({ ...(existing ? mergeMeta(existing.doc, meta) : meta), _id: id, path }));
  const all: PlannedPage[] = [...others, ...coming];
  const trees = new Map<Audience, Tree>();
  const byId = new Map(all.map((page) => [page._id, treePageOf(page)]));
  const make = (audience: Audience) => buildTree(all.filter((page) => shows(page, audience)).map(treePageOf), byId);
  return {
    tree(audience) {
      const tree = trees.get(audience) ?? make(audience);
      trees.set(audience, tree);
      return tree;
    },
  };
}
