/** What an installation counts in until it says otherwise. */
export const defaultCurrency = 'EUR';

const digits = new Map<string, number>();

/** Digits after the decimal sign of a currency (ISO 4217), as Intl knows them: 2 of EUR, 0 of JPY. An amount is an integer of such units. */
export function minorDigits(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  digits.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}

/** Every currency that Intl knows, by code. */
export const currencies = (): string[] => Intl.supportedValuesOf('currency');
