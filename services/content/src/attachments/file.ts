import type { Blobs } from '@sidekick/blobs';
import { FileHash, Instant, Ulid } from '@sidekick/contracts';
import type { Collection, CollectionDef, Stored } from '@sidekick/store';
import { z } from 'zod';

const Bringer = z.strictObject({ account: Ulid, name: z.string() });
/** Of one file; whoever is beyond has to save a page with it to see it. */
export const mostBringers = 50;

/**
 * What is known of the bytes behind a hash: who brought them, and since when no page uses them. Bytes that an import took
 * have none until the sweep first meets them unused. `going`: the bytes are being removed, and nobody may count on them;
 * `unusedSince` says then when that was announced.
 */
export const StoredFile = z.strictObject({
  _id: Ulid,
  hash: FileHash,
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  /** Null where an import took it. */
  by: Bringer.nullable(),
  /** Others who brought the same bytes. */
  also: z.array(Bringer).optional(),
  at: Instant,
  unusedSince: Instant.nullable(),
  state: z.enum(['kept', 'going']),
});
export type StoredFile = z.infer<typeof StoredFile>;
export type KeptFile = Stored<StoredFile>;

export const bringersOf = ({ by, also = [] }: StoredFile): z.infer<typeof Bringer>[] => (by ? [by, ...also] : []);
export const broughtBy = (file: StoredFile, account: string): boolean => bringersOf(file).some((one) => one.account === account);

/** A removal takes moments, and one replica does it: one that was announced longer ago than that has broken off. */
const longestRemovalMs = 600_000;
export const brokeOff = ({ state, unusedSince }: StoredFile, now: Date): boolean =>
  state === 'going' && !(now.getTime() - Date.parse(unusedSince ?? '') < longestRemovalMs);

export const hashKey = (hash: string): string => `hash:${hash}`;

export const files = {
  name: 'files',
  schema: StoredFile,
  indexes: { 'by-id': ['_id'] },
  unique: (file: StoredFile) => [hashKey(file.hash)],
} satisfies CollectionDef<StoredFile, 'by-id'>;

/** The files of pages: what is known of them, and their bytes. */
export interface Attachments {
  /** Every file by the hash of its bytes. */
  files: Collection<StoredFile, 'by-id'>;
  blobs: Blobs;
}

/** Where a browser finds it, through the gateway. */
export const fileUrl = (hash: string, name: string): string => `/api/v1/attachments/${hash}/${encodeURIComponent(name)}`;
