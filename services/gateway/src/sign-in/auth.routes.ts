import type { IncomingMessage } from 'node:http';
import {
  AcceptInvitation,
  AuthOptions,
  DemoSignIn,
  InvitationView,
  Me,
  type Reading,
  Recover,
  RecoveryView,
  SignIn,
} from '@sidekick/contracts';
import { type Answer, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import type { Invitations } from '../accounts/invitations.ts';
import type { Readings } from '../accounts/readings.ts';
import type { Recover as Recovering } from '../accounts/recover.ts';
import { callerOf } from '../sessions/callers.ts';
import { clearSession } from '../sessions/cookie.ts';
import { visitorOf } from '../sessions/visitor.ts';
import type { Demo } from './demo.ts';
import type { SigningIn } from './sign-in.ts';
import type { StartSession } from './start-session.ts';

export interface AuthDeps {
  signing: SigningIn;
  demo: Demo;
  invitations: Invitations;
  readings: Readings;
  recover: Recovering;
  startSession: StartSession;
  endSession: (key: string) => Promise<void>;
  /** Demo personas end when the first real account is made. */
  endSamples: () => Promise<void>;
}

export const meOf = ({ _id, private: { name, email }, roles, person, kind }: Account, reading: Reading | undefined): Me => ({
  account: _id,
  name,
  email,
  roles,
  person,
  sample: kind === 'sample',
  ...(reading && { reading }),
});

async function entered({ startSession, readings }: AuthDeps, req: IncomingMessage, account: Account, status = 200): Promise<Answer> {
  return { status, body: meOf(account, await readings.of(account)), headers: { 'set-cookie': await startSession(req, account) } };
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
    handle: async ({ body, req }) => entered(deps, req, await deps.signing.withPassword(body, visitorOf(req))),
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
      const account = await deps.signing.asPersona(body.persona, visitorOf(req), await deps.demo.on(req));
      return entered(deps, req, account);
    },
  }),
  ...invitationRoutes(deps),
  ...recoveryRoutes(deps),
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
    problems: [404],
    handle: async ({ params }) => ({ status: 200, body: await deps.invitations.view(params.token) }),
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
    problems: [404, 409],
    handle: async ({ body, req }) => {
      const account = await deps.invitations.accept(body);
      await deps.endSamples();
      await deps.signing.noteLink(account, 'invitation', visitorOf(req));
      return entered(deps, req, account, 201);
    },
  }),
];

const recoveryRoutes = (deps: AuthDeps): Route[] => [
  route({
    method: 'get',
    path: '/auth/recoveries/{token}',
    operation: 'readRecovery',
    summary: 'Whose password a link to get back in sets',
    access: 'public',
    params: z.strictObject({ token: z.string().max(200) }),
    answers: { 200: RecoveryView },
    problems: [404],
    handle: async ({ params }) => {
      const { name, email } = await deps.recover.view(params.token);
      return { status: 200, body: { name, email } };
    },
  }),
  route({
    method: 'post',
    path: '/auth/recover',
    operation: 'recover',
    summary: 'Sets a new password by a link to get back in, once; ends every session and API token of the account and signs in',
    access: 'public',
    body: Recover,
    bodyLimit: 10_000,
    answers: { 200: Me },
    problems: [404],
    handle: async ({ body, req }) => {
      const account = await deps.recover.redeem(body.token, body.password);
      await deps.signing.noteLink(account, 'recovery', visitorOf(req));
      return entered(deps, req, account);
    },
  }),
];
