import { folderOf, nameOf } from '../../text/paths.ts';
import type { Unknown } from '../parsing/unknown.ts';
import { listNav } from './list-nav.ts';
import type { MkDocs } from './mkdocs.ts';
import type { NavItem } from './nav-item.ts';
import { finderOf, type NavPlace, placesOf } from './place.ts';
import { docfxNav, mkdocsNav, orderNav } from './yaml-nav.ts';

export interface NavigationOptions {
  /** Paths of all files. */
  all: readonly string[];
  pages: ReadonlySet<string>;
  mkdocs: MkDocs | null;
  /** Null for a file that cannot be read; `values` is its YAML or JSON. */
  textOf: (path: string) => Promise<string | null>;
  valuesOf: (path: string) => Promise<unknown>;
  unknown: Unknown;
  pause: () => Promise<void>;
}

/** Names by which a file is known to hold an order. */
const lists = /^(?:(?:docs|src|source)\/)?(?:summary|_sidebar)\.md$/i;
const folderFiles = /(?:^|\/)(?:\.pages|\.order|toc\.ya?ml|_category_\.(?:json|ya?ml))$/i;
const isNavigation = (path: string): boolean => folderFiles.test(path);
/** Pages that are a navigation themselves: there to be linked to, in no tree and no search. */
export const isNavigationPage = (path: string): boolean => /(?:^|\/)(?:summary|_sidebar|_navbar|_footer|_coverpage)\.md$/i.test(path);

/** What the navigation files of a source say of its pages; `read` are those that were followed. */
export async function readNavigation(options: NavigationOptions): Promise<{ places: Map<string, NavPlace>; read: Set<string> }> {
  const places = new Map<string, NavPlace>();
  const read = new Set<string>();
  const finder = finderOf(options.pages);
  const take = (file: string, items: readonly NavItem[], withTitles: boolean) => {
    if (items.length === 0) return;
    read.add(file);
    const found = placesOf(items, finder);
    for (const [page, place] of found.places) if (!places.has(page)) places.set(page, { ...place, title: withTitles ? place.title : null });
    for (let n = 0; n < found.withoutPage; n++) options.unknown.note('a heading of the navigation that has no page', file);
  };
  if (options.mkdocs) take('mkdocs.yml', options.mkdocs.nav, true);
  for (const file of options.all.filter((path) => lists.test(path))) {
    const text = await options.textOf(file);
    if (text !== null) take(file, listNav(text, folderOf(file)), false);
  }
  for (const file of options.all.filter(isNavigation)) {
    await options.pause();
    const page = isCategory(file) ? finder.find(folderOf(file)) : null;
    if (page !== null) {
      const order = await categoryOrder(file, options);
      read.add(file);
      if (order !== null && !places.has(page)) places.set(page, { order, title: null, parent: null });
    } else if (isCategory(file)) options.unknown.note('a _category_ file of a folder that has no page', file);
    else take(file, await ofFolder(file, options), false);
  }
  return { places, read };
}

const isCategory = (file: string): boolean => nameOf(file).toLowerCase().startsWith('_category_');

async function ofFolder(file: string, { textOf, valuesOf }: NavigationOptions): Promise<NavItem[]> {
  const [base, name] = [folderOf(file), nameOf(file).toLowerCase()];
  if (name === '.order') return orderNav((await textOf(file)) ?? '', base);
  const values = await valuesOf(file);
  if (name.startsWith('toc')) return docfxNav(values, base);
  if (!(values instanceof Map)) return [];
  if (name === '.pages') return mkdocsNav(values.get('nav') ?? values.get('arrange'), base);
  return [];
}

/** The place of a folder in Docusaurus. */
async function categoryOrder(file: string, { valuesOf }: NavigationOptions): Promise<number | null> {
  const values = await valuesOf(file);
  const position = values instanceof Map ? values.get('position') : undefined;
  const order = typeof position === 'string' && position.trim() !== '' ? Number(position) : Number.NaN;
  return Number.isFinite(order) ? order : null;
}
