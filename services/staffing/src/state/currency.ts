import { defaultCurrency, minorDigits } from '@sidekick/contracts';
import type { State } from './state.ts';

/** The currency that amounts of a state are counted in. */
export const currencyOf = ({ settings: all }: State): string => {
  for (const { record } of all.values()) return record.currency;
  return defaultCurrency;
};

/** Whether amounts of both are counted in units of one size. */
export const sameUnits = (one: string, other: string): boolean => minorDigits(one) === minorDigits(other);

const keepsAmounts = ({ rate, budget }: State, except: ReadonlySet<string>): boolean =>
  [...rate.keys()].some((id) => !except.has(id)) ||
  [...budget.values()].some(({ record }) => record.money !== null && !except.has(record.id));

/**
 * Why amounts that a state keeps cannot come to be of another currency; null: they can. They stay as they are, which is no more than
 * another name while the units of both are as large. Records of the ids in `except` are not looked at.
 */
export function otherUnits(before: string, after: string, state: State, except: ReadonlySet<string> = new Set()): string | null {
  if (sameUnits(before, after) || !keepsAmounts(state, except)) return null;
  return `Amounts are kept in ${before}, which is counted in other units than ${after}: take rates and budgets out first`;
}
