import { DeadLetterDeed, Ulid } from '@sidekick/contracts';
import type { CollectionDef, Page, Store } from '@sidekick/store';
import { z } from 'zod';
import { doing, nextId } from '../common/doing.ts';

const Deed = z.strictObject({
  ...DeadLetterDeed.omit({ id: true }).shape,
  _id: Ulid,
  /** Null: the portal itself. */
  account: Ulid.nullable(),
});
export type Deed = z.infer<typeof Deed>;
const definition: CollectionDef<Deed, 'by-time'> = { name: 'dead-letter-deeds', schema: Deed, indexes: { 'by-time': ['at', '_id'] } };

/** What was done with dead letters, for good: the only trace of a discarded one. */
export interface Deeds {
  /** As `doing`: a crash in between leaves the note of something not done. */
  doing<T>(deed: Omit<Deed, '_id' | 'at'>, work: () => Promise<T>): Promise<T>;
  /** Newest first. */
  list(limit: number, cursor: string | undefined): Promise<Page<DeadLetterDeed>>;
}

export function deedsOf({ store, now }: { store: Store; now: () => Date }): Deeds {
  const deeds = store.collection(definition);
  return {
    doing: (deed, work) => doing(deeds, [{ _id: nextId(), at: now().toISOString(), ...deed }], work),
    async list(limit, cursor) {
      const { items, nextCursor } = await deeds.query({ index: 'by-time', order: 'desc', limit, cursor });
      return { items: items.map(({ doc: { _id, account: _account, ...rest } }) => ({ id: _id, ...rest })), nextCursor };
    },
  };
}
