import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/ask.ts';

/**
 * The first word of every query key is the service that owns the data (`content`, `search`, `staffing`, `gateway`):
 * live updates refetch by it.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status === 503),
      },
      mutations: { retry: false },
    },
  });
}
