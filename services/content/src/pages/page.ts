import { distinctNames, Instant, PageChange, PageMeta, type PageSummary, Ulid } from '@sidekick/contracts';
import { NotFound } from '@sidekick/service-kit';
import type { CollectionDef, Stored } from '@sidekick/store';
import { z } from 'zod';

/** What an import may set of a page; kept beside the page, so that a later import knows what was changed here since. */
export const ImportedMeta = z.strictObject({
  title: z.string(),
  visibility: PageMeta.shape.visibility,
  status: PageMeta.shape.status,
  owners: PageMeta.shape.owners,
  tags: PageMeta.shape.tags,
  place: PageMeta.shape.place,
  under: z.string().nullable(),
  searchExclude: z.boolean(),
  reviewEveryWeeks: PageMeta.shape.reviewEveryWeeks,
  reviewedAt: PageMeta.shape.reviewedAt,
});
export type ImportedMeta = z.infer<typeof ImportedMeta>;

/** A page's link to its source. */
const Imported = z.strictObject({
  /** Path of the file in the source. */
  file: z.string(),
  /** Of the source's body: tells whether it changed, and knows it again elsewhere. */
  bodyHash: z.string(),
  /** The revision that holds the source's body as of the last import: the base of a merge. */
  revision: Ulid,
  path: z.string(),
  meta: ImportedMeta,
  /** Where the source's own site serves it, see `Addresses`. */
  address: z.string().nullable(),
  also: z.array(z.string()),
});
export type Imported = z.infer<typeof Imported>;

export const Page = z.strictObject({
  _id: Ulid,
  ...PageMeta.shape,
  /** Place in the tree of a page without a parent: below the page or folder of this path; null: below its own folder. */
  under: z.string().nullable(),
  /** Paths it had before: they lead here, until another page takes one over. */
  oldPaths: z.array(z.string()),
  revision: Ulid,
  createdAt: Instant,
  changedAt: Instant,
  changedBy: z.string(),
  /** Milliseconds since the epoch of the last write: other replicas learn of it by this. */
  touchedAt: z.number(),
  /** Hash of the request that created it, so that its repetition is known. */
  createdFrom: z.string().nullable(),
  /** Its body may hold Liquid. */
  jekyll: z.boolean(),
  /** What its head links to: ids of pages, or `/path` of what was not there yet. `files` are the attachments it shows. */
  links: z.array(z.string()),
  files: z.array(z.string()),
  imported: Imported.nullable(),
  /** Titles of the pages above, as its last event said them. */
  trail: z.array(z.string()),
  /** Its latest changes, oldest first: what people did, and what an import wrote; not what follows from other pages, or from a file that is gone. */
  log: z.array(PageChange).optional(),
});
export type Page = z.infer<typeof Page>;
export type StoredPage = Stored<Page>;

export const noPage = (): NotFound => new NotFound('no-page', 'There is no such page');

export const pathKey = (path: string): string => `path:/${path}`;

/**
 * Before schema 2 titles and tags were kept as they were typed: since then in Unicode's composed form, and a tag once by its
 * name. Addresses of the source's own site were forgotten after an import.
 */
function composed(old: unknown): unknown {
  const page = old as Page;
  const named = <T extends { title: string; tags: string[] }>(one: T): T => ({
    ...one,
    title: one.title.normalize('NFC'),
    tags: distinctNames(one.tags),
  });
  return { ...named(page), imported: page.imported && { ...page.imported, meta: named(page.imported.meta), address: null, also: [] } };
}

export const pages = {
  name: 'pages',
  schema: Page,
  indexes: { 'by-touched': ['touchedAt'] },
  unique: (page: Page) => [page.path, ...page.oldPaths].map(pathKey),
  upcasts: [composed],
} satisfies CollectionDef<Page, 'by-touched'>;

/** ISO 8601 has four digits for the year. */
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/** The instant the next review is due; null without an interval. A page never reviewed counts from its creation. */
export function dueAt({ reviewEveryWeeks, reviewedAt, createdAt }: Page): string | null {
  if (reviewEveryWeeks === null) return null;
  const due = Date.parse(reviewedAt ?? createdAt) + reviewEveryWeeks * 7 * 86_400_000;
  return new Date(Math.min(due, lastInstant)).toISOString();
}

export function metaOf(page: Page): PageMeta {
  const { path, title, status, visibility, owners, tags, source, place, searchExclude, reviewEveryWeeks, reviewedAt, sample } = page;
  return { path, title, status, visibility, owners, tags, source, place, searchExclude, reviewEveryWeeks, reviewedAt, sample };
}

export const summaryOf = ({ doc, version }: StoredPage): PageSummary => ({
  ...metaOf(doc),
  id: doc._id,
  version,
  revision: doc.revision,
  changedAt: doc.changedAt,
  dueAt: dueAt(doc),
});

/** The page under a new path; the old one leads on. */
export function movedTo(page: Page, path: string): Page {
  if (path === page.path) return page;
  const oldPaths = [...page.oldPaths, page.path].filter((old) => old !== path);
  return { ...page, path, oldPaths: [...new Set(oldPaths)] };
}
