import type { Envelope } from '@sidekick/contracts';

/**
 * One line of a dump. A database is its lines in this order: the store's own, then every collection by name and its documents by
 * id, then every log by name, its entries by number and the position of its relay. The epoch is no part of it: a restore renews it.
 */
export type DumpLine = StoreLine | DocumentLine | EntryLine | PositionLine;

export interface StoreLine {
  is: 'store';
  schema: { version: number; oldestReader: number };
}
/** `doc` is null in a tombstone, as it is kept otherwise: at its own schema version. */
export interface DocumentLine {
  is: 'document';
  collection: string;
  id: string;
  version: number;
  schema: number;
  doc: unknown;
  deletedAt?: number;
  unsent?: { event: Envelope; version: number; writtenAt: number };
}
export interface EntryLine {
  is: 'entry';
  log: string;
  number: number;
  requestId: string;
  schema: number;
  entry: unknown;
}
export interface PositionLine {
  is: 'position';
  log: string;
  position: number;
}
