import { z } from 'zod';
import { Instant } from '../common.ts';

/** The last good backup: written, read again and found whole. What the System screen shows of it. */
export const LastBackup = z.strictObject({
  /** When it was begun: nothing older is missing from it. */
  at: Instant,
  /** Name of the file, without folders. */
  file: z.string().min(1).max(255),
  bytes: z.number().int().min(0),
  documents: z.number().int().min(0),
  /** Change sets of the staffing log. */
  entries: z.number().int().min(0),
  blobs: z.number().int().min(0),
  /** How long it took. */
  seconds: z.number().min(0),
});
export type LastBackup = z.infer<typeof LastBackup>;
