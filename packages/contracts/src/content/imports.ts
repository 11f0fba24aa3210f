import { z } from 'zod';
import { Instant, Ulid } from '../common.ts';

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
});
export type ImportQuery = z.infer<typeof ImportQuery>;

export const MissingTarget = z.strictObject({ page: z.string(), target: z.string(), kind: z.enum(['page', 'anchor', 'image', 'file']) });
export type MissingTarget = z.infer<typeof MissingTarget>;

/** Counts of pages; what went wrong by name. `page` and `path` are paths in the source. */
export const ImportReport = z.strictObject({
  source: z.string(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  moved: z.number().int(),
  archived: z.number().int(),
  merged: z.number().int(),
  /** Pages edited here whose source changed too and did not merge cleanly: kept as edited here. */
  kept: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
  failed: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
  missing: z.array(MissingTarget),
  attachments: z.number().int(),
  /** Pages that vanished and wait for a yes (`archive=true`) because they are many; empty otherwise. */
  waitingToArchive: z.array(z.string()),
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
  startedAt: Instant,
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
