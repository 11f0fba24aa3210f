import { Ulid } from '@sidekick/contracts';
import type { Clock } from '@sidekick/service-kit';
import type { CollectionDef, Store, Stored } from '@sidekick/store';
import { z } from 'zod';
import { drain, noted, removeSurely } from '../common/races.ts';
import { recentOf } from '../common/recent.ts';
import { digest, newSecret } from '../common/secrets.ts';
import type { Visitor } from './visitor.ts';

const minute = 60_000;
/** A session ends 12 h after its last use, and 30 days after it began. Uses are written down every 10 minutes at most. */
const idle = 12 * 60 * minute;
const longest = 30 * 24 * 60 * minute;
const note = 10 * minute;

const Session = z.strictObject({
  /** SHA-256 of the cookie. */
  _id: z.string().length(64),
  account: Ulid,
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  seenAt: z.number(),
  expiresAt: z.number(),
  /** Where it was begun; empty for one of an older release. */
  address: z.string().max(100),
  browser: z.string().max(80),
});
export type Session = z.infer<typeof Session>;
const definition: CollectionDef<Session, 'by-account' | 'by-expiry'> = {
  name: 'sessions',
  schema: Session,
  indexes: { 'by-account': ['account'], 'by-expiry': ['expiresAt'] },
  upcasts: [(old) => ({ ...(old as Session), address: '', browser: '' })],
};

export interface Sessions {
  /** `secret` goes into the cookie and is kept nowhere. */
  begin(account: string, from?: Pick<Visitor, 'address' | 'browser'>): Promise<{ secret: string; key: string }>;
  /** The session of a cookie; null when it has ended. Counts as a use. */
  check(secret: string): Promise<Session | null>;
  /** Those of several keys that have not ended, for what is under way; no use. */
  alive(keys: readonly string[]): Promise<Set<string>>;
  /** Those of an account that have not ended, last used first. */
  of(account: string): Promise<Session[]>;
  end(key: string): Promise<void>;
  endOf(account: string): Promise<void>;
  /** Removes sessions that have expired. Answers how many. */
  sweep(): Promise<number>;
}

export function sessionsOf({ store, clock }: { store: Store; clock: Clock }): Sessions {
  const sessions = store.collection(definition);
  const now = () => clock.now().getTime();
  const recent = recentOf<Session>(now);
  const isLive = ({ doc }: Stored<Session>) => now() < doc.expiresAt;
  const live = async (key: string) => {
    const stored = await sessions.get(key);
    return stored && isLive(stored) ? stored : null;
  };
  const ofAccount = async (account: string) => {
    const found: Stored<Session>[] = [];
    let cursor: string | undefined;
    do {
      const page = await sessions.query({ index: 'by-account', equals: { account }, limit: 200, cursor });
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return found;
  };
  const touch = (stored: Stored<Session>) => {
    const { doc } = stored;
    if (now() - doc.seenAt < note) return;
    const expiresAt = Math.min(doc.createdAt + longest, now() + idle);
    noted(sessions.replace(stored, { ...doc, seenAt: now(), expiresAt }));
  };
  const removeAll = async (found: Stored<Session>[]) => {
    await sessions.writeMany(found.map((old) => ({ do: 'remove', old })));
    return found.length;
  };
  return {
    begin: async (account, { address, browser } = { address: '', browser: '' }) => {
      const secret = newSecret();
      const key = digest(secret);
      await sessions.insert({ _id: key, account, createdAt: now(), seenAt: now(), expiresAt: now() + idle, address, browser });
      return { secret, key };
    },
    check: async (secret) => {
      const key = digest(secret);
      return recent.through(key, async () => {
        const stored = await live(key);
        if (stored) touch(stored);
        return stored?.doc ?? null;
      });
    },
    alive: async (keys) => new Set((await sessions.getMany(keys)).filter(isLive).map(({ doc }) => doc._id)),
    of: async (account) =>
      (await ofAccount(account))
        .filter(isLive)
        .map(({ doc }) => doc)
        .sort((a, b) => b.seenAt - a.seenAt),
    end: async (key) => {
      await removeSurely(sessions, key);
      recent.forget();
    },
    endOf: async (account) => {
      await drain(async () => removeAll(await ofAccount(account)));
      recent.forget();
    },
    sweep: async () => removeAll((await sessions.query({ index: 'by-expiry', range: { lte: now() }, limit: 200 })).items),
  };
}
