import { nameKey } from '@sidekick/contracts';
import type { FileMeta } from './meta.ts';
import { folderOf, isFolderPage } from './source-paths.ts';

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

/**
 * Finds the parent that a page's front matter names. Titles repeat, also in another case: `grand_parent` and `ancestor` decide,
 * then nearness in folders; null when none or several remain, and the page's folder then decides.
 */
export function findParents(pages: readonly Placed[]): Map<string, string> {
  const byTitle = new Map<string, Placed[]>();
  const byFile = new Map(pages.map((page) => [page.file, page]));
  const folderPages = new Map(pages.filter(({ file }) => isFolderPage(file)).map((page) => [folderOf(page.file), page]));
  for (const page of pages) {
    const key = nameKey(page.title);
    const known = byTitle.get(key);
    if (known) known.push(page);
    else byTitle.set(key, [page]);
  }
  const byId = new Map(pages.map((page) => [page.id, page]));
  const parents = new Map<string, string | null>();
  let depth = 0;

  const parentOf = (page: Placed): Placed | null => {
    const known = parents.get(page.id);
    if (known !== undefined) return known === null ? null : (byId.get(known) ?? null);
    if (depth > deepest) return null;
    parents.set(page.id, null);
    depth += 1;
    const found = choose(page);
    depth -= 1;
    parents.set(page.id, found?.id ?? null);
    return found;
  };
  const choose = (page: Placed): Placed | null => {
    const { parent, grandParent, ancestor } = page.meta;
    if (parent === null) return (page.parentFile && byFile.get(page.parentFile)) || null;
    let named = (byTitle.get(nameKey(parent)) ?? []).filter(({ id }) => id !== page.id);
    if (named.length > mostOfATitle) return null;
    if (grandParent !== null) named = keep(named, (one) => titlesAbove(one, 1).has(nameKey(grandParent)));
    if (ancestor !== null) named = keep(named, (one) => titlesAbove(one, deepest).has(nameKey(ancestor)));
    const exact = named.filter(({ title }) => title === parent);
    if (exact.length > 0 && grandParent === null && ancestor === null) named = exact;
    return named.length > 1 ? nearest(page, named) : (named[0] ?? null);
  };
  /** What is said of the pages above decides among several; of one alone it is taken on trust. */
  const keep = (from: Placed[], test: (page: Placed) => boolean): Placed[] => {
    const kept = from.filter(test);
    return kept.length > 0 ? kept : from;
  };
  /** Titles of the pages above by front matter, and of the page of its folder where that says nothing. */
  const titlesAbove = (page: Placed, levels: number): Set<string> => {
    const titles = new Set<string>();
    const seen = new Set([page.id]);
    let at: Placed | null = page;
    for (let level = 0; at && level < levels; level++) {
      if (at.meta.parent !== null) titles.add(nameKey(at.meta.parent));
      const above: Placed | null = parentOf(at) ?? (at.meta.parent === null ? folderAbove(at) : null);
      if (!above || seen.has(above.id)) break;
      seen.add(above.id);
      titles.add(nameKey(above.title));
      at = above;
    }
    if (levels > 1) for (const said of [page.meta.grandParent, page.meta.ancestor]) if (said !== null) titles.add(nameKey(said));
    return titles;
  };
  const folderAbove = (page: Placed): Placed | null => {
    const own = folderPages.get(folderOf(page.file));
    const above = own && own.id !== page.id ? own : folderPages.get(folderOf(folderOf(page.file)));
    return above && above.id !== page.id ? above : null;
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
