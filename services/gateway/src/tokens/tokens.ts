import { Scope, type TokenCreate, type TokenView, Ulid } from '@sidekick/contracts';
import { type Clock, Conflict, InvalidInput, NotFound, Unauthorised } from '@sidekick/service-kit';
import type { Collection, CollectionDef, Store, Stored } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import { drain, noted, removeSurely } from '../common/races.ts';
import { recentOf } from '../common/recent.ts';
import { digest, newSecret } from '../common/secrets.ts';

const note = 10 * 60_000;
const most = 50;
const longest = 10 * 366 * 86_400_000;

const fields = {
  _id: Ulid,
  /** SHA-256 of the secret. */
  hash: z.string().length(64),
  account: Ulid,
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
};
const WholeToken = z.strictObject(fields);
type WholeToken = z.infer<typeof WholeToken>;
const ScopedToken = z.strictObject({ ...fields, scopes: z.array(Scope).min(1), expiresAt: z.iso.datetime().nullable() });

const definitionOf = <T extends WholeToken>(name: string, schema: z.ZodType<T>): CollectionDef<T, 'by-account'> => ({
  name,
  schema,
  indexes: { 'by-account': ['account', 'createdAt'] },
  unique: ({ hash }) => [`hash:${hash}`],
});
/** Those of a release before scopes, and that of this machine. */
const wholeDef = definitionOf('tokens', WholeToken);
/** Of their own: a release that knows no scopes does not find them, and so takes none for one that may do everything. */
const scopedDef = definitionOf('scoped-tokens', ScopedToken);
const wholePrefix = 'skt_';
const scopedPrefix = 'sks_';

/** `scopes` is null for a token that may do all that its account may. */
export type Token = WholeToken & { scopes: readonly Scope[] | null; expiresAt: string | null };
export type NewToken = Pick<Token, 'name' | 'expiresAt'> & { scopes: readonly Scope[] | null };

/** API tokens of accounts; none gives more than the roles of its account. */
export interface Tokens {
  /** Throws Conflict when the account has too many, InvalidInput for an end that has passed or is out of sight. */
  create(account: string, token: NewToken): Promise<{ token: Token; secret: string }>;
  /** The token of a secret; notes its use. Throws Unauthorised `token-expired` for one that has ended. */
  check(secret: string): Promise<Token | null>;
  /** Those of several ids that have not ended. */
  alive(ids: readonly string[]): Promise<Set<string>>;
  of(account: string): Promise<Token[]>;
  /** Throws NotFound for a token that is not this account's. */
  remove(account: string, id: string): Promise<void>;
  removeAll(account: string): Promise<void>;
}

export function tokensOf({ store, clock }: { store: Store; clock: Clock }): Tokens {
  const wholes = store.collection(wholeDef);
  const scoped = store.collection(scopedDef);
  const recent = recentOf<Token>(() => clock.now().getTime());
  const hasEnded = ({ expiresAt }: Token) => expiresAt !== null && clock.now().getTime() >= Date.parse(expiresAt);
  const storedOf = async <T extends WholeToken>(from: Collection<T, 'by-account'>, account: string) =>
    (await from.query({ index: 'by-account', equals: { account } as Partial<T>, limit: most })).items;
  const of = async (account: string): Promise<Token[]> => {
    const [old, now] = await Promise.all([storedOf(wholes, account), storedOf(scoped, account)]);
    return [...old.map(wholeOf), ...now.map(({ doc }) => doc)];
  };
  const touch = <T extends WholeToken>(from: Collection<T, 'by-account'>, stored: Stored<T>) => {
    const now = clock.now();
    const { lastUsedAt } = stored.doc;
    if (lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < note) return;
    noted(from.replace(stored, { ...stored.doc, lastUsedAt: now.toISOString() }));
  };
  const find = async (secret: string, hash: string): Promise<Token | null> => {
    if (!secret.startsWith(scopedPrefix)) {
      const stored = await wholes.byKey(`hash:${hash}`);
      if (stored) touch(wholes, stored);
      return stored && wholeOf(stored);
    }
    const stored = await scoped.byKey(`hash:${hash}`);
    if (stored && !hasEnded(stored.doc)) touch(scoped, stored);
    return stored?.doc ?? null;
  };
  return {
    of,
    create: async (account, { name, scopes, expiresAt }) => {
      refuseEnd(expiresAt, clock.now());
      if ((await of(account)).length >= most)
        throw new Conflict('too-many-tokens', `An account has at most ${most} tokens; take one back first`);
      const secret = newSecret(scopes ? scopedPrefix : wholePrefix);
      const createdAt = clock.now().toISOString();
      const whole = { _id: ulid(), hash: digest(secret), account, name, createdAt, lastUsedAt: null };
      if (!scopes) return { token: wholeOf(await wholes.insert(whole)), secret };
      return { token: (await scoped.insert({ ...whole, scopes: [...scopes], expiresAt })).doc, secret };
    },
    check: async (secret) => {
      const hash = digest(secret);
      const token = await recent.through(hash, () => find(secret, hash));
      if (token && hasEnded(token)) {
        const day = token.expiresAt?.slice(0, 10);
        throw new Unauthorised('token-expired', `This API token ended on ${day}: make a new one at a browser, under your name`);
      }
      return token;
    },
    alive: async (ids) => {
      const [old, now] = await Promise.all([wholes.getMany(ids), scoped.getMany(ids)]);
      return new Set([...old.map(({ doc }) => doc._id), ...now.flatMap(({ doc }) => (hasEnded(doc) ? [] : doc._id))]);
    },
    remove: async (account, id) => {
      const [old, now] = await Promise.all([wholes.get(id), scoped.get(id)]);
      if ((old ?? now)?.doc.account !== account) throw new NotFound('no-token', 'There is no such token');
      await (old ? removeSurely(wholes, id) : removeSurely(scoped, id));
      recent.forget();
    },
    removeAll: async (account) => {
      for (const from of [wholes, scoped] as const) await removeFrom(from as Collection<WholeToken, 'by-account'>, account);
      recent.forget();
    },
  };

  function removeFrom(from: Collection<WholeToken, 'by-account'>, account: string): Promise<void> {
    return drain(async () => (await from.writeMany((await storedOf(from, account)).map((old) => ({ do: 'remove', old })))).length);
  }
}

const wholeOf = ({ doc }: Stored<WholeToken>): Token => ({ ...doc, scopes: null, expiresAt: null });

function refuseEnd(expiresAt: z.infer<typeof TokenCreate>['expiresAt'], now: Date): void {
  if (expiresAt === null) return;
  const left = Date.parse(expiresAt) - now.getTime();
  const message = left <= 0 ? 'This end has passed; choose a later one' : left > longest ? 'At most ten years from now, or no end' : null;
  if (message) throw new InvalidInput('invalid-body', message, [{ path: 'expiresAt', message }]);
}

export const tokenView = ({ _id, name, createdAt, lastUsedAt, scopes, expiresAt }: Token): z.infer<typeof TokenView> => ({
  id: _id,
  name,
  createdAt,
  lastUsedAt,
  scopes: scopes && [...scopes],
  expiresAt,
});
