import { type RecoveryView, Ulid } from '@sidekick/contracts';
import { type Clock, Conflict, NotFound } from '@sidekick/service-kit';
import { type CollectionDef, StaleVersion, type Store, type Stored } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import { drain } from '../common/races.ts';
import { digest, newSecret } from '../common/secrets.ts';
import type { Account } from './account.ts';
import type { Accounts } from './accounts.ts';
import { hashPassword } from './password.ts';

const lastsHours = 24;

const Recovery = z.strictObject({
  _id: Ulid,
  /** SHA-256 of the token in the link. */
  hash: z.string().length(64),
  account: Ulid,
  /** SHA-256 of the password's hash that it replaces: once the password is another, by this link or otherwise, the link is used up. */
  replaces: z.string().length(64),
  /** Null for one that an older release made. */
  by: Ulid.nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
type Recovery = z.infer<typeof Recovery>;
const definition: CollectionDef<Recovery, 'by-account' | 'by-expiry'> = {
  name: 'recoveries',
  schema: Recovery,
  indexes: { 'by-account': ['account'], 'by-expiry': ['expiresAt'] },
  upcasts: [(old) => ({ ...(old as Recovery), by: null })],
  unique: ({ hash }) => [`hash:${hash}`],
};

/** One-time links with which somebody who cannot get in sets a new password. */
export interface Recoveries {
  /** An earlier link of the account ends. Throws Conflict `no-password`, `disabled` for an account that such a link cannot help. */
  create(account: Account, by: string): Promise<{ id: string; token: string; expiresAt: string }>;
  /** Throws NotFound `no-recovery` for a link that is used, expired, was never made, or whose maker does not manage any more. */
  view(token: string): Promise<RecoveryView & { id: string }>;
  /** Sets the password. Throws NotFound `no-recovery`; of two at once one sets it. */
  redeem(token: string, password: string): Promise<Account>;
  /** Ends the links of an account: who knows its password needs none. */
  endOf(account: string): Promise<void>;
  sweep(): Promise<number>;
}

const replacedBy = ({ passwordHash }: Account): string => digest(passwordHash ?? '');

export function recoveriesOf({ store, clock, accounts }: { store: Store; clock: Clock; accounts: Accounts }): Recoveries {
  const recoveries = store.collection(definition);
  const removeAll = async (query: Parameters<typeof recoveries.query>[0]) => {
    const { items } = await recoveries.query(query);
    await recoveries.writeMany(items.map((old) => ({ do: 'remove', old })));
    return items.length;
  };
  const open = async (token: string): Promise<Stored<Account>> => {
    const doc = (await recoveries.byKey(`hash:${digest(token)}`))?.doc;
    const stored = doc && doc.expiresAt > clock.now().toISOString() ? await accounts.all.get(doc.account) : null;
    const isOpen = doc && stored && !stored.doc.disabled && replacedBy(stored.doc) === doc.replaces && (await accounts.vouches(doc.by));
    if (!isOpen) {
      const words =
        'This link does not work any more: it was used, is too old, or who made it does not manage any more. Ask a manager for one';
      throw new NotFound('no-recovery', words);
    }
    return stored;
  };
  const endOf = (account: string) => drain(() => removeAll({ index: 'by-account', equals: { account }, limit: 200 }));
  return {
    create: async (account, by) => {
      if (account.kind === 'sample') throw new Conflict('no-password', 'A demo persona signs in without a password');
      if (account.disabled) throw new Conflict('disabled', 'This account may not sign in: let it sign in again first');
      await endOf(account._id);
      const token = newSecret();
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + lastsHours * 3_600_000).toISOString();
      const link = { _id: ulid(), hash: digest(token), account: account._id, by, replaces: replacedBy(account) };
      const { doc } = await recoveries.insert({ ...link, createdAt: now.toISOString(), expiresAt });
      return { id: doc._id, token, expiresAt };
    },
    view: async (token) => {
      const { _id: id, private: words } = (await open(token)).doc;
      return { id, name: words.name, email: words.email ?? '' };
    },
    redeem: async (token, password) => {
      await open(token);
      const passwordHash = await hashPassword(password);
      for (;;) {
        const stored = await open(token);
        try {
          const { doc } = await accounts.all.replace(stored, { ...stored.doc, passwordHash, changedBy: stored.doc._id });
          await endOf(doc._id);
          return doc;
        } catch (error) {
          // Somebody changed the account meanwhile, or the other of two used the link first: then it is not open any more.
          if (!(error instanceof StaleVersion)) throw error;
        }
      }
    },
    endOf,
    sweep: () => removeAll({ index: 'by-expiry', range: { lte: clock.now().toISOString() }, limit: 200 }),
  };
}
