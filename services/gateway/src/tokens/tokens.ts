import { type TokenView, Ulid } from '@sidekick/contracts';
import { type Clock, Conflict, NotFound } from '@sidekick/service-kit';
import type { CollectionDef, Store, Stored } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import { drain, noted, removeSurely } from '../common/races.ts';
import { recentOf } from '../common/recent.ts';
import { digest, newSecret } from '../common/secrets.ts';

const note = 10 * 60_000;
const most = 50;

const Token = z.strictObject({
  _id: Ulid,
  /** SHA-256 of the secret. */
  hash: z.string().length(64),
  account: Ulid,
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type Token = z.infer<typeof Token>;
const definition: CollectionDef<Token, 'by-account'> = {
  name: 'tokens',
  schema: Token,
  indexes: { 'by-account': ['account', 'createdAt'] },
  unique: ({ hash }) => [`hash:${hash}`],
};

/** API tokens of accounts; each has the rights of its account. */
export interface Tokens {
  create(account: string, name: string): Promise<{ token: Token; secret: string }>;
  /** The token of a secret; notes its use. */
  check(secret: string): Promise<Token | null>;
  /** Those of several ids that have not ended. */
  alive(ids: readonly string[]): Promise<Set<string>>;
  of(account: string): Promise<Token[]>;
  /** Throws NotFound for a token that is not this account's. */
  remove(account: string, id: string): Promise<void>;
  removeAll(account: string): Promise<void>;
}

export function tokensOf({ store, clock }: { store: Store; clock: Clock }): Tokens {
  const tokens = store.collection(definition);
  const recent = recentOf<Token>(() => clock.now().getTime());
  const storedOf = async (account: string) => (await tokens.query({ index: 'by-account', equals: { account }, limit: most })).items;
  const touch = (stored: Stored<Token>) => {
    const now = clock.now();
    const { lastUsedAt } = stored.doc;
    if (lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < note) return;
    noted(tokens.replace(stored, { ...stored.doc, lastUsedAt: now.toISOString() }));
  };
  return {
    create: async (account, name) => {
      if ((await storedOf(account)).length >= most) throw new Conflict('too-many-tokens', `An account has at most ${most} tokens`);
      const secret = newSecret('skt_');
      const createdAt = clock.now().toISOString();
      const { doc } = await tokens.insert({ _id: ulid(), hash: digest(secret), account, name, createdAt, lastUsedAt: null });
      return { token: doc, secret };
    },
    check: async (secret) => {
      const hash = digest(secret);
      return recent.through(hash, async () => {
        const stored = await tokens.byKey(`hash:${hash}`);
        if (stored) touch(stored);
        return stored?.doc ?? null;
      });
    },
    alive: async (ids) => new Set((await tokens.getMany(ids)).map(({ doc }) => doc._id)),
    of: async (account) => (await storedOf(account)).map(({ doc }) => doc),
    remove: async (account, id) => {
      const stored = await tokens.get(id);
      if (!stored || stored.doc.account !== account) throw new NotFound('no-token', 'There is no such token');
      await removeSurely(tokens, id);
      recent.forget();
    },
    removeAll: async (account) => {
      await drain(async () => (await tokens.writeMany((await storedOf(account)).map((old) => ({ do: 'remove', old })))).length);
      recent.forget();
    },
  };
}

export const tokenView = ({ _id, name, createdAt, lastUsedAt }: Token): z.infer<typeof TokenView> => ({
  id: _id,
  name,
  createdAt,
  lastUsedAt,
});
