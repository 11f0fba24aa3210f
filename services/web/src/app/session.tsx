import { Me, type Role } from '@sidekick/contracts';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { forgetSearches } from '../features/search/recent.ts';
import { ApiProblem, ask, tell } from './api.ts';

const meKey = ['gateway', 'me'] as const;

async function readMe(): Promise<Me | null> {
  try {
    return await ask(Me, '/me');
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

export const meQuery = { queryKey: meKey, queryFn: readMe, staleTime: 60_000 };

export interface Session {
  /** Null for anonymous readers; undefined while it is not known. */
  me: Me | null | undefined;
  error: Error | null;
  retry: () => void;
  /** Whether the account has one of the roles. */
  is: (...roles: Role[]) => boolean;
}

export function useSession(): Session {
  const { data, error, refetch } = useQuery(meQuery);
  return { me: data, error, retry: () => void refetch(), is: (...roles) => data?.roles.some((role) => roles.includes(role)) ?? false };
}

/** Takes over a sign-in answer: everything read before was read as somebody else. */
export function useSignedIn(): (me: Me) => void {
  const client = useQueryClient();
  return (me) => readAnew(client, me);
}

/** Ends the session and forgets everything that was read with it. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await tell('/auth/sign-out', { method: 'POST' });
    forgetSearches();
    readAnew(client, null);
  };
}

/** What is on screen is asked for again, as the one who reads now; the rest is forgotten. (`clear` would leave screens without their data.) */
function readAnew(client: QueryClient, me: Me | null): void {
  client.setQueryData(meKey, me);
  void client.resetQueries({ predicate: ({ queryKey }) => queryKey.join() !== meKey.join() });
}
