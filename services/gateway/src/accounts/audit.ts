import { AccountAction, type AccountAuditEntry, Role, Ulid } from '@sidekick/contracts';
import type { CollectionDef, Page, Store } from '@sidekick/store';
import { z } from 'zod';
import { audited, nextId } from '../common/audited.ts';
import { accountDef } from './account.ts';
import { machine } from './machine.ts';

const AuditEntry = z.strictObject({
  _id: Ulid,
  at: z.iso.datetime(),
  did: AccountAction,
  /** Ids alone: names are looked up when it is read, so that a blanked name is blanked here too. */
  by: Ulid.nullable(),
  account: Ulid.nullable(),
  before: z.array(Role),
  after: z.array(Role),
});
type AuditEntry = z.infer<typeof AuditEntry>;
const definition: CollectionDef<AuditEntry, 'by-time'> = {
  name: 'account-deeds',
  schema: AuditEntry,
  indexes: { 'by-time': ['at', '_id'] },
};

export type NewAuditEntry = Pick<AuditEntry, 'did' | 'by' | 'account'> & Partial<Pick<AuditEntry, 'before' | 'after'>>;

/** Who changed what somebody may do, for good. */
export interface Audit {
  /** As `audited`: a crash in between leaves the note of something not done. */
  audited<T>(entries: readonly NewAuditEntry[], work: () => Promise<T>): Promise<T>;
  /** Newest first. */
  list(limit: number, cursor: string | undefined): Promise<Page<AccountAuditEntry>>;
}

export function auditOf({ store, now }: { store: Store; now: () => Date }): Audit {
  const accounts = store.collection(accountDef);
  const entries = store.collection(definition);
  const namesOf = async (items: readonly AuditEntry[]) => {
    const ids = new Set(items.flatMap(({ by, account }) => [by, account]).filter((id) => id !== null));
    const names = new Map((await accounts.getMany([...ids])).map(({ doc }) => [doc._id, doc.private.name]));
    names.set(machine.account, machine.name);
    return (id: string | null) => {
      const name = id === null ? undefined : names.get(id);
      return id === null || name === undefined ? null : { id, name };
    };
  };
  return {
    audited(given, work) {
      const at = now().toISOString();
      const noted = given.map((entry) => ({ _id: nextId(), at, before: [], after: [], ...entry }));
      return audited(entries, noted, work);
    },
    async list(limit, cursor) {
      const { items, nextCursor } = await entries.query({ index: 'by-time', order: 'desc', limit, cursor });
      const docs = items.map(({ doc }) => doc);
      const nameOf = await namesOf(docs);
      const views = docs.map(({ _id, by, account, ...rest }) => ({ id: _id, ...rest, by: nameOf(by), account: nameOf(account) }));
      return { items: views, nextCursor };
    },
  };
}
