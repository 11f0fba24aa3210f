import { type FeedCreate, FeedScope, type FeedView, Ulid } from '@sidekick/contracts';
import { type Clock, Conflict, NotFound } from '@sidekick/service-kit';
import { type CollectionDef, StaleVersion, type Store, type Stored, TakenKey } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import { drain, noted, removeSurely } from '../common/races.ts';
import { recentOf } from '../common/recent.ts';
import { digest, newSecret } from '../common/secrets.ts';

const note = 10 * 60_000;
const most = 100;

const Feed = z.strictObject({
  _id: Ulid,
  /** SHA-256 of the secret of its address. */
  hash: z.string().length(64),
  account: Ulid,
  scope: FeedScope,
  /** The person or the project that it shows; null for everybody. */
  subject: Ulid.nullable(),
  addressAt: z.iso.datetime(),
  fetchedAt: z.iso.datetime().nullable(),
});
export type Feed = z.infer<typeof Feed>;
const definition: CollectionDef<Feed, 'by-account'> = {
  name: 'feeds',
  schema: Feed,
  indexes: { 'by-account': ['account', '_id'] },
  unique: ({ hash, account, scope, subject }) => [`hash:${hash}`, `feed:${account}:${scope}:${subject ?? ''}`],
};

/** Calendar feeds of accounts, each of one thing. Whoever has the address reads it, while its account may. */
export interface Feeds {
  of(account: string): Promise<Feed[]>;
  /** `person` is whom the account is linked to. Throws Conflict `no-person`, `feed-there` and `too-many-feeds`. */
  create(account: string, person: string | null, what: FeedCreate): Promise<{ feed: Feed; secret: string }>;
  /** Another address for it; the one before ends at once. Throws NotFound. */
  renew(account: string, id: string): Promise<{ feed: Feed; secret: string }>;
  /** Throws NotFound for a feed that is not this account's. */
  remove(account: string, id: string): Promise<void>;
  removeAll(account: string): Promise<void>;
  /** The feed of an address; null for none. */
  find(secret: string): Promise<Feed | null>;
  /** That a calendar has asked for it. */
  fetched(feed: Feed): void;
}

export function feedsOf({ store, clock }: { store: Store; clock: Clock }): Feeds {
  const feeds = store.collection(definition);
  const recent = recentOf<Feed>(() => clock.now().getTime());
  const now = () => clock.now().toISOString();
  const storedOf = async (account: string) => (await feeds.query({ index: 'by-account', equals: { account }, limit: most })).items;
  const own = async (account: string, id: string): Promise<Stored<Feed>> => {
    const stored = await feeds.get(id);
    if (!stored || stored.doc.account !== account) throw new NotFound('no-feed', 'This feed is not there any more');
    return stored;
  };
  return {
    of: async (account) => (await storedOf(account)).map(({ doc }) => doc),
    create: async (account, person, what) => {
      if (what.scope === 'person' && person === null)
        throw new Conflict('no-person', 'This account is not linked to a person in staffing: a manager can link it');
      if ((await storedOf(account)).length >= most) throw new Conflict('too-many-feeds', `An account has at most ${most} feeds`);
      const subject = what.scope === 'person' ? person : what.scope === 'project' ? what.project : null;
      const secret = newSecret('skf_');
      const feed: Feed = { _id: ulid(), hash: digest(secret), account, scope: what.scope, subject, addressAt: now(), fetchedAt: null };
      try {
        return { feed: (await feeds.insert(feed)).doc, secret };
      } catch (error) {
        if (error instanceof TakenKey) throw new Conflict('feed-there', 'You have this feed already: renew it for a new address');
        throw error;
      }
    },
    renew: async (account, id) => {
      for (;;) {
        const stored = await own(account, id);
        const secret = newSecret('skf_');
        try {
          const { doc } = await feeds.replace(stored, { ...stored.doc, hash: digest(secret), addressAt: now(), fetchedAt: null });
          recent.forget();
          return { feed: doc, secret };
        } catch (error) {
          // That it was fetched may have been noted meanwhile.
          if (!(error instanceof StaleVersion)) throw error;
        }
      }
    },
    remove: async (account, id) => {
      await own(account, id);
      await removeSurely(feeds, id);
      recent.forget();
    },
    removeAll: async (account) => {
      await drain(async () => (await feeds.writeMany((await storedOf(account)).map((old) => ({ do: 'remove', old })))).length);
      recent.forget();
    },
    find: async (secret) => {
      const hash = digest(secret);
      return recent.through(hash, async () => (await feeds.byKey(`hash:${hash}`))?.doc ?? null);
    },
    fetched: (feed) => {
      if (feed.fetchedAt !== null && clock.now().getTime() - Date.parse(feed.fetchedAt) < note) return;
      noted(
        (async () => {
          const stored = await feeds.get(feed._id);
          if (stored?.doc.hash === feed.hash) await feeds.replace(stored, { ...stored.doc, fetchedAt: now() });
        })(),
      );
    },
  };
}

export const feedView = ({ _id, scope, subject, addressAt, fetchedAt }: Feed): FeedView => ({
  id: _id,
  scope,
  project: scope === 'project' ? subject : null,
  addressAt,
  fetchedAt,
});
