import { Ulid } from '@sidekick/contracts';
import type { Clock } from '@sidekick/service-kit';
import type { CollectionDef, Store } from '@sidekick/store';
import { z } from 'zod';
import { unlessStale } from '../races.ts';
import { digest, newSecret } from '../secrets.ts';

const day = 86_400_000;
/** A browser is known for so long after its last sign-in: what browsers keep a cookie for at most. */
export const knownDays = 400;
const mostAccounts = 20;

const KnownBrowser = z.strictObject({
  /** SHA-256 of its cookie. */
  _id: z.string().length(64),
  /** Accounts that signed in with it, the latest first. */
  accounts: z.array(Ulid).max(mostAccounts),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
});
type KnownBrowser = z.infer<typeof KnownBrowser>;
const definition: CollectionDef<KnownBrowser, 'by-expiry'> = {
  name: 'known-browsers',
  schema: KnownBrowser,
  indexes: { 'by-expiry': ['expiresAt'] },
};

/** Browsers that somebody has signed in with: others who guess cannot lock a password out of them. */
export interface KnownBrowsers {
  /** The key of the browser, where this account has signed in with it. */
  keyOf(secret: string | null, account: string): Promise<string | null>;
  /** Answers the secret to leave in it. One that another account used is kept: it tells the browser, not the account. */
  remember(secret: string | null, account: string): Promise<string>;
  sweep(): Promise<number>;
}

export function knownBrowsersOf({ store, clock }: { store: Store; clock: Clock }): KnownBrowsers {
  const browsers = store.collection(definition);
  const now = () => clock.now().getTime();
  const find = async (secret: string | null) => {
    const stored = secret === null ? null : await browsers.get(digest(secret));
    return stored && stored.doc.expiresAt > now() ? stored : null;
  };
  return {
    keyOf: async (secret, account) => {
      const doc = (await find(secret))?.doc;
      return doc?.accounts.includes(account) ? doc._id : null;
    },
    remember: async (secret, account) => {
      const stored = await find(secret);
      const expiresAt = now() + knownDays * day;
      if (secret === null || !stored) {
        const made = newSecret();
        await browsers.insert({ _id: digest(made), accounts: [account], expiresAt });
        return made;
      }
      const isNew = stored.doc.accounts[0] !== account || stored.doc.expiresAt < expiresAt - day;
      const accounts = [account, ...stored.doc.accounts.filter((other) => other !== account)].slice(0, mostAccounts);
      if (isNew) await unlessStale(browsers.replace(stored, { ...stored.doc, accounts, expiresAt }));
      return secret;
    },
    sweep: async () => {
      const { items } = await browsers.query({ index: 'by-expiry', range: { lte: now() }, limit: 200 });
      await browsers.writeMany(items.map((old) => ({ do: 'remove', old })));
      return items.length;
    },
  };
}
