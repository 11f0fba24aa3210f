import { afterEach, describe, expect, test } from '@jest/globals';
import { amountWords } from '../../staffing/amounts.ts';
import { writeFor } from '../../ui/writing.ts';
import { editableAmount, typedAmount } from './amounts.ts';

const most = 1_000_000_000;
const readsAs = (language: string) => writeFor({ language, firstDay: null });
afterEach(() => writeFor(undefined));
const minor = (text: string, currency = 'EUR') => {
  const typed = typedAmount(text, currency, most);
  return typed.ok ? typed.minor : typed.message.replace(/\s/g, ' ');
};

describe('an amount as typed', () => {
  test.each([
    ['85', 8_500],
    ['85.50', 8_550],
    ['85,50', 8_550],
    ['85.5', 8_550],
    ['0', 0],
    ['.5', null],
    ['1.234,50', 123_450],
    ['1,234.50', 123_450],
    ['1 234,50', 123_450],
    ["1'234.50", 123_450],
    ['1.234.567', 123_456_700],
    ['EUR 85', 8_500],
    ['85 €', 8_500],
    ['８５', 8_500],
    ['٨٥٫٥٠', 8_550],
    ['١٬٢٣٤٫٥', 123_450],
    ['١٬٢٣٤', 123_400],
    ['۸۵٫۵', 8_550],
    ['८५.५०', 8_550],
    ['৮৫,৫', 8_550],
    ['𝟠𝟝', 8_500],
  ])('%s is %p minor units of EUR', (text, value) => {
    expect(minor(text)).toEqual(value ?? expect.stringContaining('is no amount we know'));
  });

  test.each(['', '-85', '85e2', 'NaN', '1,23,456', '12.34.56', '1.2,3,4', '8 5', '85 USD', '1 23', "12'34", '1٫2٫3', '1.234,567٫5', '٬٨٥'])(
    '“%s” is none',
    (text) => {
      expect(minor(text)).toContain('is no amount we know. Try 85 or 85.50');
    },
  );

  test('of more digits than the currency has is refused, and never read as thousands', () => {
    for (const text of ['85.505', '85,505', '1,234']) {
      expect(minor(text)).toBe('EUR has 2 digits after the decimal sign. Try 85 or 85.50; write thousands without a sign');
    }
    expect(minor('85.505', 'KWD')).toBe(85_505);
    expect([minor('85', 'JPY'), minor('1,234', 'JPY'), minor('1.234.567', 'JPY')]).toEqual([85, 1_234, 1_234_567]);
    expect(minor('١٬٢٣٤', 'JPY')).toBe(1_234);
    expect(minor('1٫234', 'JPY')).toBe('JPY has no digits after the decimal sign. Try 85');
    expect(minor('85.5', 'JPY')).toBe('JPY has no digits after the decimal sign. Try 85');
  });

  test('of more than may be kept is refused with the most', () => {
    expect(minor('10000000.01')).toBe('At most EUR 10,000,000.00');
  });
});

test('amounts are shown as the reader writes numbers, with the currency named, and are read again as they stand in a field', () => {
  for (const [reader, shown, typed] of [
    ['en-GB', 'EUR 1,234.50', '1234.50'],
    ['de-DE', '1.234,50 EUR', '1234,50'],
    ['pt-PT', '1234,50 EUR', '1234,50'],
  ] as const) {
    readsAs(reader);
    expect([amountWords(123_450, 'EUR').replace(/\s/g, ' '), editableAmount(123_450, 'EUR')]).toEqual([shown, typed]);
    expect(minor(editableAmount(123_450, 'EUR'))).toBe(123_450);
  }
  readsAs('de-CH');
  expect(minor(amountWords(123_456_750, 'CHF'), 'CHF')).toBe(123_456_750);
  expect(amountWords(1_234, 'JPY').replace(/\s/g, ' ')).toMatch(/^JPY 1['’]234$/);
});

test.each(['ar-EG', 'fa-IR', 'mr-IN', 'bn-BD', 'ne-NP', 'my-MM'])('stands in a field in digits that every keyboard has: %s', (reader) => {
  readsAs(reader);
  expect(editableAmount(123_450, 'EUR')).toMatch(/^1234[.,]50$/);
  expect(minor(editableAmount(123_450, 'EUR'))).toBe(123_450);
  expect(minor(amountWords(123_450, 'EUR'))).toBe(123_450);
});
