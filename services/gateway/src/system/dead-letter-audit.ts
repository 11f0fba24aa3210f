import { DeadLetterAuditEntry, Ulid } from '@sidekick/contracts';
import type { CollectionDef, Page, Store } from '@sidekick/store';
import { z } from 'zod';
import { audited, nextId } from '../common/audited.ts';

const AuditEntry = z.strictObject({
  ...DeadLetterAuditEntry.omit({ id: true }).shape,
  _id: Ulid,
  /** Null: the portal itself. */
  account: Ulid.nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
const definition: CollectionDef<AuditEntry, 'by-time'> = {
  name: 'dead-letter-deeds',
  schema: AuditEntry,
  indexes: { 'by-time': ['at', '_id'] },
};

/** What was done with dead letters, for good: the only trace of a discarded one. */
export interface DeadLetterAudit {
  /** As `audited`: a crash in between leaves the note of something not done. */
  audited<T>(entry: Omit<AuditEntry, '_id' | 'at'>, work: () => Promise<T>): Promise<T>;
  /** Newest first. */
  list(limit: number, cursor: string | undefined): Promise<Page<DeadLetterAuditEntry>>;
}

export function deadLetterAuditOf({ store, now }: { store: Store; now: () => Date }): DeadLetterAudit {
  const entries = store.collection(definition);
  return {
    audited: (entry, work) => audited(entries, [{ _id: nextId(), at: now().toISOString(), ...entry }], work),
    async list(limit, cursor) {
      const { items, nextCursor } = await entries.query({ index: 'by-time', order: 'desc', limit, cursor });
      return { items: items.map(({ doc: { _id, account: _account, ...rest } }) => ({ id: _id, ...rest })), nextCursor };
    },
  };
}
