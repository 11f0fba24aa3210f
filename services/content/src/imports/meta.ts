import { type Owner, PageMeta } from '@sidekick/contracts';
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
  owners: Owner[];
  tags: string[];
  reviewEveryWeeks: number | null;
  reviewedAt: string | null;
  permalink: string | null;
  /** It places itself: no parent then means the top, not its folder. */
  navigates: boolean;
}

const navigation = ['parent', 'grand_parent', 'ancestor', 'nav_order', 'has_children', 'has_toc', 'nav_exclude'];

export function metaOfFile(front: FrontMatter | null, defaults: ReadonlyMap<string, unknown>): FileMeta {
  const values = new Map<string, unknown>([...(front ? defaults : []), ...(front?.values ?? [])]);
  const text = (key: string): string | null => {
    const value = values.get(key);
    return typeof value === 'string' && value.trim() !== '' && !isNull(value) ? value.trim() : null;
  };
  const yes = (key: string) => text(key)?.toLowerCase() === 'true';
  const weeks = Number(text('review_every_weeks') ?? Number.NaN);
  return {
    title: orNull(cut(text('title') ?? '', 300)),
    parent: text('parent'),
    grandParent: text('grand_parent'),
    ancestor: text('ancestor'),
    order: orderOf(text('nav_order'), front?.quoted.has('nav_order') ?? false),
    exclude: yes('nav_exclude'),
    searchExclude: yes('search_exclude'),
    visibility: visibilityOf(text('visibility'), text('public')),
    published: text('published')?.toLowerCase() !== 'false',
    owners: words(values.get('owners') ?? values.get('owner'))
      .slice(0, 20)
      .map(ownerOf),
    tags: words(values.get('tags'))
      .map((tag) => cut(tag, 60))
      .filter(Boolean)
      .slice(0, 50),
    reviewEveryWeeks: Number.isInteger(weeks) && weeks >= 1 && weeks <= 520 ? weeks : null,
    reviewedAt: instantOf(text('reviewed_at')),
    permalink: text('permalink'),
    navigates: navigation.some((key) => values.has(key)),
  };
}

const orNull = (text: string): string | null => text || null;
const isNull = (value: string): boolean => ['null', '~'].includes(value.toLowerCase());

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
  const words = (/^(?:index|readme)$/i.test(name) ? nameOf(folderOf(file)) || source : name).replaceAll(/[-_]+/g, ' ').trim();
  return cut(words.charAt(0).toUpperCase() + words.slice(1), 300) || cut(file, 300);
}
