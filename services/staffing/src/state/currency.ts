import { defaultCurrency, minorDigits } from '@sidekick/contracts';
import type { State } from './state.ts';

/** The currency that amounts of a state are counted in. */
export const currencyOf = ({ settings: all }: State): string => {
  for (const { record } of all.values()) return record.currency;
  return defaultCurrency;
};

/**
 * Why amounts that a state keeps cannot come to be of another currency; null: they can. They stay as they are, which is no more than
 * another name while the units of both are as large.
 */
export function otherUnits(before: string, after: string, { rate, budget }: State): string | null {
  if (before === after || minorDigits(before) === minorDigits(after)) return null;
  if (rate.size === 0 && ![...budget.values()].some(({ record }) => record.money !== null)) return null;
  return `Amounts are kept in ${before}, which is counted in other units than ${after}: take rates and budgets out first`;
}
