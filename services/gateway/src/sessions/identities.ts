import type { Identity, Scope } from '@sidekick/contracts';
import type { SignIdentity } from '@sidekick/service-kit';
import { LRUCache } from 'lru-cache';
import type { Account } from '../accounts/account.ts';
import { machine } from '../accounts/machine.ts';
import { recentOf } from '../common/recent.ts';

/** Milliseconds for which a signed identity (60 s) is used again. */
const keep = 30_000;
const most = 5_000;

/** Somebody who may ask, with the signed identity that goes to the parts. */
export interface Who {
  identity: Identity;
  signed: string;
  /** A demo persona: only good while the demo is on. */
  sample: boolean;
}

/** A session or token, and whose it is. */
interface Asked {
  key: string;
  account: string;
  /** Of a token that has some. */
  scopes?: readonly Scope[] | null;
}

export interface Identities {
  /**
   * The identity behind a session or token; null when the account is gone or disabled. Signed once a key, kept 30 s; what it
   * says is at most a second old, whichever gateway the account was changed at.
   */
  of(key: string, account: string, scopes?: Asked['scopes']): Promise<Who | null>;
  /** The same for several, in order; their accounts are read at once. */
  ofAll(asked: readonly Asked[]): Promise<(Who | null)[]>;
  /** Forgets what was read of accounts: the next request reads it again. */
  drop(): void;
}

interface IdentitiesDeps {
  read: (accounts: readonly string[]) => Promise<ReadonlyMap<string, Account>>;
  sign: SignIdentity;
}

export function identitiesOf({ read, sign }: IdentitiesDeps): Identities {
  const now = () => Date.now();
  const signed = new LRUCache<string, { who: Who; said: string }>({ max: most, ttl: keep, ttlResolution: 0, perf: { now } });
  const recent = recentOf<Account>(now);
  const make = async (key: string, { identity, sample, said }: Told): Promise<Who> => {
    const hit = signed.get(key);
    if (hit?.said === said) return hit.who;
    const who = { identity, sample, signed: await sign(identity) };
    signed.set(key, { who, said });
    return who;
  };
  const readOne = async (account: string) => (await read([account])).get(account) ?? null;
  return {
    async of(key, account, scopes) {
      const told = account === machine.account ? theMachine : toldBy(await recent.through(account, () => readOne(account)));
      return told && make(key, within(told, scopes));
    },
    async ofAll(asked) {
      const ids = asked.map(({ account }) => account).filter((account) => account !== machine.account);
      const accounts = await recent.throughAll(ids, read);
      return Promise.all(
        asked.map(async ({ key, account, scopes }) => {
          const told = account === machine.account ? theMachine : toldBy(accounts.get(account));
          return told && make(key, within(told, scopes));
        }),
      );
    },
    drop: recent.forget,
  };
}

/** Who an account is, and the same in one word: what is signed says it until it changes. */
interface Told extends Omit<Who, 'signed'> {
  said: string;
}

const told = (who: Omit<Who, 'signed'>): Told => ({ ...who, said: JSON.stringify(who) });
/** The same with what a token may be used for. */
const within = (whole: Told, scopes: Asked['scopes']): Told => {
  if (!scopes) return whole;
  return { ...whole, identity: { ...whole.identity, scopes: [...scopes] }, said: `${whole.said} ${scopes.join()}` };
};
const theMachine = told({ identity: machine, sample: false });

/** Made once for each time that an account was read. */
const known = new WeakMap<Account, Told>();

function toldBy(account: Account | null | undefined): Told | null {
  if (!account || account.disabled) return null;
  const made = known.get(account) ?? told(whoOf(account));
  known.set(account, made);
  return made;
}

function whoOf({ _id, roles, person, kind, private: words }: Account): Omit<Who, 'signed'> {
  return { identity: { account: _id, name: words.name, roles, person }, sample: kind === 'sample' };
}
