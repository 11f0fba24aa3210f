import { Ulid, WebhookDeed } from '@sidekick/contracts';
import type { CollectionDef, Page, Store } from '@sidekick/store';
import { z } from 'zod';
import { accountDef } from '../accounts/account.ts';
import { machine } from '../accounts/machine.ts';
import { audited, nextId } from '../common/audited.ts';

const Entry = z.strictObject({
  ...WebhookDeed.omit({ id: true, by: true }).shape,
  _id: Ulid,
  /** Id alone, so that a blanked name is blanked here too; null: the portal itself. */
  by: Ulid.nullable(),
});
type Entry = z.infer<typeof Entry>;
const definition: CollectionDef<Entry, 'by-time'> = { name: 'webhook-deeds', schema: Entry, indexes: { 'by-time': ['at', '_id'] } };

/** Who did what with webhooks, for good: they carry what is inside to the outside. */
export interface WebhookDeeds {
  /** As `audited`: a crash in between leaves the note of something not done. */
  audited<T>(entry: Omit<Entry, '_id' | 'at'>, work: () => Promise<T>): Promise<T>;
  /** Newest first. */
  list(limit: number, cursor: string | undefined): Promise<Page<WebhookDeed>>;
}

export function webhookDeedsOf({ store, now }: { store: Store; now: () => Date }): WebhookDeeds {
  const accounts = store.collection(accountDef);
  const entries = store.collection(definition);
  return {
    audited: (entry, work) => audited(entries, [{ _id: nextId(), at: now().toISOString(), ...entry }], work),
    async list(limit, cursor) {
      const { items, nextCursor } = await entries.query({ index: 'by-time', order: 'desc', limit, cursor });
      const ids = new Set(items.flatMap(({ doc: { by } }) => by ?? []));
      const names = new Map((await accounts.getMany([...ids])).map(({ doc }) => [doc._id, doc.private.name]));
      names.set(machine.account, machine.name);
      const byOf = (id: string | null) => {
        const name = id === null ? undefined : names.get(id);
        return id === null || name === undefined ? null : { id, name };
      };
      return { items: items.map(({ doc: { _id, by, ...rest } }) => ({ id: _id, ...rest, by: byOf(by) })), nextCursor };
    },
  };
}
