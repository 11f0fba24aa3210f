import type { ImportReport, MissingTarget } from '@sidekick/contracts';
import { nameKey } from '@sidekick/contracts';
import { folderOf, isFolderPage, nameOf, withoutExtension } from './source-paths.ts';
import { partsOf } from './target-parts.ts';
import type { LinkPage } from './targets.ts';

/** Dead links for which a page is looked for, and names that are compared letter by letter with each. */
const mostLinks = 5_000;
const mostCompared = 200;

/**
 * For links to pages that are not there, the page that is most likely meant: of the same name elsewhere, else of the name that
 * differs least, in a letter or so; the nearest folder among several. Nothing where none is near.
 */
export async function nearestPages(
  missing: readonly MissingTarget[],
  pages: readonly LinkPage[],
  pause: () => Promise<void>,
): Promise<ImportReport['nearest']> {
  const byName = listsBy(pages, (page) => nameOfPage(page.file));
  const byStart = listsBy(pages, (page) => nameOfPage(page.file).slice(0, 3));
  const byTitle = listsBy(pages, (page) => nameKey(page.title));
  const near: ImportReport['nearest'] = [];
  for (const { page, target, kind } of missing.slice(0, mostLinks)) {
    if (kind !== 'page') continue;
    await pause();
    const found = nearestOf(page, wordsOf(target), { byName, byStart, byTitle });
    if (found) near.push({ page, target, path: found.path, title: found.title });
  }
  return near;
}

interface Lists {
  byName: ReadonlyMap<string, LinkPage[]>;
  byStart: ReadonlyMap<string, LinkPage[]>;
  byTitle: ReadonlyMap<string, LinkPage[]>;
}

function nearestOf(
  from: string,
  { name, title }: { name: string; title: string },
  { byName, byStart, byTitle }: Lists,
): LinkPage | undefined {
  if (name === '') return undefined;
  const same = byName.get(name) ?? byTitle.get(title) ?? [];
  if (same.length > 0) return byNearness(from, same);
  const allowed = name.length < 5 ? 1 : 2;
  const close = (byStart.get(name.slice(0, 3)) ?? [])
    .slice(0, mostCompared)
    .map((page) => ({ page, distance: distanceOf(nameOfPage(page.file), name, allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance);
  return byNearness(
    from,
    close.filter(({ distance }) => distance === close[0]?.distance).map(({ page }) => page),
  );
}

/** The one whose folder shares most with that of the page that links. */
function byNearness(from: string, pages: readonly LinkPage[]): LinkPage | undefined {
  const parts = folderOf(from).split('/');
  const shared = ({ file }: LinkPage) => {
    const other = folderOf(file).split('/');
    const differs = parts.findIndex((part, at) => part !== other[at]);
    return (differs < 0 ? parts.length : differs) * 100 - other.length;
  };
  let best: { page: LinkPage; score: number } | undefined;
  for (const page of pages.slice(0, mostCompared)) {
    const score = shared(page);
    if (!best || score > best.score) best = { page, score };
  }
  return best?.page;
}

/** Names are compared without case, and hyphens, blanks and `_` alike; the page of a folder by the folder's name. */
const plain = (name: string): string => nameKey(name).replaceAll(/[\s_-]+/g, '-');
const nameOfPage = (file: string): string => plain(isFolderPage(file) ? nameOf(folderOf(file)) : withoutExtension(nameOf(file)));

function wordsOf(target: string): { name: string; title: string } {
  const wiki = /^\[\[([^\]|#]+)/.exec(target)?.[1];
  if (wiki !== undefined) return { name: plain(wiki), title: nameKey(wiki) };
  const { path } = partsOf(target);
  const bare = withoutExtension(path.replace(/\/$/, '')).replace(/\.html?$/i, '');
  const name = isFolderPage(path) ? nameOf(folderOf(bare)) : nameOf(bare);
  return { name: plain(name).slice(0, 200), title: nameKey(name) };
}

function listsBy(pages: readonly LinkPage[], keyOf: (page: LinkPage) => string): Map<string, LinkPage[]> {
  const lists = new Map<string, LinkPage[]>();
  for (const page of pages) {
    const known = lists.get(keyOf(page));
    if (known) known.push(page);
    else lists.set(keyOf(page), [page]);
  }
  return lists;
}

/** Letters to insert, leave out or change (Levenshtein 1966), as far as `most`; beyond that one more. */
function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[b.length] ?? most + 1;
}
