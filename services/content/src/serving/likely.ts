import { type Audience, shows } from '../access/reader.ts';
import { type Nameable, nearIndex } from '../links/nearest.ts';
import type { Page } from '../pages/page.ts';
import type { Site } from '../pages/site.ts';
import { pauser } from '../rendering/pauser.ts';
import type { Revision } from '../revisions/revision.ts';
import type { Tree } from '../tree/tree.ts';
import { isDead } from './link-address.ts';

export interface Likely {
  path: string;
  title: string;
}
export type FindLikely = (from: string, target: string) => Likely | undefined;

/** As links of a source name a page: by its file, else by its address. */
export const fileOfPage = ({ imported, path }: Pick<Page, 'imported' | 'path'>): string => imported?.file ?? `${path || 'index'}.md`;

/** A tree is made anew when any page of the audience moves: what it holds is found by one list until then. */
const lists = new WeakMap<Tree, Promise<FindLikely>>();
const entries = new WeakMap<Page, Likely & Nameable>();

/** Finds the pages of the audience that dead links of a page most likely mean. Nothing where it has none, or for who may not know. */
export async function likelyFor({ links }: Pick<Revision, 'links'>, site: Site, audience: Audience): Promise<FindLikely> {
  if (audience === 'public' || !links.some((link) => link.kind === 'link' && isDead(link, site, audience))) return () => undefined;
  const tree = site.tree(audience);
  const known =
    lists.get(tree) ??
    nearIndex(
      site.all().flatMap(({ doc }) => (shows(doc, audience) ? entryOf(doc) : [])),
      pauser(),
    );
  lists.set(tree, known);
  return known;
}

function entryOf(doc: Page): Likely & Nameable {
  const entry = entries.get(doc) ?? { file: fileOfPage(doc), path: doc.path, title: doc.title };
  entries.set(doc, entry);
  return entry;
}
