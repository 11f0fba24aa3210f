import { type Nameable, nearIndex } from '../imports/nearest.ts';
import type { Audience } from '../tree/reader.ts';
import { shows } from '../tree/reader.ts';
import type { Site } from '../tree/site.ts';
import type { Tree } from '../tree/tree.ts';
import type { Page } from './page.ts';

export interface Likely {
  path: string;
  title: string;
}
type Find = (from: string, target: string) => (Likely & Nameable) | undefined;

/** As links of a source name a page: by its file, else by its address. */
export const fileOfPage = ({ imported, path }: Pick<Page, 'imported' | 'path'>): string => imported?.file ?? `${path || 'index'}.md`;

/** A tree is made anew when any page of the audience moves: what it holds is found by one list until then. */
const lists = new WeakMap<Tree, Find>();
const entries = new WeakMap<Page, Likely & Nameable>();

/** The page of the audience that a dead link most likely means. */
export function likelyPage(from: string, target: string, site: Site, audience: Audience): Likely | undefined {
  const tree = site.tree(audience);
  const find = lists.get(tree) ?? nearIndex(site.all().flatMap(({ doc }) => (shows(doc, audience) ? entryOf(doc) : [])));
  lists.set(tree, find);
  return find(from, target);
}

function entryOf(doc: Page): Likely & Nameable {
  const entry = entries.get(doc) ?? { file: fileOfPage(doc), path: doc.path, title: doc.title };
  entries.set(doc, entry);
  return entry;
}
