import { minorDigits } from '@sidekick/contracts';
import { writing } from '../ui/writing.ts';

/** So many minor units of a currency, as the reader writes numbers. */
export const amountIn = (minor: number, currency: string, options: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(writing().language, options).format(minor / 10 ** minorDigits(currency));

/** An amount with its currency, which is named by its code since signs are shared: `EUR 1,234.50`. */
export const amountWords = (minor: number, currency: string): string =>
  amountIn(minor, currency, { style: 'currency', currency, currencyDisplay: 'code' });
