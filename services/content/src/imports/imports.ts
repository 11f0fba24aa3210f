import { type ImportReport, ImportView, Ulid } from '@sidekick/contracts';
import type { Collection, CollectionDef } from '@sidekick/store';
import { z } from 'zod';
import type { WritingContent } from '../writing/writing.ts';

/** A run, as answered, with what it was asked to do. */
export const Import = z.strictObject({
  _id: Ulid,
  ...ImportView.omit({ id: true }).shape,
  /** Milliseconds since the epoch at which the process that runs it last said so. */
  beatAt: z.number(),
  options: z.strictObject({
    public: z.boolean(),
    archive: z.boolean(),
    sample: z.boolean(),
    /** Whether who asked may take pages away at all. */
    mayArchive: z.boolean(),
    /** Whether a lone folder at the top is part of the paths. */
    rooted: z.boolean(),
    /** Paths that the sender kept out of the zip. */
    without: z.array(z.string()),
  }),
});
export type Import = z.infer<typeof Import>;

/** Reports named what failed and nothing else that was left out. */
function withFullReport(old: unknown): unknown {
  const run = old as { startedAt: string; report: object; options: object };
  const more = { drafts: [], leftOut: [], outside: [], nearest: [], unknown: [], sourceVersions: [] };
  return {
    ...run,
    runsSince: run.startedAt,
    report: { ...run.report, ...more },
    options: { ...run.options, mayArchive: true, rooted: false, without: [] },
  };
}

export const imports = {
  name: 'imports',
  schema: Import,
  indexes: { 'by-id': ['_id'], 'by-state': ['state', '_id'] },
  /** One run a source at a time, over all processes. */
  unique: (run: Import) => (run.state === 'running' ? [`running:${run.source}`] : []),
  upcasts: [withFullReport],
} satisfies CollectionDef<Import, 'by-id' | 'by-state'>;

/** What imports work on. */
export interface ImportContent extends WritingContent {
  imports: Collection<Import, 'by-id' | 'by-state'>;
}

export const emptyReport = (source: string): ImportReport => ({
  source,
  created: 0,
  updated: 0,
  unchanged: 0,
  moved: 0,
  archived: 0,
  merged: 0,
  kept: [],
  failed: [],
  missing: [],
  attachments: 0,
  waitingToArchive: [],
  drafts: [],
  leftOut: [],
  outside: [],
  nearest: [],
  unknown: [],
  sourceVersions: [],
});

export const importView = ({ _id, beatAt: _beat, options: _options, ...run }: Import): ImportView => ({ id: _id, ...run });
