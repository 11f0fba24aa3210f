import { Ulid } from '@sidekick/contracts';
import type { Clock } from '@sidekick/service-kit';
import { type CollectionDef, type Store, TakenKey } from '@sidekick/store';
import { z } from 'zod';
import { nextId } from '../common/audited.ts';
import { drain, unlessStale } from '../common/races.ts';
import { digest, newSecret } from '../common/secrets.ts';

const day = 86_400_000;
/** A browser is known for so long after its last sign-in: what browsers keep a cookie for at most. */
export const knownDays = 400;
/** Browsers of one account; a program that keeps no cookie is another one at each sign-in. */
const mostBrowsers = 50;

/** An account that has signed in with a browser. */
const KnownBrowser = z.strictObject({
  _id: z.string(),
  /** SHA-256 of the browser's cookie and the account. */
  hash: z.string().length(64),
  account: Ulid,
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
});
type KnownBrowser = z.infer<typeof KnownBrowser>;
const definition: CollectionDef<KnownBrowser, 'by-account' | 'by-expiry'> = {
  name: 'known-browsers',
  schema: KnownBrowser,
  indexes: { 'by-account': ['account', 'expiresAt'], 'by-expiry': ['expiresAt'] },
  upcasts: [(old) => firstOf(old as Older)],
  unique: ({ hash }) => [`hash:${hash}`],
};

/** One document held all accounts of a browser. It is found no more, and goes when it expires. */
interface Older {
  _id: string;
  accounts: [string];
  expiresAt: number;
}
const firstOf = ({ _id, accounts: [account], expiresAt }: Older): KnownBrowser => ({ _id, hash: _id, account, expiresAt });

/** Browsers that somebody has signed in with: others who guess cannot lock a password out of them. */
export interface KnownBrowsers {
  /** The key of the browser, where this account has signed in with it. */
  keyOf(secret: string | null, account: string): Promise<string | null>;
  /** Answers the secret to leave in it: the one that is there, also where another account left it. */
  remember(secret: string | null, account: string): Promise<string>;
  /** The account is known in no browser any more. */
  forget(account: string): Promise<void>;
  sweep(): Promise<number>;
}

export function knownBrowsersOf({ store, clock }: { store: Store; clock: Clock }): KnownBrowsers {
  const browsers = store.collection(definition);
  const now = () => clock.now().getTime();
  const hashOf = (secret: string, account: string) => digest(`${secret} ${account}`);
  const find = (secret: string, account: string) => browsers.byKey(`hash:${hashOf(secret, account)}`);
  const removeAll = async (query: Parameters<typeof browsers.query>[0], kept = 0) => {
    const old = (await browsers.query(query)).items.slice(kept);
    await browsers.writeMany(old.map((one) => ({ do: 'remove', old: one })));
    return old.length;
  };
  const all = (account: string) => ({ index: 'by-account', equals: { account }, order: 'desc', limit: 200 }) as const;
  return {
    keyOf: async (secret, account) => {
      const doc = secret === null ? null : (await find(secret, account))?.doc;
      return doc && doc.expiresAt > now() ? doc._id : null;
    },
    remember: async (given, account) => {
      const secret = given ?? newSecret();
      const stored = await find(secret, account);
      const expiresAt = now() + knownDays * day;
      if (!stored) {
        await unlessThere(browsers.insert({ _id: nextId(), hash: hashOf(secret, account), account, expiresAt }));
        await removeAll(all(account), mostBrowsers);
      } else if (stored.doc.expiresAt < expiresAt - day) await unlessStale(browsers.replace(stored, { ...stored.doc, expiresAt }));
      return secret;
    },
    forget: (account) => drain(() => removeAll(all(account))),
    sweep: () => removeAll({ index: 'by-expiry', range: { lte: now() }, limit: 200 }),
  };
}

/** Two sign-ins of one browser at once remember it once. */
async function unlessThere(insert: Promise<unknown>): Promise<void> {
  try {
    await insert;
  } catch (error) {
    if (!(error instanceof TakenKey)) throw error;
  }
}
