import { Me } from '@sidekick/contracts';
import { type Route, route, Unauthorised } from '@sidekick/service-kit';
import { knownCaller } from '../sessions/callers.ts';
import { machine } from '../sessions/identities.ts';
import { meOf } from '../sign-in/auth.routes.ts';
import type { Accounts } from './accounts.ts';

export const meRoutes = ({ accounts }: { accounts: Accounts }): Route[] => [
  route({
    method: 'get',
    path: '/me',
    operation: 'readMe',
    summary: 'Who is signed in',
    access: 'signed-in',
    answers: { 200: Me },
    handle: async ({ req }) => {
      const { identity } = knownCaller(req);
      if (identity.account === machine.account) return { status: 200, body: { ...machine, email: null, sample: false } };
      const account = await accounts.get(identity.account);
      if (!account) throw new Unauthorised('sign-in-required', 'Sign in first');
      return { status: 200, body: meOf(account) };
    },
  }),
];
