import { isDeepStrictEqual } from 'node:util';
import { type Audience, shows } from '../access/reader.ts';
import { buildTree } from '../tree/tree.ts';
import type { Page } from './page.ts';
import { treePageOf } from './page-indexes.ts';
import type { PagesReplica } from './pages-replica.ts';

/** The site's tree as it will be with this page; the same one when the page stands where it stood. */
export function treeWith(replica: PagesReplica, page: Page): Pick<PagesReplica, 'tree'> {
  const known = replica.get(page._id)?.doc;
  const place = (doc: Page) => [treePageOf(doc), doc.status, doc.visibility];
  if (known && isDeepStrictEqual(place(known), place(page))) return replica;
  const all = [...replica.all().flatMap(({ doc }) => (doc._id === page._id ? [] : [doc])), page];
  const byId = new Map(all.map((doc) => [doc._id, treePageOf(doc)]));
  return { tree: (audience: Audience) => buildTree(all.filter((doc) => shows(doc, audience)).map(treePageOf), byId) };
}
