import { AccountPatch, AccountView, InvitationAnswer, InvitationCreate, ListQuery, listOf, Ulid } from '@sidekick/contracts';
import { Conflict, etag, Forbidden, ifMatch, type Route, route, Stale } from '@sidekick/service-kit';
import { z } from 'zod';
import type { SignInLog } from '../sign-in/sign-in-log.ts';
import { accountView } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Invitations } from './invitations.ts';

export interface AccountsDeps {
  accounts: Accounts;
  invitations: Invitations;
  signIns: SignInLog;
  publicUrl: URL;
  /** Ends the sessions and streams of an account. */
  endAccount: (account: string) => Promise<void>;
  /** The next request of the account reads it again. */
  dropIdentity: (account: string) => void;
  removeTokens: (account: string) => Promise<void>;
}

export const accountsRoutes = (deps: AccountsDeps): Route[] => [
  route({
    method: 'get',
    path: '/accounts',
    operation: 'listAccounts',
    summary: 'Everyone who can sign in, oldest first',
    access: ['manager', 'ops'],
    query: ListQuery,
    answers: { 200: listOf(AccountView) },
    handle: async ({ query }) => {
      const { items, nextCursor } = await deps.accounts.all.query({ index: 'by-age', limit: query.limit, cursor: query.cursor });
      const views = await Promise.all(items.map(async (stored) => accountView(stored, await deps.signIns.last(stored.doc._id))));
      return { status: 200, body: { items: views, nextCursor } };
    },
  }),
  route({
    method: 'patch',
    path: '/accounts/{id}',
    operation: 'changeAccount',
    summary: 'Name, roles, link to a person, disabled; ops may change roles alone. New roles and disabling end its sessions',
    access: ['manager', 'ops'],
    params: z.strictObject({ id: Ulid }),
    body: AccountPatch,
    answers: { 200: AccountView },
    problems: [404, 409, 412, 428],
    handle: async ({ params, body, identity, req }) => {
      const others = Object.keys(body).some((key) => key !== 'roles');
      if (others && !identity?.roles.includes('manager')) throw new Forbidden('roles-only', 'Ops may change roles alone');
      const { stored, ends } = await withCurrent(deps, params.id, deps.accounts.patch(params.id, ifMatch(req), body));
      deps.dropIdentity(params.id);
      if (ends) await deps.endAccount(params.id);
      const view = accountView(stored, await deps.signIns.last(params.id));
      return { status: 200, body: view, headers: { etag: etag(stored.version) } };
    },
  }),
  route({
    method: 'post',
    path: '/accounts/invitations',
    operation: 'inviteAccount',
    summary: 'Makes a link to hand to somebody; it is shown once and lasts 7 days',
    access: ['manager'],
    body: InvitationCreate,
    answers: { 201: InvitationAnswer },
    handle: async ({ body, identity }) => {
      const { id, token, expiresAt } = await deps.invitations.create(identity?.account ?? '', body);
      return { status: 201, body: { id, expiresAt, url: acceptUrl(deps.publicUrl, token) } };
    },
  }),
  route({
    method: 'delete',
    path: '/accounts/sample',
    operation: 'removeSampleAccounts',
    summary: 'Removes the demo personas; 409 `needs-account` while no real account can manage',
    access: ['manager'],
    answers: { 200: z.strictObject({ removed: z.number().int() }) },
    problems: [409],
    handle: async () => ({ status: 200, body: { removed: await removeSample(deps) } }),
  }),
];

export const acceptUrl = (publicUrl: URL, token: string): string => `${publicUrl.origin}/accept/${token}`;

/** Adds what is stored now to a lost race. */
async function withCurrent<T>(deps: AccountsDeps, id: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const now = error instanceof Stale ? await deps.accounts.all.get(id) : null;
    if (!now) throw error;
    throw new Stale('stale', 'Somebody else has changed this account', { current: accountView(now, await deps.signIns.last(id)) });
  }
}

async function removeSample(deps: AccountsDeps): Promise<number> {
  if ((await deps.accounts.managers()).length === 0) {
    throw new Conflict('needs-account', 'Make an account that can manage first: the demo personas are the only way in');
  }
  const samples = await deps.accounts.samples();
  for (const stored of samples) {
    await deps.accounts.remove(stored);
    await deps.removeTokens(stored.doc._id);
    await deps.endAccount(stored.doc._id);
  }
  return samples.length;
}
