import { OwnViews } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ask } from '../../api/ask.ts';
import { useSharedViews } from '../../staffing/queries.ts';

/** A saved view as a menu shows it: one's own, or everybody's. */
export interface Saved {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly version: number;
  readonly shared: boolean;
}

export const ownViewsKey = ['own-views'] as const;

/** The views of a screen by name, one's own and everybody's; undefined until both are here. */
export function useViews(screen: string) {
  const own = useQuery({
    queryKey: ownViewsKey,
    queryFn: async ({ signal }) => (await ask(OwnViews, '/me/views', { signal })).items,
  });
  const shared = useSharedViews();
  const views = useMemo(() => {
    if (!own.data || !shared.data) return undefined;
    const all: Saved[] = [
      ...own.data.filter((one) => one.screen === screen).map((one) => ({ ...one, shared: false })),
      ...shared.data.filter((one) => one.screen === screen).map((one) => ({ ...one, shared: true })),
    ];
    return all.sort((a, b) => a.name.localeCompare(b.name));
  }, [own.data, shared.data, screen]);
  const retry = () => void Promise.all([own.refetch(), shared.refetch()]);
  return { views, error: own.error ?? shared.error, retry };
}
