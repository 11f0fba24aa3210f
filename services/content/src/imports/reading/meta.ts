import { distinctNames, type Owner } from '@sidekick/contracts';
import { folderOf, isFolderPage, nameOf, withoutExtension } from '../../text/paths.ts';
import { cut, nameFrom, wordsOfName } from '../../text/words.ts';
import type { FrontMatter } from '../parsing/front-matter.ts';
import { isNo, isYes, type PublicationOptions, publicationOf } from './publication.ts';

/** What a file says about its page. */
export interface FileMeta {
  title: string | null;
  parent: string | null;
  grandParent: string | null;
  ancestor: string | null;
  order: number | string | null;
  exclude: boolean;
  searchExclude: boolean;
  visibility: 'public' | 'internal' | null;
  published: boolean;
  /** What Docusaurus shows in its tree instead of the title. */
  sidebarLabel: string | null;
  owners: Owner[];
  tags: string[];
  reviewEveryWeeks: number | null;
  reviewedAt: string | null;
  permalink: string | null;
  /** Other addresses of the page on its site. */
  aliases: string[];
  date: string | null;
  slug: string | null;
  categories: string[];
  /** It places itself: no parent then means the top, not its folder. */
  navigates: boolean;
}

const navigation = ['parent', 'grand_parent', 'ancestor', 'nav_order', 'has_children', 'has_toc', 'nav_exclude'];

export interface MetaOptions extends PublicationOptions {
  defaults: ReadonlyMap<string, unknown>;
  /** What pages above hand down, to pages without front matter too. */
  cascade: ReadonlyMap<string, unknown>;
}

export function metaOfFile(front: FrontMatter | null, { defaults, cascade, ...time }: MetaOptions): FileMeta {
  const given = [...(front ? defaults : []), ...cascade, ...(front?.values ?? [])];
  // Hugo and Pelican read keys in any case.
  const values = new Map<string, unknown>(given.flatMap(([key, value]) => [[key.toLowerCase(), value] as const, [key, value] as const]));
  const publication = publicationOf(values, time);
  const text = (key: string): string | null => {
    const value = values.get(key);
    return typeof value === 'string' && value.trim() !== '' && !isNull(value) ? value.trim() : null;
  };
  const yes = (key: string) => isYes(text(key));
  const unlisted = ['unlisted', 'hidden', 'bookHidden', 'geekdocHidden', 'eleventyExcludeFromCollections'].some(yes);
  const weeks = Number(text('review_every_weeks') ?? Number.NaN);
  return {
    title: orNull(nameFrom(text('title') ?? '', 300)),
    parent: text('parent'),
    grandParent: text('grand_parent'),
    ancestor: text('ancestor'),
    order: orderIn(text, front),
    exclude: yes('nav_exclude') || unlisted,
    searchExclude: yes('search_exclude') || unlisted,
    visibility: publication.visibility,
    published: publication.published,
    sidebarLabel: text('sidebar_label'),
    owners: words(values.get('owners') ?? values.get('owner'))
      .slice(0, 20)
      .map(ownerOf)
      .filter(({ id }) => id !== ''),
    tags: tagsOf(values.get('tags')),
    reviewEveryWeeks: Number.isInteger(weeks) && weeks >= 1 && weeks <= 520 ? weeks : null,
    reviewedAt: instantOf(text('reviewed_at')),
    permalink: isNo(text('permalink')) ? null : short(text('permalink') ?? text('url') ?? rooted(text('slug'))),
    aliases: [...words(values.get('redirect_from')), ...words(values.get('aliases')).map((one) => rooted(one) ?? '')]
      .flatMap((one) => short(one) || [])
      .slice(0, 50),
    date: text('date'),
    slug: short(text('slug')),
    categories: words(values.get('categories') ?? values.get('category')).slice(0, 20),
    navigates: navigation.some((key) => values.has(key)),
  };
}

const orNull = (text: string): string | null => text || null;
const isNull = (value: string): boolean => ['null', '~'].includes(value.toLowerCase());

/** Addresses longer than this are nobody's. */
const longestAddress = 400;
const short = (text: string | null): string | null => (text !== null && text.length <= longestAddress ? text : null);
const rooted = (text: string | null): string | null => (text?.startsWith('/') ? text : null);

/** just-the-docs, Docusaurus, VuePress and others, Hugo, whose 0 means none. */
function orderIn(text: (key: string) => string | null, front: FrontMatter | null): FileMeta['order'] {
  const key = ['nav_order', 'sidebar_position', 'order', 'weight'].find((one) => text(one) !== null);
  if (key === undefined) return null;
  const order = orderOf(text(key), front?.quoted.has(key) ?? false);
  if (key === 'nav_order') return order;
  return typeof order === 'number' && !(key === 'weight' && order === 0) ? order : null;
}

function orderOf(text: string | null, quoted: boolean): number | string | null {
  if (text === null) return null;
  return !quoted && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : cut(text, 100);
}

/** A list, or words with commas between them. */
function words(value: unknown): string[] {
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  const texts = list.flatMap((one) => {
    if (one instanceof Map) return [`${one.get('type') ?? 'team'}:${one.get('id') ?? ''}`];
    return typeof one === 'string' && one.trim() ? [one.trim()] : [];
  });
  return [...new Set(texts)];
}

function tagsOf(value: unknown): string[] {
  const tags = words(value)
    .slice(0, 200)
    .map((tag) => nameFrom(tag, 60));
  return distinctNames(tags.filter(Boolean)).slice(0, 50);
}

/** `person:<id>`, `team:<name>` or a team's name alone. */
function ownerOf(text: string): Owner {
  const [, type, id] = /^(person|team):\s*(.+)$/.exec(text) ?? [];
  return { type: type === 'person' ? 'person' : 'team', id: nameFrom(id ?? text, 100) };
}

const instantOf = (text: string | null): string | null => {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0];
  const time = day ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
};

/** A title from the name of a file or, for the page of a folder, of the folder; `source` names the top. */
export function titleFromName(file: string, source: string): string {
  const words = nameFrom(wordsOfName(isFolderPage(file) ? nameOf(folderOf(file)) || source : withoutExtension(nameOf(file))), 300);
  return cut(words.charAt(0).toUpperCase() + words.slice(1), 300) || nameFrom(file, 300);
}
