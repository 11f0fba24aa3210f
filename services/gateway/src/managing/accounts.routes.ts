import {
  AccountAuditEntry,
  AccountPatch,
  AccountView,
  InvitationAnswer,
  InvitationCreate,
  ListQuery,
  listOf,
  RecoveryAnswer,
  Ulid,
} from '@sidekick/contracts';
import { Conflict, etag, Forbidden, ifMatch, NotFound, type Route, route, Stale } from '@sidekick/service-kit';
import { StoreUnavailable } from '@sidekick/store';
import { z } from 'zod';
import { accountView } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Invitations } from '../accounts/invitations.ts';
import type { Recover } from '../accounts/recover.ts';
import { byTheirOwnHand } from '../sessions/callers.ts';
import type { SignInLog } from '../sign-in/sign-in-log.ts';

export interface AccountsDeps {
  accounts: Accounts;
  invitations: Invitations;
  recover: Recover;
  audit: Audit;
  signIns: SignInLog;
  publicUrl: URL;
  /** Ends the sessions and streams of an account. */
  endAccount: (account: string) => Promise<void>;
  /** The next request of any account reads it again. */
  dropIdentities: () => void;
  /** Removes what an account alone has: its tokens, its feeds, its views and how it reads dates. */
  removeOwn: (account: string) => Promise<void>;
}

const OneAccount = z.strictObject({ id: Ulid });

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
    summary: 'Name, e-mail, roles, link to a person, disabled; ops may change roles alone. New roles and disabling end its sessions',
    access: ['manager', 'ops'],
    params: OneAccount,
    body: AccountPatch,
    answers: { 200: AccountView },
    problems: [404, 409, 412, 428],
    handle: async ({ params, body, req }) => {
      const by = byTheirOwnHand(req).identity;
      const write = deps.accounts.patch(params.id, ifMatch(req), body, by).finally(deps.dropIdentities);
      const { stored, ends } = await withCurrent(deps, params.id, write).catch((error: unknown) => {
        // It may be done all the same. Nobody waits for a store that has just not answered: rights follow the account by themselves.
        if (error instanceof StoreUnavailable && (body.roles || body.disabled)) void deps.endAccount(params.id).catch(() => undefined);
        throw error;
      });
      if (ends) await deps.endAccount(params.id);
      const view = accountView(stored, await deps.signIns.last(params.id));
      return { status: 200, body: view, headers: { etag: etag(stored.version) } };
    },
  }),
  ...linkRoutes(deps),
  route({
    method: 'get',
    path: '/accounts/audit',
    operation: 'listAccountDeeds',
    summary: 'Who changed what an account may do, and who was let in by which link; newest first, kept for good',
    access: ['manager', 'ops'],
    query: ListQuery,
    answers: { 200: listOf(AccountAuditEntry) },
    handle: async ({ query: { limit, cursor } }) => ({ status: 200, body: await deps.audit.list(limit, cursor) }),
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

/** Links that managers hand to somebody; each is shown once. */
const linkRoutes = ({ invitations, recover, accounts, audit, publicUrl }: AccountsDeps): Route[] => [
  route({
    method: 'post',
    path: '/accounts/invitations',
    operation: 'inviteAccount',
    summary: 'Makes a link to hand to somebody; it is shown once and lasts 7 days. 409 `email-taken` when its e-mail signs in already',
    access: ['manager'],
    body: InvitationCreate,
    reflects: true,
    answers: { 201: InvitationAnswer },
    problems: [409],
    handle: async ({ body, req }) => {
      const by = byTheirOwnHand(req).identity.account;
      const make = () => invitations.create(by, body);
      const { id, token, expiresAt } = await audit.audited([{ did: 'invited', by, account: null, after: body.roles }], make);
      return { status: 201, body: { id, expiresAt, url: acceptUrl(publicUrl, token) } };
    },
  }),
  route({
    method: 'post',
    path: '/accounts/{id}/recovery',
    operation: 'recoverAccount',
    summary:
      'Makes a link with which somebody who cannot get in sets a new password, once, within 24 hours. Ends its sessions, and once it is used its API tokens',
    access: ['manager'],
    params: OneAccount,
    reflects: true,
    answers: { 201: RecoveryAnswer },
    problems: [404, 409],
    handle: async ({ params, req }) => {
      const by = byTheirOwnHand(req).identity.account;
      if (by === params.id) {
        const words = 'Change your own password under your name. If you do not know it, ask another manager, or ops at the shell';
        throw new Forbidden('own-account', words);
      }
      const account = await accounts.get(params.id);
      if (!account) throw new NotFound('no-account', 'There is no such account');
      return { status: 201, body: await recover.link(account, by) };
    },
  }),
];

export const acceptUrl = (publicUrl: URL, token: string): string => `${publicUrl.origin}/accept/${token}`;

/** Adds to a lost race what is stored now, and who made it so (`by`; null where nobody can be named). */
async function withCurrent<T>(deps: AccountsDeps, id: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const now = error instanceof Stale ? await deps.accounts.all.get(id) : null;
    if (!now) throw error;
    const changer = now.doc.changedBy === undefined ? null : await deps.accounts.get(now.doc.changedBy);
    throw new Stale('stale', 'Somebody else has changed this account', {
      current: accountView(now, await deps.signIns.last(id)),
      by: changer && { id: changer._id, name: changer.private.name },
    });
  }
}

async function removeSample(deps: AccountsDeps): Promise<number> {
  if ((await deps.accounts.managers()).length === 0) {
    throw new Conflict('needs-account', 'Make an account that can manage first: the demo personas are the only way in');
  }
  const samples = await deps.accounts.samples();
  for (const stored of samples) {
    await deps.accounts.remove(stored);
    await deps.removeOwn(stored.doc._id);
    await deps.endAccount(stored.doc._id);
  }
  return samples.length;
}
