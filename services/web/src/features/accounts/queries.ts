import { AccountAuditEntry, AccountView, listOf, SessionView, TokenView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { ask, askAll } from '../../api/ask.ts';

export type Token = z.infer<typeof TokenView>;
const accountsKey = ['gateway', 'accounts'] as const;
const auditKey = ['gateway', 'audit'] as const;
export const tokensKey = ['gateway', 'tokens'] as const;
export const sessionsKey = ['gateway', 'sessions'] as const;

export const useAccounts = () =>
  useQuery({ queryKey: accountsKey, queryFn: ({ signal }) => askAll<AccountView>(listOf(AccountView) as never, '/accounts', {}, signal) });

/** Own API tokens, at most 50 and so one answer; their secrets are shown once, when they are made. */
export const useTokens = () =>
  useQuery({ queryKey: tokensKey, queryFn: async ({ signal }) => (await ask(listOf(TokenView), '/tokens', { signal })).items });

/** Where the own account is signed in. */
export const useSessions = () =>
  useQuery({ queryKey: sessionsKey, queryFn: async ({ signal }) => (await ask(listOf(SessionView), '/me/sessions', { signal })).items });

/** The newest changes of who may do what. */
export const useAudit = (limit: number) =>
  useQuery({
    queryKey: [...auditKey, limit],
    queryFn: ({ signal }) => ask(listOf(AccountAuditEntry), '/accounts/audit', { query: { limit }, signal }),
    placeholderData: (before) => before,
  });
