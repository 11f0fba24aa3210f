import { type AccountDeed, AccountDid, Role, Ulid } from '@sidekick/contracts';
import type { CollectionDef, Page, Store } from '@sidekick/store';
import { z } from 'zod';
import { doing, nextId } from '../common/doing.ts';
import { accountDef } from './account.ts';
import { machine } from './machine.ts';

const Deed = z.strictObject({
  _id: Ulid,
  at: z.iso.datetime(),
  did: AccountDid,
  /** Ids alone: names are looked up when it is read, so that a blanked name is blanked here too. */
  by: Ulid.nullable(),
  account: Ulid.nullable(),
  before: z.array(Role),
  after: z.array(Role),
});
type Deed = z.infer<typeof Deed>;
const definition: CollectionDef<Deed, 'by-time'> = { name: 'account-deeds', schema: Deed, indexes: { 'by-time': ['at', '_id'] } };

export type NewDeed = Pick<Deed, 'did' | 'by' | 'account'> & Partial<Pick<Deed, 'before' | 'after'>>;

/** Who changed what somebody may do, for good. */
export interface Audit {
  /** As `doing`: a crash in between leaves the note of something not done. */
  doing<T>(deeds: readonly NewDeed[], work: () => Promise<T>): Promise<T>;
  /** Newest first. */
  list(limit: number, cursor: string | undefined): Promise<Page<AccountDeed>>;
}

export function auditOf({ store, now }: { store: Store; now: () => Date }): Audit {
  const accounts = store.collection(accountDef);
  const deeds = store.collection(definition);
  const namesOf = async (items: readonly Deed[]) => {
    const ids = new Set(items.flatMap(({ by, account }) => [by, account]).filter((id) => id !== null));
    const names = new Map((await accounts.getMany([...ids])).map(({ doc }) => [doc._id, doc.private.name]));
    names.set(machine.account, machine.name);
    return (id: string | null) => {
      const name = id === null ? undefined : names.get(id);
      return id === null || name === undefined ? null : { id, name };
    };
  };
  return {
    doing(given, work) {
      const at = now().toISOString();
      const noted = given.map((deed) => ({ _id: nextId(), at, before: [], after: [], ...deed }));
      return doing(deeds, noted, work);
    },
    async list(limit, cursor) {
      const { items, nextCursor } = await deeds.query({ index: 'by-time', order: 'desc', limit, cursor });
      const docs = items.map(({ doc }) => doc);
      const nameOf = await namesOf(docs);
      const views = docs.map(({ _id, by, account, ...rest }) => ({ id: _id, ...rest, by: nameOf(by), account: nameOf(account) }));
      return { items: views, nextCursor };
    },
  };
}
