import { AccountView, listOf, TokenView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { ask, askAll } from '../../app/api.ts';

export type Token = z.infer<typeof TokenView>;
const accountsKey = ['gateway', 'accounts'] as const;
export const tokensKey = ['gateway', 'tokens'] as const;

export const useAccounts = () =>
  useQuery({ queryKey: accountsKey, queryFn: ({ signal }) => askAll<AccountView>(listOf(AccountView) as never, '/accounts', {}, signal) });

/** Own API tokens, at most 50 and so one answer; their secrets are shown once, when they are made. */
export const useTokens = () =>
  useQuery({ queryKey: tokensKey, queryFn: async ({ signal }) => (await ask(listOf(TokenView), '/tokens', { signal })).items });
