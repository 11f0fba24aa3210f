import { describe, expect, test } from '@jest/globals';
import { typedHours, typedNumber, weekOfPerson } from './typed-hours.ts';

const noor = { name: 'Noor', week: 40 };
const value = (text: string, who: typeof noor | null = noor) => {
  const typed = typedHours(text, who);
  return typed.ok ? typed.value : null;
};

describe('hours a week as typed', () => {
  test.each([
    ['8', 8],
    ['7,5', 7.5],
    ['7.25 h', 7.25],
    ['24 hours', 24],
    ['8h/week', 8],
    ['8 h a week', 8],
    ['0', 0],
  ])('%s', (text, hours) => expect(value(text)).toBe(hours));
  test.each(['50%', '50 %', '50 percent', '50 % of the week'])('%s is half of the week, and that is said', (text) => {
    expect(typedHours(text, noor)).toEqual({ ok: true, value: 20, echo: '50 % = 20 h a week, of Noor’s 40 h' });
  });
  test('a share of an odd week has two decimals', () => expect(value('33 %', { name: 'Ana', week: 38.5 })).toBe(12.71));
  test.each(['', 'half', '50 $', '8 x', '1,000', '-8', '1e3', '8 8', '200', '500 %', '2 d', '8 h %', '8 h/day'])('%s is refused', (text) =>
    expect(value(text)).toBeNull(),
  );
  test('a share of nobody’s week, or of a week without hours, is refused', () => {
    expect(value('50%', null)).toBeNull();
    expect(value('50%', { name: 'Ana', week: 0 })).toBeNull();
  });
});

describe('other numbers', () => {
  test('take their own unit alone', () => {
    expect([typedNumber('5 %', 0, 100, '%'), typedNumber('5 h', 0, 100, '%'), typedNumber('5', 0, 100, '%')]).toEqual([5, null, 5]);
    expect([typedNumber('4 h', 0, 24), typedNumber('50%', 0, 168), typedNumber('8 h a week', 0, 24)]).toEqual([4, null, null]);
    expect([typedNumber('3', 1, 99, 'none'), typedNumber('3 h', 1, 99, 'none')]).toEqual([3, null]);
  });
});

test('the week of a person is the one in force on the day', () => {
  const person = {
    patterns: [
      { from: '2027-01-01', hours: [4, 4, 4, 4, 4, 0, 0] },
      { from: '2026-01-01', hours: [8, 8, 8, 8, 8, 0, 0] },
    ],
  };
  expect([weekOfPerson(person, '2025-01-01'), weekOfPerson(person, '2026-12-31'), weekOfPerson(person, '2027-01-01')]).toEqual([
    40, 40, 20,
  ]);
});
