import { Ulid } from '@sidekick/contracts';
import type { Clock } from '@sidekick/service-kit';
import type { CollectionDef, Store, Stored } from '@sidekick/store';
import { z } from 'zod';
import { drain, noted, removeSurely } from '../races.ts';
import { recentOf } from '../recent.ts';
import { digest, newSecret } from '../secrets.ts';

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
});
export type Session = z.infer<typeof Session>;
const definition: CollectionDef<Session, 'by-account' | 'by-expiry'> = {
  name: 'sessions',
  schema: Session,
  indexes: { 'by-account': ['account'], 'by-expiry': ['expiresAt'] },
};

export interface Sessions {
  /** `secret` goes into the cookie and is kept nowhere. */
  begin(account: string): Promise<{ secret: string; key: string }>;
  /** The session of a cookie; null when it has ended. Counts as a use. */
  check(secret: string): Promise<Session | null>;
  /** The same by key, for what is under way; no use. */
  alive(key: string): Promise<boolean>;
  end(key: string): Promise<void>;
  endOf(account: string): Promise<void>;
  /** Removes sessions that have expired. Answers how many. */
  sweep(): Promise<number>;
}

export function sessionsOf({ store, clock }: { store: Store; clock: Clock }): Sessions {
  const sessions = store.collection(definition);
  const now = () => clock.now().getTime();
  const recent = recentOf<Session>();
  const live = async (key: string) => {
    const stored = await sessions.get(key);
    return stored && now() < stored.doc.expiresAt ? stored : null;
  };
  const touch = async (stored: Stored<Session>) => {
    const { doc } = stored;
    if (now() - doc.seenAt < note) return;
    const expiresAt = Math.min(doc.createdAt + longest, now() + idle);
    await noted(sessions.replace(stored, { ...doc, seenAt: now(), expiresAt }));
  };
  const removeAll = async (found: Stored<Session>[]) => {
    await sessions.writeMany(found.map((old) => ({ do: 'remove', old })));
    return found.length;
  };
  return {
    begin: async (account) => {
      const secret = newSecret();
      const key = digest(secret);
      await sessions.insert({ _id: key, account, createdAt: now(), seenAt: now(), expiresAt: now() + idle });
      return { secret, key };
    },
    check: async (secret) => {
      const key = digest(secret);
      return recent.through(key, now(), async () => {
        const stored = await live(key);
        if (stored) await touch(stored);
        return stored?.doc ?? null;
      });
    },
    alive: async (key) => (await live(key)) !== null,
    end: async (key) => {
      await removeSurely(sessions, key);
      recent.forget();
    },
    endOf: async (account) => {
      await drain(async () => removeAll((await sessions.query({ index: 'by-account', equals: { account }, limit: 200 })).items));
      recent.forget();
    },
    sweep: async () => removeAll((await sessions.query({ index: 'by-expiry', range: { lte: now() }, limit: 200 })).items),
  };
}
