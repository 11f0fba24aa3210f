import { z } from 'zod';

/** What a release says of the documents it writes; `oldestReader` is the oldest version that may still write beside it. */
export interface SchemaVersion {
  version: number;
  oldestReader: number;
}

const count = z.int().nonnegative();

/** The first line of a dump. */
export const DumpHeader = z.strictObject({ dump: z.literal(1), schema: z.strictObject({ version: count, oldestReader: count }) });

/** A document as it is kept, of whatever schema version; a tombstone has `deletedAt` and no `doc`. */
export const DumpDocument = z.strictObject({
  collection: z.string(),
  id: z.string(),
  version: count,
  schema: count,
  claims: z.array(z.string()).optional(),
  doc: z.record(z.string(), z.unknown()).optional(),
  deletedAt: z.number().optional(),
  /** The event that waits to be sent: it is still unsent after a load. */
  unsent: z.strictObject({ version: count, writtenAt: z.number(), event: z.record(z.string(), z.unknown()) }).optional(),
});

export const DumpEntry = z.strictObject({ log: z.string(), number: count, requestId: z.string(), schema: count, entry: z.unknown() });

/** How far the relay of a log has published. */
export const DumpPosition = z.strictObject({ log: z.string(), position: count });

/** The last line: how many stood before it, so that a dump cut short is known. */
export const DumpEnd = z.strictObject({ end: count });

export const DumpLine = z.union([DumpDocument, DumpEntry, DumpPosition, DumpHeader, DumpEnd]);
export type DumpLine = z.infer<typeof DumpLine>;

export interface Loaded {
  documents: number;
  tombstones: number;
  unsent: number;
  entries: number;
}

/** One database as JSON lines, the same on both sides; a part of the Store port. */
export interface Dumps {
  /**
   * Everything that is declared: JSON texts without a line break, in one order (collections by name and id, then logs by
   * name and number), so that two dumps of the same database are the same text. The epoch and snapshots are not in it.
   * What is written meanwhile may or may not be in it; each document is whole.
   */
  dump(): AsyncIterable<string>;
  /**
   * Loads a dump of either side into a migrated store. Throws NotEmpty unless the store is empty or `replace` empties it
   * first, and UnfitDump for what is no whole dump or is newer than this release. A load that ended half leaves the store
   * unready (`half-loaded`) until one with `replace` ends well. The epoch stays: renew it afterwards.
   */
  load(lines: AsyncIterable<string> | Iterable<string>, options?: { replace?: boolean }): Promise<Loaded>;
}
