import { nameKey, type Owner, PageMeta, tidyName } from '@sidekick/contracts';
import { wordsOfName } from '../tree/words.ts';
import type { FrontMatter } from './front-matter.ts';
import { folderOf, nameOf, withoutExtension } from './source-paths.ts';
import { cut } from './text.ts';

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

export interface MetaOptions {
  defaults: ReadonlyMap<string, unknown>;
  /** What pages above hand down, to pages without front matter too. */
  cascade?: ReadonlyMap<string, unknown>;
  /** Today, as `2026-11-30`. */
  today: string;
}

export function metaOfFile(front: FrontMatter | null, { defaults, cascade = new Map(), today }: MetaOptions): FileMeta {
  const values = new Map<string, unknown>([...(front ? defaults : []), ...cascade, ...(front?.values ?? [])]);
  const text = (key: string): string | null => {
    const value = values.get(key);
    return typeof value === 'string' && value.trim() !== '' && !isNull(value) ? value.trim() : null;
  };
  const yes = (key: string) => isYes(text(key));
  const weeks = Number(text('review_every_weeks') ?? Number.NaN);
  return {
    title: orNull(cut(tidyName(text('title') ?? ''), 300)),
    parent: text('parent'),
    grandParent: text('grand_parent'),
    ancestor: text('ancestor'),
    order: orderIn(text, front),
    exclude: yes('nav_exclude') || yes('unlisted'),
    searchExclude: yes('search_exclude') || yes('unlisted'),
    visibility: yes('private') ? 'internal' : visibilityOf(text('visibility'), text('public')),
    published: !isDraft(text, today) && !isUnrendered(values, text),
    sidebarLabel: text('sidebar_label'),
    owners: words(values.get('owners') ?? values.get('owner'))
      .slice(0, 20)
      .map(ownerOf),
    tags: words(values.get('tags'))
      .slice(0, 200)
      .map((tag) => cut(tidyName(tag), 60))
      .filter((tag, at, all) => tag !== '' && all.findIndex((other) => nameKey(other) === nameKey(tag)) === at)
      .slice(0, 50),
    reviewEveryWeeks: Number.isInteger(weeks) && weeks >= 1 && weeks <= 520 ? weeks : null,
    reviewedAt: instantOf(text('reviewed_at')),
    permalink: short(text('permalink') ?? text('url') ?? rooted(text('slug'))),
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

const isYes = (text: string | null): boolean => ['true', 'yes', 'on'].includes(text?.toLowerCase() ?? '');
const isNo = (text: string | null): boolean => ['false', 'no', 'off'].includes(text?.toLowerCase() ?? '');

/** Addresses longer than this are nobody's. */
const longestAddress = 400;
const short = (text: string | null): string | null => (text !== null && text.length <= longestAddress ? text : null);
const rooted = (text: string | null): string | null => (text?.startsWith('/') ? text : null);

/**
 * Jekyll's `published: false`, the `draft: true` of Hugo, Docusaurus and others, what Obsidian and Hexo call not published, and
 * Hugo's days before and after which a page is not there.
 */
function isDraft(text: (key: string) => string | null, today: string): boolean {
  if (isYes(text('draft')) || isNo(text('published')) || isNo(text('publish')) || text('status')?.toLowerCase() === 'draft') return true;
  const day = (...keys: string[]) => keys.map((key) => /^\d{4}-\d{2}-\d{2}/.exec(text(key) ?? '')?.[0]).find(Boolean);
  const [from, until] = [day('publishDate', 'publishdate', 'pubdate'), day('expiryDate', 'expirydate', 'unpublishdate')];
  return (from !== undefined && from > today) || (until !== undefined && until <= today);
}

/** Hugo's `build` and `headless`: such a page is made for others, and has no address of its own. */
function isUnrendered(values: ReadonlyMap<string, unknown>, text: (key: string) => string | null): boolean {
  const build = values.get('build') ?? values.get('_build');
  const render = build instanceof Map ? build.get('render') : undefined;
  return ['never', 'false', 'link'].includes(String(render).toLowerCase()) || isYes(text('headless'));
}

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

function visibilityOf(visibility: string | null, isPublic: string | null): FileMeta['visibility'] {
  const named = PageMeta.shape.visibility.safeParse(visibility?.toLowerCase());
  if (named.success) return named.data;
  const said = isPublic?.toLowerCase();
  return said === 'true' ? 'public' : said === 'false' ? 'internal' : null;
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

/** `person:<id>`, `team:<name>` or a team's name alone. */
function ownerOf(text: string): Owner {
  const [, type, id] = /^(person|team):\s*(.+)$/.exec(text) ?? [];
  return { type: type === 'person' ? 'person' : 'team', id: cut(id ?? text, 100) };
}

const instantOf = (text: string | null): string | null => {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0];
  const time = day ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
};

/** A title from the name of a file or, for the page of a folder, of the folder; `source` names the top. */
export function titleFromName(file: string, source: string): string {
  const name = withoutExtension(nameOf(file));
  const words = wordsOfName(/^(?:_?index|readme)$/i.test(name) ? nameOf(folderOf(file)) || source : name);
  return cut(words.charAt(0).toUpperCase() + words.slice(1), 300) || cut(file, 300);
}
