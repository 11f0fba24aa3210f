import { defaultCurrency } from '@sidekick/contracts';
import { NotFound } from '@sidekick/service-kit';
import type { Change } from '../kinds/change.ts';
import type { StaffingContext } from '../routing/context.ts';
import { currencyOf } from '../state/currency.ts';

/** The currency that amounts were kept in just before a change set. Throws NotFound where there is none of this number yet. */
export async function keptInBefore({ log, replica }: Pick<StaffingContext, 'log' | 'replica'>, number: number): Promise<string> {
  if (!(await replica.reach(number, 0))) throw new NotFound('no-change-set', 'There is no change set of this number');
  const { state, history } = replica.current();
  const since = [...history.touches.values()].flatMap(({ kind, numbers }) =>
    kind === 'settings' ? numbers.filter((one) => one >= number) : [],
  );
  if (since.length === 0) return currencyOf(state);
  const [first] = await log.read(Math.min(...since) - 1, 1);
  return currencyBefore(first?.entry.changes ?? []);
}

/** The currency before changes of which one is of the settings. */
function currencyBefore(changes: readonly Change[]): string {
  for (const change of changes) if (change.kind === 'settings' && change.before) return change.before.currency;
  return defaultCurrency;
}
