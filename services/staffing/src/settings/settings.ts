import { currencies, defaultCurrency, type Settings } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { aboutNobody } from '../kinds/about-nobody.ts';
import type { Kind } from '../kinds/kind.ts';
import { plainSentences } from '../kinds/sentences.ts';
import { otherUnits } from '../state/currency.ts';

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
    ...atCurrency(otherUnits(before?.currency ?? defaultCurrency, after?.currency ?? defaultCurrency, state)),
  ],
  accepts: null,
  span: () => null,
  days: () => [],

  ...aboutNobody,

  sentences: plainSentences<Settings>(() => 'Settings', {}),
};

const atCurrency = (message: string | null): FieldError[] => (message === null ? [] : [{ path: 'currency', message }]);

const unknownCurrency = ({ currency }: Settings): FieldError[] =>
  currencies().includes(currency) ? [] : [{ path: 'currency', message: `No currency is called ${currency}` }];
