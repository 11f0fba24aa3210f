import type { FileMeta } from './meta.ts';
import { folderOf } from './source-paths.ts';

export interface Placed {
  id: string;
  file: string;
  title: string;
  meta: Pick<FileMeta, 'parent' | 'grandParent' | 'ancestor'>;
}

/**
 * Finds the parent that a page's front matter names. Titles repeat: `grand_parent` and `ancestor` decide, then nearness
 * in folders; null when none or several remain, and the page's folder then decides.
 */
export function findParents(pages: readonly Placed[]): Map<string, string> {
  const byTitle = new Map<string, Placed[]>();
  for (const page of pages) byTitle.set(page.title, [...(byTitle.get(page.title) ?? []), page]);
  const byId = new Map(pages.map((page) => [page.id, page]));
  const parents = new Map<string, string | null>();

  const parentOf = (page: Placed): Placed | null => {
    const known = parents.get(page.id);
    if (known !== undefined) return known === null ? null : (byId.get(known) ?? null);
    parents.set(page.id, null);
    const found = choose(page);
    parents.set(page.id, found?.id ?? null);
    return found;
  };
  const choose = (page: Placed): Placed | null => {
    const { parent, grandParent, ancestor } = page.meta;
    if (parent === null) return null;
    let named = (byTitle.get(parent) ?? []).filter(({ id }) => id !== page.id);
    if (named.length > 1 && grandParent !== null) named = keep(named, (one) => titleAbove(one) === grandParent);
    if (named.length > 1 && ancestor !== null) named = keep(named, (one) => titlesAbove(one).includes(ancestor));
    return named.length > 1 ? nearest(page, named) : (named[0] ?? null);
  };
  const keep = (from: Placed[], test: (page: Placed) => boolean): Placed[] => {
    const kept = from.filter(test);
    return kept.length > 0 ? kept : from;
  };
  const titleAbove = (page: Placed) => parentOf(page)?.title ?? page.meta.parent;
  const titlesAbove = (page: Placed): string[] => {
    const titles = [page.meta.parent ?? '', page.meta.grandParent ?? '', page.meta.ancestor ?? ''];
    const seen = new Set([page.id]);
    for (let at = parentOf(page); at && !seen.has(at.id); at = parentOf(at)) {
      seen.add(at.id);
      titles.push(at.title, at.meta.parent ?? '');
    }
    return titles;
  };
  for (const page of pages) parentOf(page);
  return new Map([...parents].flatMap(([id, parent]) => (parent === null ? [] : [[id, parent] as const])));
}

/** The one whose folder shares most with the page's own, if there is one such. */
function nearest(page: Placed, named: readonly Placed[]): Placed | null {
  const shared = (other: Placed) => {
    const [a, b] = [folderOf(page.file).split('/'), folderOf(other.file).split('/')];
    const differs = a.findIndex((part, index) => part !== b[index]);
    const common = differs < 0 ? a.length : differs;
    return common * 100 - (b.length - common);
  };
  const ranked = named.map((one) => ({ one, score: shared(one) })).sort((a, b) => b.score - a.score);
  return ranked[0] && ranked[0].score !== ranked[1]?.score ? ranked[0].one : null;
}
