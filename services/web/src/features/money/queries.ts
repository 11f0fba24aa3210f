import { BurnAnswer, defaultCurrency } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { ask, type Read } from '../../api/ask.ts';
import { lists } from '../../staffing/held.ts';

const valueIn = <T>({ value }: Read<T>): T => value;

/** For managers alone, as everything here: others are refused. */
export const useRates = () => useQuery({ ...lists.rates, select: valueIn });
export const useBudgets = () => useQuery({ ...lists.budgets, select: valueIn });

/** The settings record, null where none is kept yet, and the currency that amounts are in; undefined until it is known. */
export function useCurrency() {
  const all = useQuery({ ...lists.settings, select: valueIn });
  const settings = all.data && (all.data[0] ?? null);
  return {
    settings,
    currency: settings === undefined ? undefined : (settings?.currency ?? defaultCurrency),
    error: all.error,
    refetch: all.refetch,
  };
}

export const useBurn = (project: string) =>
  useQuery({
    queryKey: ['staffing', 'burn', project],
    queryFn: ({ signal }) => ask(BurnAnswer, `/projects/${project}/burn`, { signal }),
  });
