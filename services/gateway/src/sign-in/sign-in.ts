import type { MakeLimiter } from '@sidekick/cache';
import type { SignIn } from '@sidekick/contracts';
import { Forbidden, type Logger, TooMany, Unauthorised } from '@sidekick/service-kit';
import type { z } from 'zod';
import type { Account, Persona } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { passwordMatches } from '../accounts/password.ts';
import { digest } from '../common/secrets.ts';
import { placeOf, type Visitor } from '../sessions/visitor.ts';
import type { KnownBrowsers } from './known.ts';
import { type Attempt, attemptOf, type Gate } from './limits.ts';
import type { SignInLog } from './sign-in-log.ts';

export interface SigningIn {
  /** Links to get back in end. Throws Unauthorised `wrong-credentials`, and TooMany as `Attempt`. */
  withPassword(given: z.infer<typeof SignIn>, from: Visitor): Promise<Account>;
  /** Whether a password is the account's own, asked again of somebody signed in. Throws Forbidden `wrong-password`, TooMany. */
  confirm(account: Account, password: string): Promise<void>;
  /** Throws Forbidden `no-demo` unless the demo is on for this request. Not limited: there is nothing to guess. */
  asPersona(persona: Persona, from: Visitor, demoOn: boolean): Promise<Account>;
  /** Notes that a link let somebody in. Links are not limited: nobody guesses 256 bits. */
  noteLink(account: Account, by: 'invitation' | 'recovery', from: Visitor): Promise<void>;
}

interface SigningInDeps {
  accounts: Accounts;
  signIns: SignInLog;
  known: KnownBrowsers;
  /** Ends the links to get back in of somebody who has just got in. */
  endLinks: (account: string) => Promise<void>;
  makeLimiter: MakeLimiter;
  log: Logger;
}

/** Refused tries that are listed one by one, of one address within a minute: a flood of them is no list any more. */
const listed = { points: 60, seconds: 60 };

export function signingIn(deps: SigningInDeps): SigningIn {
  const { accounts, signIns, makeLimiter, log } = deps;
  const attempt = attemptOf(makeLimiter);
  const listing = makeLimiter({ name: 'sign-in-listed', ...listed });
  const noteLimited = async (account: string | null, { address }: Visitor) => {
    if ((await listing.take(placeOf(address))).waitSeconds > 0) return;
    log.warn({ account, address }, 'a sign-in was not looked at: too many came before it');
    await signIns.note({ account, by: 'password', outcome: 'limited', address });
  };
  return {
    withPassword: async ({ email, password }, from) => {
      const account = await accounts.byEmail(email);
      const id = account?._id ?? null;
      const gates = await gatesOf(deps, id, email, from);
      const isRight = async () => {
        const right = await passwordMatches(account?.passwordHash ?? null, password);
        return account && right && !account.disabled ? account : null;
      };
      const found = await attempt(gates, isRight).catch(async (error: unknown) => {
        if (error instanceof TooMany) await noteLimited(id, from);
        throw error;
      });
      await signIns.note({ account: id, by: 'password', outcome: found ? 'ok' : 'refused', address: from.address });
      if (!found) throw new Unauthorised('wrong-credentials', 'E-mail or password is wrong');
      await deps.endLinks(found._id);
      return found;
    },
    confirm: (account, password) => confirm(attempt, account, password),
    asPersona: async (persona, { address }, demoOn) => {
      const account = demoOn ? await accounts.persona(persona) : null;
      if (!account || account.disabled) throw new Forbidden('no-demo', 'Demo personas are not offered here');
      await signIns.note({ account: account._id, by: 'demo', outcome: 'ok', address });
      return account;
    },
    noteLink: (account, by, { address }) => signIns.note({ account: account._id, by, outcome: 'ok', address }),
  };
}

/** Where a try counts: first the gate that is its own, then its address, which keeps out only who is not known. */
async function gatesOf({ known, signIns }: SigningInDeps, id: string | null, email: string, from: Visitor): Promise<[Gate, Gate]> {
  const place = placeOf(from.address);
  const who = digest(email);
  const browser = id === null ? null : await known.keyOf(from.known, id);
  if (browser !== null)
    return [
      { limit: 'knownBrowser', key: `${browser} ${who}` },
      { limit: 'address', key: place, open: true },
    ];
  if (id !== null && (await signIns.wasRight(id, from.address)))
    return [
      { limit: 'knownAddress', key: `${place} ${who}` },
      { limit: 'address', key: place, open: true },
    ];
  return [
    { limit: 'elsewhere', key: who },
    { limit: 'address', key: place },
  ];
}

async function confirm(attempt: Attempt, account: Account, password: string): Promise<void> {
  const { _id: key, passwordHash } = account;
  if (passwordHash === null) throw new Forbidden('no-password', 'A demo persona signs in without a password');
  const right = await attempt([{ limit: 'own', key }], async () => (await passwordMatches(passwordHash, password)) || null);
  if (!right) throw new Forbidden('wrong-password', 'This is not your password');
}
