import { z } from 'zod';
import { digits, Instant } from '../common.ts';
import { Crumb } from './pages.ts';

/** Bytes of one upload. */
export const largestAttachment = 25 * 1024 * 1024;

/** SHA-256 of the bytes, which is also where they lie. */
export const FileHash = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 in lower case hexadecimal');

/** `POST /attachments?name` with the bytes as `application/octet-stream`. */
export const AttachmentQuery = z.strictObject({ name: z.string().trim().min(1).max(300) });

/** `GET /attachments?page`: those that a page shows or links to; without it all of them, newest first. */
export const AttachmentsQuery = z.strictObject({
  page: z.string().max(30).optional(),
  limit: digits(z.int().min(1).max(200)).default(50),
  cursor: z.string().max(2_000).optional(),
});

/** A file of the handbook. `url` is what a page writes to show it; who may see it follows from the pages that use it. */
export const AttachmentView = z.strictObject({
  hash: FileHash,
  name: z.string(),
  /** Media type by what the bytes are, e.g. `image/png`. */
  type: z.string(),
  /** Bytes; null of a file of an import that was not looked at yet. */
  size: z.number().int().nullable(),
  url: z.string(),
  /** Markdown that shows it, or links to it when it is no image. */
  markdown: z.string(),
  addedBy: z.string().nullable(),
  addedAt: Instant.nullable(),
  /** Since when no page uses it: it is removed 30 days later. */
  unusedSince: Instant.nullable(),
  usedBy: z.array(Crumb),
});
export type AttachmentView = z.infer<typeof AttachmentView>;
