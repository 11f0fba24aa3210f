import { currencies, defaultCurrency, minorDigits, type Settings } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { aboutNobody } from '../kinds/about-nobody.ts';
import type { Kind } from '../kinds/kind.ts';
import { plainSentences } from '../kinds/sentences.ts';
import type { State } from '../state/state.ts';

/** What holds for the whole installation: the currency. Managers write it. */
export const settings: Kind<'settings'> = {
  readers: 'everybody',
  event: null,
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => record,

  names: () => [],
  letsGo: null,
  called: null,
  impossible: ({ id }, { settings: all }) =>
    [...all.keys()].some((other) => other !== id) ? [{ path: '', message: 'There are settings already' }] : [],
  unfit: ({ before, after }, state) => [
    ...(after ? unknownCurrency(after) : []),
    ...otherUnits(before?.currency ?? defaultCurrency, after?.currency ?? defaultCurrency, state),
  ],
  accepts: null,
  span: () => null,
  days: () => [],

  ...aboutNobody,

  sentences: plainSentences<Settings>(() => 'Settings', {}),
};

/** The currency that amounts of a state are counted in. */
export const currencyOf = ({ settings: all }: State): string => {
  for (const { record } of all.values()) return record.currency;
  return defaultCurrency;
};

const unknownCurrency = ({ currency }: Settings): FieldError[] =>
  currencies().includes(currency) ? [] : [{ path: 'currency', message: `No currency is called ${currency}` }];

/** Amounts are kept as they are when the currency changes, which is no more than another name while its units are as large. */
function otherUnits(before: string, after: string, { rate, budget }: State): FieldError[] {
  if (before === after || minorDigits(before) === minorDigits(after)) return [];
  if (rate.size === 0 && ![...budget.values()].some(({ record }) => record.money !== null)) return [];
  const message = `Amounts are kept in ${before}, which is counted in other units than ${after}: take rates and budgets out first`;
  return [{ path: 'currency', message }];
}
