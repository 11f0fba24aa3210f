import { NotFound } from '@sidekick/service-kit';
import { ending } from '../common/races.ts';
import type { Account } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Audit } from './audit.ts';
import { machine } from './machine.ts';
import type { Recoveries } from './recoveries.ts';

/** Letting somebody in again who cannot get in. */
export interface Recover {
  /** Makes the link; every session of the account ends. Throws as `Recoveries.create`. */
  link(account: Account, by: string): Promise<{ id: string; url: string; expiresAt: string }>;
  /** The same from the shell, by e-mail. Throws NotFound when no account that may sign in has it. */
  byEmail(email: string): Promise<string>;
  view: Recoveries['view'];
  /** Sets the password of the link's account; all that let somebody in without it ends. Throws NotFound `no-recovery`. */
  redeem(token: string, password: string): Promise<Account>;
}

interface RecoverDeps {
  accounts: Accounts;
  recoveries: Recoveries;
  audit: Audit;
  publicUrl: URL;
  endAccount: (account: string) => Promise<void>;
  /** Ends its API tokens too, and forgets the browsers it is known in. */
  endEverywhere: (account: string) => Promise<void>;
}

export function recoverOf({ accounts, recoveries, audit, publicUrl, endAccount, endEverywhere }: RecoverDeps): Recover {
  const link: Recover['link'] = async (account, by) => {
    const make = () => recoveries.create(account, by);
    const { id, token, expiresAt } = await audit.audited([{ did: 'recovery-link', by, account: account._id }], make);
    await endAccount(account._id);
    return { id, expiresAt, url: `${publicUrl.origin}/recover/${token}` };
  };
  return {
    link,
    view: recoveries.view,
    byEmail: async (email) => {
      const account = await accounts.byEmail(email);
      if (!account) throw new NotFound('no-account', `No account that may sign in has the e-mail ${email}`);
      return (await link(account, machine.account)).url;
    },
    redeem: async (token, password) => {
      const { id } = await recoveries.view(token);
      const set = () => audit.audited([{ did: 'recovered', by: null, account: id }], () => recoveries.redeem(token, password));
      return ending(() => endEverywhere(id), set);
    },
  };
}
