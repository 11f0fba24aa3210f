import { TokenAnswer, TokenCreate, TokenView, Ulid } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import type { Audit } from '../accounts/audit.ts';
import { atABrowser } from '../sessions/callers.ts';
import { type Tokens, tokenView } from './tokens.ts';

export interface TokensDeps {
  tokens: Tokens;
  audit: Audit;
  /** Ends a token of an account, and its streams. Throws as `Tokens.remove`. */
  endToken: (account: string, id: string) => Promise<void>;
}

/** Tokens are managed by somebody at a browser: a token that leaked cannot make itself a successor. */
export const tokensRoutes = ({ tokens, audit, endToken }: TokensDeps): Route[] => [
  route({
    method: 'get',
    path: '/tokens',
    operation: 'listTokens',
    summary: 'Own API tokens, without their secrets; at most 50',
    access: 'signed-in',
    answers: { 200: z.strictObject({ items: z.array(TokenView), nextCursor: z.null() }) },
    handle: async ({ req }) => {
      const own = await tokens.of(atABrowser(req).identity.account);
      return { status: 200, body: { items: own.map(tokenView), nextCursor: null } };
    },
  }),
  route({
    method: 'post',
    path: '/tokens',
    operation: 'createToken',
    summary: 'Makes an API token with some of the rights of the own account, until its end; its secret is shown once',
    access: 'signed-in',
    body: TokenCreate,
    reflects: true,
    answers: { 201: TokenAnswer },
    problems: [409],
    handle: async ({ body, req }) => {
      const { account } = atABrowser(req).identity;
      const made = { did: 'token-made', by: account, account } as const;
      const { token, secret } = await audit.audited([made], () => tokens.create(account, body));
      return { status: 201, body: { ...tokenView(token), secret } };
    },
  }),
  route({
    method: 'delete',
    path: '/tokens/{id}',
    operation: 'removeToken',
    summary: 'Ends an own API token',
    access: 'signed-in',
    params: z.strictObject({ id: Ulid }),
    answers: { 204: null },
    problems: [404],
    handle: async ({ params, req }) => {
      const { account } = atABrowser(req).identity;
      await audit.audited([{ did: 'token-removed', by: account, account }], () => endToken(account, params.id));
      return { status: 204 };
    },
  }),
];
