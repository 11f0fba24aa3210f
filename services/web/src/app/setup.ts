import { SetupView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask.ts';

export const setupQuery = { queryKey: ['gateway', 'setup'] as const, queryFn: () => ask(SetupView, '/setup'), staleTime: 60_000 };
export const useSetup = (enabled: boolean) => useQuery({ ...setupQuery, enabled });
