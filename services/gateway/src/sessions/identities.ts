import type { Identity } from '@sidekick/contracts';
import type { SignIdentity } from '@sidekick/service-kit';
import type { Account } from '../accounts/account.ts';

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
  /** The identity behind a session or token; null when the account is gone or disabled. Signed once a key, kept 30 s. */
  of(key: string, account: string): Promise<Who | null>;
  /** Forgets what was signed for an account: the next request reads it again. */
  drop(account: string): void;
}

export function identitiesOf(deps: { read: (account: string) => Promise<Account | null>; sign: SignIdentity }): Identities {
  const kept = new Map<string, { who: Who; until: number }>();
  let drops = 0;
  const make = async (account: string): Promise<Who | null> => {
    if (account === machine.account) return { identity: machine, signed: await deps.sign(machine), sample: false };
    const found = await deps.read(account);
    if (!found || found.disabled) return null;
    const identity = { account, name: found.private.name, roles: found.roles, person: found.person };
    return { identity, signed: await deps.sign(identity), sample: found.kind === 'sample' };
  };
  return {
    of: async (key, account) => {
      const hit = kept.get(key);
      if (hit && hit.until > Date.now()) return hit.who;
      const before = drops;
      const who = await make(account);
      // A drop while this was read may mean that what was read is old: then it is used once and not kept.
      if (who && before === drops) {
        if (kept.size >= most) kept.clear();
        kept.set(key, { who, until: Date.now() + keep });
      }
      return who;
    },
    drop: (account) => {
      drops += 1;
      for (const [key, { who }] of kept) if (who.identity.account === account) kept.delete(key);
    },
  };
}
