export interface Amount {
  readonly value: number;
  readonly unit: 'hours' | 'days' | 'percent';
  /** Written with its unit, so that it is no part of a name such as `Phase 2`. */
  readonly hasUnit: boolean;
}

const pattern = /^(-|−)?(\d{1,9}(?:[.,]\d{1,9})?)(h|hrs?|hours?|d|days?|%)?$/i;
const unitPattern = /^(?:h|hrs?|hours?|d|days?|%)$/i;

function unitOf(written: string | undefined): Amount['unit'] {
  if (written === '%') return 'percent';
  return written?.toLowerCase().startsWith('d') ? 'days' : 'hours';
}

/** An amount as one word, such as `24`, `7,5h` or `50%`; null for any other. */
export function amountIn(word: string): Amount | null {
  const [, sign, digits = '', unit] = pattern.exec(word) ?? [];
  if (digits === '') return null;
  const value = Number(digits.replace(',', '.')) * (sign ? -1 : 1);
  return { value, unit: unitOf(unit), hasUnit: unit !== undefined };
}

export const isUnit = (word: string): boolean => unitPattern.test(word);
export const withUnit = (amount: Amount, unit: string): Amount => ({ ...amount, unit: unitOf(unit), hasUnit: true });

/** The whole text is one amount (`24`, `7,5 h`, `50 %`). */
export function bareAmount(text: string): Amount | null {
  const [number = '', unit, ...more] = text.trim().split(/\s+/);
  const amount = amountIn(number);
  if (!amount || more.length > 0) return null;
  if (unit === undefined) return amount;
  return isUnit(unit) && !amount.hasUnit ? withUnit(amount, unit) : null;
}
