import { type Identity, Me, OwnEmail, OwnPassword, Reading, SessionView } from '@sidekick/contracts';
import { NotFound, type Route, route, Unauthorised } from '@sidekick/service-kit';
import { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { machine } from '../accounts/machine.ts';
import { hashPassword } from '../accounts/password.ts';
import type { Readings } from '../accounts/readings.ts';
import { ending } from '../common/races.ts';
import { digest } from '../common/secrets.ts';
import { atABrowser } from '../sessions/callers.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { meOf } from '../sign-in/auth.routes.ts';
import type { SigningIn } from '../sign-in/sign-in.ts';

export interface MeDeps {
  accounts: Accounts;
  readings: Readings;
  sessions: Sessions;
  signing: SigningIn;
  /** Ends a session and its streams. */
  endSession: (key: string) => Promise<void>;
  dropIdentities: () => void;
}

export const meRoutes = (deps: MeDeps): Route[] => [
  route({
    method: 'get',
    path: '/me',
    operation: 'readMe',
    summary: 'Who is signed in',
    access: 'signed-in',
    answers: { 200: Me },
    handle: async ({ identity }) => {
      if (identity.account === machine.account) return { status: 200, body: { ...machine, email: null, sample: false } };
      return { status: 200, body: await meNow(deps, await accountOf(deps, identity)) };
    },
  }),
  route({
    method: 'put',
    path: '/me/password',
    operation: 'changeOwnPassword',
    summary: 'Another password for the own account, with the one before. Its other sessions end; tokens stay',
    access: 'signed-in',
    body: OwnPassword,
    bodyLimit: 10_000,
    answers: { 204: null },
    problems: [429],
    handle: async ({ req, body, identity }) => {
      const { key } = atABrowser(req);
      const account = await accountOf(deps, identity);
      await deps.signing.confirm(account, body.current);
      const passwordHash = await hashPassword(body.password);
      await ending(
        () => endOthers(deps, account._id, key),
        () => deps.accounts.renew(account._id, { passwordHash }),
      );
      return { status: 204 };
    },
  }),
  route({
    method: 'put',
    path: '/me/email',
    operation: 'changeOwnEmail',
    summary: 'Another e-mail address to sign in with, with the password',
    access: 'signed-in',
    body: OwnEmail,
    bodyLimit: 10_000,
    answers: { 200: Me },
    problems: [409, 429],
    handle: async ({ req, body, identity }) => {
      atABrowser(req);
      const account = await accountOf(deps, identity);
      await deps.signing.confirm(account, body.current);
      const changed = await deps.accounts.renew(account._id, { email: body.email });
      deps.dropIdentities();
      return { status: 200, body: await meNow(deps, changed) };
    },
  }),
  route({
    method: 'put',
    path: '/me/reading',
    operation: 'changeReading',
    summary: 'How dates and numbers are written for the own account, and on which day a week begins in a calendar',
    access: 'signed-in',
    body: Reading,
    bodyLimit: 10_000,
    answers: { 200: Me },
    handle: async ({ body, identity }) => {
      const account = await accountOf(deps, identity);
      await deps.readings.put(account._id, body);
      return { status: 200, body: meOf(account, body) };
    },
  }),
  ...sessionRoutes(deps),
];

const meNow = async ({ readings }: MeDeps, account: Account): Promise<Me> => meOf(account, await readings.of(account));

/** Where the own account is signed in. For somebody at a browser: a token that leaked cannot shut its owner out. */
const sessionRoutes = (deps: MeDeps): Route[] => [
  route({
    method: 'get',
    path: '/me/sessions',
    operation: 'listOwnSessions',
    summary: 'Where the own account is signed in, last used first',
    access: 'signed-in',
    answers: { 200: z.strictObject({ items: z.array(SessionView), nextCursor: z.null() }) },
    handle: async ({ req }) => {
      const { key, identity } = atABrowser(req);
      const all = await deps.sessions.of(identity.account);
      return { status: 200, body: { items: all.map((session) => sessionView(session, key)), nextCursor: null } };
    },
  }),
  route({
    method: 'delete',
    path: '/me/sessions/{id}',
    operation: 'endOwnSession',
    summary: 'Ends a session of the own account',
    access: 'signed-in',
    params: z.strictObject({ id: z.string().max(100) }),
    answers: { 204: null },
    problems: [404],
    handle: async ({ req, params }) => {
      const own = await deps.sessions.of(atABrowser(req).identity.account);
      const session = own.find(({ _id }) => idOf(_id) === params.id);
      if (!session) throw new NotFound('no-session', 'There is no such session: it may have ended already');
      await deps.endSession(session._id);
      return { status: 204 };
    },
  }),
  route({
    method: 'delete',
    path: '/me/sessions',
    operation: 'endOtherSessions',
    summary: 'Ends every session of the own account but the one that asks',
    access: 'signed-in',
    answers: { 200: z.strictObject({ ended: z.number().int() }) },
    handle: async ({ req }) => {
      const { key, identity } = atABrowser(req);
      return { status: 200, body: { ended: await endOthers(deps, identity.account, key) } };
    },
  }),
];

/** Names a session to its owner: the key is what the store finds it by, and goes nowhere. */
const idOf = (key: string): string => digest(key).slice(0, 32);

const sessionView = ({ _id, createdAt, seenAt, expiresAt, browser, address }: Session, own: string): SessionView => ({
  id: idOf(_id),
  current: _id === own,
  createdAt: new Date(createdAt).toISOString(),
  seenAt: new Date(seenAt).toISOString(),
  expiresAt: new Date(expiresAt).toISOString(),
  browser,
  address,
});

async function accountOf({ accounts }: MeDeps, identity: Identity): Promise<Account> {
  const account = await accounts.get(identity.account);
  if (!account || account.disabled) throw new Unauthorised('sign-in-required', 'Sign in first');
  return account;
}

/** Answers how many. */
async function endOthers({ sessions, endSession }: MeDeps, account: string, own: string): Promise<number> {
  const others = (await sessions.of(account)).filter(({ _id }) => _id !== own);
  for (const { _id } of others) await endSession(_id);
  return others.length;
}
