import { folderOf, isFolderPage, withoutExtension } from '../../text/paths.ts';
import type { NavItem } from './nav-item.ts';

/** What a navigation says of a page. */
export interface NavPlace {
  order: number | null;
  title: string | null;
  /** File of the page it stands below. */
  parent: string | null;
}

export interface NavPlaces {
  places: Map<string, NavPlace>;
  /** Headings and folders of the navigation for which there is no page: what stands below them stands by its folder. */
  withoutPage: number;
}

/** Numbers pages in the order of the entries; a folder's page counts as early as the first that stands in its folder. */
export function placesOf(items: readonly NavItem[], { find, folders }: Finder): NavPlaces {
  const places = new Map<string, NavPlace>();
  let next = 0;
  let withoutPage = 0;
  const walk = (list: readonly NavItem[], parent: string | null) => {
    for (const item of list) {
      const own = item.path === null ? null : find(item.path);
      if (own !== null && !places.has(own)) places.set(own, { order: ++next, title: item.title, parent: parent === own ? null : parent });
      const first = item.items[0]?.path;
      const index = own === null && first ? find(first) : null;
      const below = own ?? (index !== null && isFolderPage(index) ? index : null);
      if (below === null && (item.items.length > 0 || (item.path !== null && folders.has(item.path)))) withoutPage += 1;
      if (below !== null && own === null && !places.has(below)) places.set(below, { order: ++next, title: item.title, parent });
      walk(item.items, below ?? parent);
    }
  };
  walk(items, null);
  for (const [file, { order }] of [...places]) {
    for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) {
      const page = find(folder);
      if (page !== null && !places.has(page)) places.set(page, { order, title: null, parent: null });
    }
  }
  return { places, withoutPage };
}

export interface Finder {
  find: (path: string) => string | null;
  folders: ReadonlySet<string>;
}

/** The page of a path as a navigation writes it: with its ending or without, a folder by its page. */
export function finderOf(files: ReadonlySet<string>): Finder {
  const byBare = new Map<string, string>();
  const folders = new Set<string>();
  for (const file of files) {
    if (isFolderPage(file) && !byBare.has(folderOf(file))) byBare.set(folderOf(file), file);
    byBare.set(withoutExtension(file), file);
    for (let at = folderOf(file); at !== '' && !folders.has(at); at = folderOf(at)) folders.add(at);
  }
  const find = (path: string): string | null =>
    files.has(path) ? path : (byBare.get(path) ?? byBare.get(withoutExtension(path).replace(/\.html?$/, '')) ?? null);
  return { find, folders };
}
