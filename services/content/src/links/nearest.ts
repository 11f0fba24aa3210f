import type { ImportReport, MissingTarget } from '@sidekick/contracts';
import { nameKey } from '@sidekick/contracts';
import { folderOf, isFolderPage, nameOf, withoutExtension } from '../text/paths.ts';
import type { LinkPage } from './link-page.ts';
import { partsOf } from './target-parts.ts';

/** Dead links for which a page is looked for, and names that are compared letter by letter with each. */
const mostLinks = 5_000;
const mostCompared = 200;

/** A page by what links may call it: its file, and its title. */
export type Nameable = Pick<LinkPage, 'file' | 'title'>;

/** For links of a source to pages that are not there, the page that is most likely meant, see `nearIndex`. */
export async function nearestPages(
  missing: readonly MissingTarget[],
  pages: readonly LinkPage[],
  pause: () => Promise<void>,
): Promise<ImportReport['nearest']> {
  const nearestTo = await nearIndex(pages, pause);
  const near: ImportReport['nearest'] = [];
  for (const { page, target, kind } of missing.slice(0, mostLinks)) {
    if (kind !== 'page') continue;
    await pause();
    const found = nearestTo(page, target);
    if (found) near.push({ page, target, path: found.path, title: found.title });
  }
  return near;
}

/**
 * Finds the page that a dead link most likely means: of the same name elsewhere, else of the name that differs least, in a letter
 * or so; the nearest folder among several. Nothing where none is near.
 */
export async function nearIndex<T extends Nameable>(
  pages: readonly T[],
  pause: () => Promise<void> | void,
): Promise<(from: string, target: string) => T | undefined> {
  const lists: Lists<T> = { byName: new Map(), byStart: new Map(), byTitle: new Map() };
  for (const page of pages) {
    await pause();
    const { name, title } = namesOf(page);
    add(lists.byName, name, page);
    add(lists.byStart, name.slice(0, 3), page);
    add(lists.byTitle, title, page);
  }
  return (from, target) => nearestOf(from, wordsOf(target), lists);
}

interface Lists<T> {
  byName: Map<string, T[]>;
  byStart: Map<string, T[]>;
  byTitle: Map<string, T[]>;
}

function nearestOf<T extends Nameable>(
  from: string,
  { name, title }: { name: string; title: string },
  { byName, byStart, byTitle }: Lists<T>,
): T | undefined {
  if (name === '') return undefined;
  const same = byName.get(name) ?? byTitle.get(title) ?? [];
  if (same.length > 0) return byNearness(from, same);
  const allowed = name.length < 5 ? 1 : 2;
  const close = (byStart.get(name.slice(0, 3)) ?? [])
    .slice(0, mostCompared)
    .map((page) => ({ page, distance: distanceOf(namesOf(page).name, name, allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance);
  return byNearness(
    from,
    close.filter(({ distance }) => distance === close[0]?.distance).map(({ page }) => page),
  );
}

/** The one whose folder shares most with that of the page that links. */
function byNearness<T extends Nameable>(from: string, pages: readonly T[]): T | undefined {
  const parts = folderOf(from).split('/');
  const shared = ({ file }: T) => {
    const other = folderOf(file).split('/');
    const differs = parts.findIndex((part, at) => part !== other[at]);
    return (differs < 0 ? parts.length : differs) * 100 - other.length;
  };
  let best: { page: T; score: number } | undefined;
  for (const page of pages.slice(0, mostCompared)) {
    const score = shared(page);
    if (!best || score > best.score) best = { page, score };
  }
  return best?.page;
}

/** Names are compared without case, and hyphens, blanks and `_` alike; the page of a folder by the folder's name. */
const plain = (name: string): string => nameKey(name).replaceAll(/[\s_-]+/g, '-');
const nameOfPage = (file: string): string => plain(isFolderPage(file) ? nameOf(folderOf(file)) : withoutExtension(nameOf(file)));

/** Made once a page: the lists are made anew whenever any page moves. */
const known = new WeakMap<Nameable, { name: string; title: string }>();
function namesOf(page: Nameable): { name: string; title: string } {
  const made = known.get(page) ?? { name: nameOfPage(page.file), title: nameKey(page.title) };
  known.set(page, made);
  return made;
}

function wordsOf(target: string): { name: string; title: string } {
  const wiki = /^\[\[([^\]|#]+)/.exec(target)?.[1];
  if (wiki !== undefined) return { name: plain(wiki), title: nameKey(wiki) };
  const { path } = partsOf(target);
  const bare = withoutExtension(path.replace(/\/$/, '')).replace(/\.html?$/i, '');
  const name = isFolderPage(path) ? nameOf(folderOf(bare)) : nameOf(bare);
  return { name: plain(name).slice(0, 200), title: nameKey(name) };
}

function add<T>(map: Map<string, T[]>, key: string, page: T): void {
  const list = map.get(key);
  if (list) list.push(page);
  else map.set(key, [page]);
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
