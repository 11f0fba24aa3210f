import { z } from 'zod';

/** `GET /sources`: where pages come from. `lastImportAt` is null for pages that were made with a source named. */
export const SourceView = z.strictObject({
  key: z.string(),
  into: z.string(),
  pages: z.number().int(),
  lastImportAt: z.string().nullable(),
});
export type SourceView = z.infer<typeof SourceView>;

/** `GET /sources/{key}`: what removing it would remove; `DELETE` answers what it removed. */
export const SourceRemoval = z.strictObject({
  removed: z.number().int(),
  /** Pages among them that somebody edited here. */
  editedHere: z.array(z.strictObject({ path: z.string(), title: z.string() })),
});
export type SourceRemoval = z.infer<typeof SourceRemoval>;
