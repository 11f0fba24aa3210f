import { z } from 'zod';
import { Instant, Ulid } from '../common.ts';
import { RevisionView } from './pages.ts';

/** `POST /imports?source&into&public&archive` with a zip as `application/zip`; 202 answers an `ImportView`. */
export const ImportQuery = z.strictObject({
  /** Key of the source: only its own pages are archived by it. Also the path its pages live under, unless `into` says otherwise. */
  source: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\0/\\?#]+$/, 'A name without slashes'),
  into: z.string().max(200).optional(),
  public: z.enum(['true', 'false']).default('false'),
  /** Archive what vanished even when that is more than 20 % and more than 10 pages. */
  archive: z.enum(['true', 'false']).default('false'),
  sample: z.enum(['true', 'false']).default('false'),
  /** Paths begin at the top of the source. Otherwise a folder that holds all files, as in GitHub's zips, is no part of them. */
  rooted: z.enum(['true', 'false']).default('false'),
  /** What the sender kept out of the zip, to be named in the report: paths with line breaks between them. */
  without: z.string().max(4_000).optional(),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

export const MissingTarget = z.strictObject({ page: z.string(), target: z.string(), kind: z.enum(['page', 'anchor', 'image', 'file']) });
export type MissingTarget = z.infer<typeof MissingTarget>;

const Named = z.strictObject({ path: z.string(), reason: z.string() });

/** Counts of pages; what went wrong by name. `page` and `path` are paths in the source, unless it says otherwise. */
export const ImportReport = z.strictObject({
  source: z.string(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  moved: z.number().int(),
  archived: z.number().int(),
  merged: z.number().int(),
  /** Pages edited here whose source changed too and did not merge cleanly: kept as edited here. */
  kept: z.array(Named),
  failed: z.array(Named),
  /** By page, then by target. */
  missing: z.array(MissingTarget),
  attachments: z.number().int(),
  /** Pages that vanished and wait for a yes (`archive=true`) because they are many, or because who imports may not archive. */
  waitingToArchive: z.array(z.string()),
  /** Pages that their files call drafts: seen by editors alone until somebody publishes them. */
  drafts: z.array(z.strictObject({ path: z.string(), title: z.string() })),
  /** Files that are neither a page nor shown by one, and what was done otherwise than the file asks. */
  leftOut: z.array(Named),
  /** Root-relative links that lead out of the site of the source. */
  outside: z.array(z.strictObject({ page: z.string(), target: z.string() })),
  /** For links in `missing`: the page that is most likely meant; `path` is its path here. */
  nearest: z.array(z.strictObject({ page: z.string(), target: z.string(), path: z.string(), title: z.string() })),
  /** What was written for another reader and is shown plainly, by kind: how often, on how many pages. */
  unknown: z.array(z.strictObject({ kind: z.string(), count: z.number().int(), pages: z.number().int() })),
  /** Pages in `kept` whose version of the source can be read and taken: `GET /pages/{id}/source-version`. */
  sourceVersions: z.array(z.strictObject({ path: z.string(), page: Ulid, title: z.string() })),
});
export type ImportReport = z.infer<typeof ImportReport>;

export const ImportView = z.strictObject({
  id: Ulid,
  source: z.string(),
  into: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Files handled and files in all. */
  done: z.number().int(),
  total: z.number().int(),
  /** When it was asked for; until `runsSince` it waited for its turn. */
  startedAt: Instant,
  runsSince: Instant.nullable(),
  endedAt: Instant.nullable(),
  by: z.string(),
  /** Of a run that failed as a whole. */
  error: z.string().nullable(),
  /** What is done so far while it runs. */
  report: ImportReport,
  /** Pages handled, newest last, for the list that grows while it runs. */
  rows: z.array(
    z.strictObject({
      path: z.string(),
      title: z.string(),
      outcome: z.enum(['created', 'updated', 'unchanged', 'moved', 'archived', 'merged', 'kept', 'failed']),
    }),
  ),
});
export type ImportView = z.infer<typeof ImportView>;

/** `GET /pages/{id}/source-version`: what the source says of a page that was kept as edited here, beside what the page says. */
export const SourceVersion = z.strictObject({
  page: Ulid,
  path: z.string(),
  /** Path of the file in the source. */
  file: z.string(),
  /** Of the page: goes back as `If-Match`. */
  version: z.number().int(),
  theirs: RevisionView,
  here: RevisionView,
});
export type SourceVersion = z.infer<typeof SourceVersion>;

/** `POST /pages/{id}/source-version` with `If-Match`: the source's text becomes the page's, or is settled as not wanted. */
export const SourceVersionChoice = z.strictObject({ take: z.enum(['source', 'here']) });
