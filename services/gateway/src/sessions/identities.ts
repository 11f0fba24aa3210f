import type { Identity } from '@sidekick/contracts';
import type { SignIdentity } from '@sidekick/service-kit';
import type { Account } from '../accounts/account.ts';
import { recentOf } from '../recent.ts';

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

/**
 * Commands on this machine, such as the import and the seed: no account, all roles. Its only token lies in the data
 * folder, which nobody but the portal's own user can read.
 */
export const machine: Identity = {
  account: '00000000000000000000MACHNE',
  name: 'This machine',
  roles: ['engineer', 'manager', 'ops'],
  person: null,
};

export interface Identities {
  /**
   * The identity behind a session or token; null when the account is gone or disabled. Signed once a key, kept 30 s; what it
   * says is at most a second old, whichever gateway the account was changed at.
   */
  of(key: string, account: string): Promise<Who | null>;
  /** Forgets what was read of accounts: the next request reads it again. */
  drop(): void;
}

export function identitiesOf(deps: { read: (account: string) => Promise<Account | null>; sign: SignIdentity }): Identities {
  const signed = new Map<string, { who: Who; said: string; until: number }>();
  const accounts = recentOf<Account>();
  const make = async (account: string): Promise<Omit<Who, 'signed'> | null> => {
    if (account === machine.account) return { identity: machine, sample: false };
    const found = await accounts.through(account, Date.now(), () => deps.read(account));
    if (!found || found.disabled) return null;
    const identity = { account, name: found.private.name, roles: found.roles, person: found.person };
    return { identity, sample: found.kind === 'sample' };
  };
  return {
    of: async (key, account) => {
      const now = await make(account);
      if (!now) return null;
      const said = JSON.stringify(now);
      const hit = signed.get(key);
      if (hit && hit.until > Date.now() && hit.said === said) return hit.who;
      const who = { ...now, signed: await deps.sign(now.identity) };
      if (signed.size >= most) signed.clear();
      signed.set(key, { who, said, until: Date.now() + keep });
      return who;
    },
    drop: accounts.forget,
  };
}
