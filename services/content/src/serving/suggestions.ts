import { type Audience, shows } from '../access/reader.ts';
import { type Nameable, nearIndex } from '../links/nearest.ts';
import type { Page } from '../pages/page.ts';
import type { PagesReplica } from '../pages/pages-replica.ts';
import { eventLoopYielder } from '../rendering/event-loop.ts';
import type { Revision } from '../revisions/revision.ts';
import type { Tree } from '../tree/tree.ts';
import { isDead } from './link-address.ts';

export interface Suggestion {
  path: string;
  title: string;
}
export type FindSuggestion = (from: string, target: string) => Suggestion | undefined;

/** As links of a source name a page: by its file, else by its address. */
export const fileOfPage = ({ imported, path }: Pick<Page, 'imported' | 'path'>): string => imported?.file ?? `${path || 'index'}.md`;

/** A tree is made anew when any page of the audience moves: what it holds is found by one list until then. */
const lists = new WeakMap<Tree, Promise<FindSuggestion>>();
const entries = new WeakMap<Page, Suggestion & Nameable>();

/** Finds the pages of the audience that dead links of a page most likely mean. Nothing where it has none, or for who may not know. */
export async function suggestionsFor(
  { links }: Pick<Revision, 'links'>,
  replica: PagesReplica,
  audience: Audience,
): Promise<FindSuggestion> {
  if (audience === 'public' || !links.some((link) => link.kind === 'link' && isDead(link, replica, audience))) return () => undefined;
  const tree = replica.tree(audience);
  const known =
    lists.get(tree) ??
    nearIndex(
      replica.all().flatMap(({ doc }) => (shows(doc, audience) ? entryOf(doc) : [])),
      eventLoopYielder(),
    );
  lists.set(tree, known);
  return known;
}

function entryOf(doc: Page): Suggestion & Nameable {
  const entry = entries.get(doc) ?? { file: fileOfPage(doc), path: doc.path, title: doc.title };
  entries.set(doc, entry);
  return entry;
}
