import type { MakeLimiter } from '@sidekick/cache';
import type { SignIn } from '@sidekick/contracts';
import { Forbidden, TooMany, Unauthorised } from '@sidekick/service-kit';
import type { z } from 'zod';
import type { Account, Persona } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { digest } from '../secrets.ts';
import { passwordMatches } from './password.ts';
import type { SignInLog } from './sign-in-log.ts';

/** Attempts that come back within 15 minutes: by address (an office may share one) and by e-mail. */
export const limits = { byAddress: { points: 60, seconds: 900 }, byEmail: { points: 8, seconds: 900 } };

export interface SigningIn {
  /** Throws Unauthorised `wrong-credentials`, TooMany `too-many-attempts`. */
  withPassword(given: z.infer<typeof SignIn>, address: string): Promise<Account>;
  /** Throws Forbidden `no-demo` unless the demo is on for this request. Not limited: there is nothing to guess. */
  asPersona(persona: Persona, address: string, demoOn: boolean): Promise<Account>;
  /** Takes an attempt of an address. Throws TooMany. */
  attempt(address: string): Promise<void>;
  noteAccepted(account: Account, address: string): Promise<void>;
}

export function signingIn(deps: { accounts: Accounts; signIns: SignInLog; makeLimiter: MakeLimiter }): SigningIn {
  const { accounts, signIns } = deps;
  const byAddress = deps.makeLimiter({ name: 'sign-in-address', ...limits.byAddress });
  const byEmail = deps.makeLimiter({ name: 'sign-in-email', ...limits.byEmail });
  const attempt = async (address: string) => within(await byAddress.take(address));
  return {
    attempt,
    withPassword: async ({ email, password }, address) => {
      const emailPoint = digest(email.trim().toLowerCase());
      await attempt(address);
      within(await byEmail.take(emailPoint));
      const account = await accounts.byEmail(email);
      const right = await passwordMatches(account?.passwordHash ?? null, password);
      const good = account && right && !account.disabled;
      await signIns.note({ account: account?._id ?? null, by: 'password', outcome: good ? 'ok' : 'refused', address });
      if (!good) throw new Unauthorised('wrong-credentials', 'E-mail or password is wrong');
      await byEmail.reset(emailPoint);
      return account;
    },
    asPersona: async (persona, address, demoOn) => {
      const account = demoOn ? await accounts.persona(persona) : null;
      if (!account || account.disabled) throw new Forbidden('no-demo', 'Demo personas are not offered here');
      await signIns.note({ account: account._id, by: 'demo', outcome: 'ok', address });
      return account;
    },
    noteAccepted: (account, address) => signIns.note({ account: account._id, by: 'invitation', outcome: 'ok', address }),
  };
}

function within({ waitSeconds }: { waitSeconds: number }): void {
  if (waitSeconds > 0) {
    throw new TooMany('too-many-attempts', 'Too many attempts to sign in, wait a little', { retryAfter: Math.ceil(waitSeconds) });
  }
}
