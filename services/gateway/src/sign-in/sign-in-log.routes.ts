import { ListQuery, listOf, SignInAttempt } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import type { Accounts } from '../accounts/accounts.ts';
import type { SignInLog } from './sign-in-log.ts';

export const signInLogRoutes = ({ signIns, accounts }: { signIns: SignInLog; accounts: Accounts }): Route[] => [
  route({
    method: 'get',
    path: '/system/sign-ins',
    operation: 'listSignIns',
    summary: 'Attempts to sign in of the last 90 days, newest first',
    access: ['ops'],
    query: ListQuery,
    answers: { 200: listOf(SignInAttempt) },
    handle: async ({ query: { limit, cursor } }) => {
      const { items, nextCursor } = await signIns.list(limit, cursor);
      const ids = new Set(items.map(({ account }) => account).filter((id) => id !== null));
      const known = new Map((await accounts.all.getMany([...ids])).map(({ doc }) => [doc._id, doc.private.name]));
      const attempts = items.map(({ _id, account, place: _place, ...rest }): SignInAttempt => {
        const name = account === null ? undefined : known.get(account);
        return { id: _id, ...rest, account: account !== null && name !== undefined ? { id: account, name } : null };
      });
      return { status: 200, body: { items: attempts, nextCursor } };
    },
  }),
];
