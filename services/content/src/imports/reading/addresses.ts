import { type Addresses, addressOfOutput } from '../../links/link-page.ts';
import { folderOf, isFolderPage, joinPath, nameOf, normalise, trimSlashes, withoutExtension } from '../../text/paths.ts';
import { collectionOf } from './collections.ts';
import type { SourceConfig } from './config.ts';
import type { FileMeta } from './meta.ts';

type Said = Pick<FileMeta, 'permalink' | 'aliases' | 'date' | 'slug' | 'categories'>;
type Site = Pick<SourceConfig, 'jekyll' | 'permalink' | 'collections'>;

/** As Jekyll 4 makes them (its `Page#template`, `Collection#url_template` and `Drops::UrlDrop`); elsewhere what front matter says. */
export function addressesOf(file: string, said: Said, site: Site): Addresses {
  const also = said.aliases.flatMap((alias) => outputOf(alias) ?? []);
  const template = said.permalink ?? (site.jekyll ? templateOf(file, site) : null);
  if (template === null) return { address: null, also };
  return { address: outputOf(expanded(template, placeholders(file, said, site))), also };
}

/** The file that a server looks for; null for what leads out of the site. */
function outputOf(address: string): string | null {
  const path = normalise(address);
  if (path === null) return null;
  if (/\.html?$/i.test(path)) return path;
  return address.endsWith('/') || path === '' ? joinPath(path, 'index.html') : `${path}.html`;
}

const styles = new Map([
  ['date', '/:categories/:year/:month/:day/:title:output_ext'],
  ['pretty', '/:categories/:year/:month/:day/:title/'],
  ['ordinal', '/:categories/:year/:y_day/:title:output_ext'],
  ['weekdate', '/:categories/:year/W:week/:short_day/:title:output_ext'],
  ['none', '/:categories/:title:output_ext'],
]);

function templateOf(file: string, site: Site): string {
  const collection = collectionOf(file, site.collections);
  const style = site.permalink ?? 'date';
  if (collection?.permalink) return styles.get(collection.permalink) ?? collection.permalink;
  if (isDated(file, site)) return styles.get(style) ?? style;
  if (collection) return withSuffix('/:collection/:path', style);
  // Only `index` is the page of its folder to Jekyll; GitHub adds README where there is no index.
  if (isFolderPage(file)) return '/:path/';
  return withSuffix('/:path/:basename', style);
}

/** Whether its day decides where and from when a page is shown. */
export const isDated = (file: string, site: Pick<Site, 'collections'>): boolean =>
  ['posts', 'drafts'].includes(collectionOf(file, site.collections)?.name ?? '');

function withSuffix(template: string, style: string): string {
  if (style === 'pretty' || (!styles.has(style) && style.endsWith('/'))) return `${template}/`;
  return styles.has(style) || style.endsWith(':output_ext') ? `${template}:output_ext` : template;
}

function placeholders(file: string, { date, slug, categories }: Said, site: Site): Map<string, string> {
  const collection = collectionOf(file, site.collections);
  const within = withoutExtension(collection ? file.slice(collection.folder.length + 1) : file);
  const base = nameOf(within);
  const [, named = '', bare = base] = /^(\d{4}-\d{1,2}-\d{1,2})-(.*)$/.exec(isDated(file, site) ? base : '') ?? [];
  const day = /^\d{4}-\d{1,2}-\d{1,2}/.exec(date ?? '')?.[0] ?? named;
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  const title = slug ?? bare;
  return new Map([
    ['collection', collection?.name ?? ''],
    ['path', collection ? within : folderOf(within)],
    ['basename', base],
    ['name', slugified(base)],
    ['title', title],
    ['slug', slugified(title)],
    ['categories', categories.map(slugified).join('/')],
    ['output_ext', '.html'],
    ['year', year],
    ['short_year', year.slice(2)],
    ['month', month.padStart(2, '0')],
    ['i_month', String(Number(month) || '')],
    ['day', dayOfMonth.padStart(2, '0')],
    ['i_day', String(Number(dayOfMonth) || '')],
  ]);
}

const slugified = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

const expanded = (template: string, values: ReadonlyMap<string, string>): string =>
  template.slice(0, 400).replaceAll(/:([a-z_]+)/g, (whole, name: string) => {
    const known = values.get(name);
    if (known !== undefined) return known;
    // A colon may stand before a word that goes on, as `:titleof`.
    const longest = [...values.keys()].filter((key) => name.startsWith(key)).sort((a, b) => b.length - a.length)[0];
    return longest === undefined ? whole : `${values.get(longest)}${name.slice(longest.length)}`;
  });

/** Addresses without slashes at the ends, as paths below the source's own: old ones lead to the page from there. */
export const redirectsOf = ({ address, also }: Addresses): string[] => [
  ...new Set((address === null ? also : [address, ...also]).map((one) => trimSlashes(addressOfOutput(one)))),
];
