import { DeadLetterAuditEntry, DeadLetterBody, DeadLetterView, ImportView, listOf, SignInAttempt, SystemView } from '@sidekick/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../../api/ask.ts';

/** Milliseconds between two looks while the screen is shown; a hidden tab does not look. */
const look = 5_000;
/** The same while it is not yet known whether a dead letter that was sent again is taken. */
const lookClosely = 1_500;

export const systemKey = ['gateway', 'system'] as const;
export const lettersKey = ['gateway', 'dead-letters'] as const;
export const deadLetterAuditKey = ['gateway', 'deeds'] as const;

export const useSystem = () =>
  useQuery({ queryKey: systemKey, queryFn: ({ signal }) => ask(SystemView, '/system', { signal }), refetchInterval: look, staleTime: 0 });

const Letters = listOf(DeadLetterView);

/** Asked again when their number changes: to look at a queue is work for the broker. */
export const useDeadLetters = ({ count, limit, closely }: { count: number; limit: number; closely: boolean }) =>
  useQuery({
    queryKey: [...lettersKey, count, limit],
    queryFn: ({ signal }) => ask(Letters, '/system/dead-letters', { query: { limit }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: closely ? lookClosely : false,
    staleTime: 0,
  });

export const addressOf = ({ queue, id }: Pick<DeadLetterView, 'queue' | 'id'>) => `/system/dead-letters/${queue}/${encodeURIComponent(id)}`;

/** What a dead letter says. The same id may die again, so its death is part of the key. */
export const useLetterBody = (letter: DeadLetterView) =>
  useQuery({
    queryKey: ['gateway', 'dead-letter', letter.queue, letter.replica, letter.id, letter.diedAt],
    queryFn: ({ signal }) => ask(DeadLetterBody, addressOf(letter), { query: { replica: letter.replica }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

const DeadLetterAudit = listOf(DeadLetterAuditEntry);

export const useDeadLetterAudit = (limit: number) =>
  useQuery({
    queryKey: [...deadLetterAuditKey, limit],
    queryFn: ({ signal }) => ask(DeadLetterAudit, '/system/deeds', { query: { limit }, signal }),
    placeholderData: keepPreviousData,
  });

const SignIns = listOf(SignInAttempt);

export const useSignIns = (limit: number) =>
  useQuery({
    queryKey: ['gateway', 'sign-ins', limit],
    queryFn: ({ signal }) => ask(SignIns, '/system/sign-ins', { query: { limit }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: look,
    staleTime: 0,
  });

const Imports = listOf(ImportView);

/** The newest imports; looked at again as often as the rest of the screen. */
export const useLatestImports = () =>
  useQuery({
    queryKey: ['content', 'imports', 'latest'],
    queryFn: ({ signal }) => ask(Imports, '/imports', { query: { limit: 5 }, signal }),
    refetchInterval: look,
    staleTime: 0,
  });
