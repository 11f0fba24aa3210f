import { AcceptInvitation, AuthOptions, DemoSignIn, InvitationView, Me, SignIn } from '@sidekick/contracts';
import { type Answer, type Route, route } from '@sidekick/service-kit';
import type { Request } from 'express';
import { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import type { Invitations } from '../accounts/invitations.ts';
import { callerOf } from '../sessions/callers.ts';
import { clearSession, setSession } from '../sessions/cookie.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Demo } from './demo.ts';
import type { SigningIn } from './sign-in.ts';

export interface AuthDeps {
  signing: SigningIn;
  demo: Demo;
  invitations: Invitations;
  sessions: Sessions;
  /** Ends what a session began: itself and its streams. */
  endSession: (key: string) => Promise<void>;
  /** Demo personas end when the first real account is made. */
  endSamples: () => Promise<void>;
}

/** How long a browser keeps the cookie; the session itself ends by its own clock. */
const cookieSeconds = 30 * 86_400;

export const meOf = ({ _id, private: { name, email }, roles, person, kind }: Account): Me => ({
  account: _id,
  name,
  email,
  roles,
  person,
  sample: kind === 'sample',
});

export const addressOf = (req: Request): string => req.ip ?? 'unknown';

/** Begins a session; one that the browser held ends, so that no cookie is ever raised to another account. */
export async function enter(deps: Pick<AuthDeps, 'sessions' | 'endSession'>, req: Request, account: Account): Promise<string> {
  const before = callerOf(req);
  if (before?.by === 'session') await deps.endSession(before.key);
  const { secret } = await deps.sessions.begin(account._id);
  return setSession(secret, cookieSeconds);
}

async function entered(deps: AuthDeps, req: Request, account: Account, status = 200): Promise<Answer> {
  return { status, body: meOf(account), headers: { 'set-cookie': await enter(deps, req, account) } };
}

export const authRoutes = (deps: AuthDeps): Route[] => [
  route({
    method: 'get',
    path: '/auth/options',
    operation: 'readAuthOptions',
    summary: 'What the sign-in form offers',
    access: 'public',
    answers: { 200: AuthOptions },
    handle: async ({ req }) => {
      const [demo, unclaimed] = await Promise.all([deps.demo.personas(req), deps.demo.unclaimed()]);
      return { status: 200, body: { local: true, unclaimed, demo } };
    },
  }),
  route({
    method: 'post',
    path: '/auth/sign-in',
    operation: 'signIn',
    summary: 'Signs in with e-mail and password; sets the session cookie',
    access: 'public',
    body: SignIn,
    bodyLimit: 10_000,
    answers: { 200: Me },
    problems: [429],
    handle: async ({ body, req }) => entered(deps, req, await deps.signing.withPassword(body, addressOf(req))),
  }),
  route({
    method: 'post',
    path: '/auth/demo',
    operation: 'signInAsPersona',
    summary: 'Signs in as a persona of the sample group, while the demo is on',
    access: 'public',
    body: DemoSignIn,
    bodyLimit: 10_000,
    answers: { 200: Me },
    handle: async ({ body, req }) => {
      const account = await deps.signing.asPersona(body.persona, addressOf(req), await deps.demo.on(req));
      return entered(deps, req, account);
    },
  }),
  ...invitationRoutes(deps),
  route({
    method: 'post',
    path: '/auth/sign-out',
    operation: 'signOut',
    summary: 'Ends the session',
    access: 'public',
    answers: { 204: null },
    handle: async ({ req }) => {
      const caller = callerOf(req);
      if (caller?.by === 'session') await deps.endSession(caller.key);
      return { status: 204, headers: { 'set-cookie': clearSession } };
    },
  }),
];

const invitationRoutes = (deps: AuthDeps): Route[] => [
  route({
    method: 'get',
    path: '/auth/invitations/{token}',
    operation: 'readInvitation',
    summary: 'What an invitation link offers',
    access: 'public',
    params: z.strictObject({ token: z.string().max(200) }),
    answers: { 200: InvitationView },
    problems: [404, 429],
    handle: async ({ params, req }) => {
      await deps.signing.attempt(addressOf(req));
      return { status: 200, body: await deps.invitations.view(params.token) };
    },
  }),
  route({
    method: 'post',
    path: '/auth/accept',
    operation: 'acceptInvitation',
    summary: 'Makes an account from an invitation link and signs in',
    access: 'public',
    body: AcceptInvitation,
    bodyLimit: 10_000,
    answers: { 201: Me },
    problems: [404, 409, 429],
    handle: async ({ body, req }) => {
      await deps.signing.attempt(addressOf(req));
      const account = await deps.invitations.accept(body);
      await deps.endSamples();
      await deps.signing.noteAccepted(account, addressOf(req));
      return entered(deps, req, account, 201);
    },
  }),
];
