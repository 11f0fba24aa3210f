import { Ulid } from '@sidekick/contracts';
import type { Collection, CollectionDef } from '@sidekick/store';
import { z } from 'zod';

/** A place that pages are imported from. */
const Source = z.strictObject({
  _id: Ulid,
  key: z.string(),
  into: z.string(),
  lastImportAt: z.string(),
  baseurl: z.string(),
  repository: z.string().nullable(),
  title: z.string().nullable(),
});
type Source = z.infer<typeof Source>;

export const sources = {
  name: 'sources',
  schema: Source,
  indexes: { 'by-key': ['key'] },
  unique: (source: Source) => [`source:${source.key}`],
} satisfies CollectionDef<Source, 'by-key'>;

/** A file of a source that a page shows or links to; its bytes are a blob. */
const SourceFile = z.strictObject({ _id: Ulid, source: z.string(), file: z.string(), hash: z.string(), size: z.number().int() });
type SourceFile = z.infer<typeof SourceFile>;

export const sourceFiles = {
  name: 'attachments',
  schema: SourceFile,
  indexes: { 'by-source': ['source', 'file'] },
  unique: (one: SourceFile) => [`file:${one.source}/${one.file}`],
} satisfies CollectionDef<SourceFile, 'by-source'>;

/** What the source says of a page that was kept as edited here: a revision that was never the page's, until somebody takes it. */
export const SourceVersionNote = z.strictObject({
  _id: Ulid,
  page: Ulid,
  source: z.string(),
  file: z.string(),
  revision: Ulid,
  bodyHash: z.string(),
});
export type SourceVersionNote = z.infer<typeof SourceVersionNote>;

export const sourceVersions = {
  name: 'source-versions',
  schema: SourceVersionNote,
  indexes: { 'by-source': ['source', '_id'] },
  unique: (note: SourceVersionNote) => [`page:${note.page}`],
} satisfies CollectionDef<SourceVersionNote, 'by-source'>;

/** What is kept of sources beside their pages. */
export interface Sources {
  sources: Collection<Source, 'by-key'>;
  sourceFiles: Collection<SourceFile, 'by-source'>;
  sourceVersions: Collection<SourceVersionNote, 'by-source'>;
}
