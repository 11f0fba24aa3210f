import type { Identity } from '@sidekick/contracts';
import type { SignIdentity } from '@sidekick/service-kit';
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
}

export interface Identities {
  /**
   * The identity behind a session or token; null when the account is gone or disabled. Signed once a key, kept 30 s; what it
   * says is at most a second old, whichever gateway the account was changed at.
   */
  of(key: string, account: string): Promise<Who | null>;
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
  const signed = new Map<string, { who: Who; said: string; until: number }>();
  const recent = recentOf<Account>();
  const make = async (key: string, now: Omit<Who, 'signed'>): Promise<Who> => {
    const said = JSON.stringify(now);
    const hit = signed.get(key);
    if (hit && hit.until > Date.now() && hit.said === said) return hit.who;
    const who = { ...now, signed: await sign(now.identity) };
    if (signed.size >= most) signed.clear();
    signed.set(key, { who, said, until: Date.now() + keep });
    return who;
  };
  const ofAll: Identities['ofAll'] = async (asked) => {
    const ids = asked.map(({ account }) => account).filter((account) => account !== machine.account);
    const accounts = await recent.throughAll(ids, Date.now(), read);
    return Promise.all(
      asked.map(async ({ key, account }) => {
        const now = account === machine.account ? { identity: machine, sample: false } : whoOf(accounts.get(account));
        return now && make(key, now);
      }),
    );
  };
  return {
    of: async (key, account) => (await ofAll([{ key, account }]))[0] ?? null,
    ofAll,
    drop: recent.forget,
  };
}

function whoOf(account: Account | undefined): Omit<Who, 'signed'> | null {
  if (!account || account.disabled) return null;
  const { _id, roles, person, kind, private: words } = account;
  return { identity: { account: _id, name: words.name, roles, person }, sample: kind === 'sample' };
}
