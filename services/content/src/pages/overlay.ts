import { isDeepStrictEqual } from 'node:util';
import { type Audience, shows } from '../access/reader.ts';
import { buildTree } from '../tree/tree.ts';
import type { Page } from './page.ts';
import type { Site } from './site.ts';
import { treePageOf } from './standing.ts';

/** The site's tree as it will be with this page; the same one when the page stands where it stood. */
export function treeWith(site: Site, page: Page): Pick<Site, 'tree'> {
  const known = site.get(page._id)?.doc;
  const place = (doc: Page) => [treePageOf(doc), doc.status, doc.visibility];
  if (known && isDeepStrictEqual(place(known), place(page))) return site;
  const all = [...site.all().flatMap(({ doc }) => (doc._id === page._id ? [] : [doc])), page];
  const byId = new Map(all.map((doc) => [doc._id, treePageOf(doc)]));
  return { tree: (audience: Audience) => buildTree(all.filter((doc) => shows(doc, audience)).map(treePageOf), byId) };
}
