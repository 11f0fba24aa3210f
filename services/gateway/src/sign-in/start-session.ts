import type { IncomingMessage } from 'node:http';
import { Unauthorised } from '@sidekick/service-kit';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { callerOf } from '../sessions/callers.ts';
import { setKnownBrowser, setSession } from '../sessions/cookie.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { visitorOf } from '../sessions/visitor.ts';
import { type KnownBrowsers, knownDays } from './known.ts';

/** How long a browser keeps the cookie; the session itself ends by its own clock. */
const cookieSeconds = 30 * 86_400;

/**
 * Begins a session and answers the cookies that go with it; one that the browser held ends, so that no cookie is ever raised to
 * another account. Throws Unauthorised when the account has changed since its password was looked at.
 */
export type StartSession = (req: IncomingMessage, account: Account) => Promise<string[]>;

interface StartSessionDeps {
  accounts: Accounts;
  sessions: Sessions;
  known: KnownBrowsers;
  endSession: (key: string) => Promise<void>;
}

export function startSessionOf({ accounts, sessions, known, endSession }: StartSessionDeps): StartSession {
  return async (req, account) => {
    const before = callerOf(req);
    if (before?.by === 'session') await endSession(before.key);
    const visitor = visitorOf(req);
    const { secret, key } = await sessions.begin(account._id, visitor);
    // Whoever changed the password or disabled the account meanwhile could not end a session that was not there yet.
    const now = await accounts.get(account._id);
    if (!now || now.disabled || now.passwordHash !== account.passwordHash) {
      await endSession(key);
      throw new Unauthorised('wrong-credentials', 'E-mail or password is wrong');
    }
    const browser = await known.remember(visitor.known, account._id);
    return [setSession(secret, cookieSeconds), setKnownBrowser(browser, knownDays * 86_400)];
  };
}
