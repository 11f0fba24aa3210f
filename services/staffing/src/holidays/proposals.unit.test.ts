import { describe, expect, test } from '@jest/globals';
import { proposeHolidays } from './proposals.ts';

const names = (region: string, year: number) => new Map(proposeHolidays(region, year).map(({ date, name }) => [date, name]));

describe('proposed holidays', () => {
  test('are the public ones of a country, by date, and not observances', () => {
    const portugal = names('PT', 2026);
    expect(portugal.get('2026-12-08')).toBe('Immaculate Conception');
    expect(portugal.get('2026-12-25')).toBe('Christmas Day');
    expect([...portugal.keys()]).toEqual([...portugal.keys()].sort());
    expect(names('DE-BY', 2026).has('2026-11-29')).toBe(false);
  });

  test('follow the part of a country', () => {
    expect(names('DE-BY', 2026).has('2026-01-06')).toBe(true);
    expect(names('DE-BE', 2026).has('2026-01-06')).toBe(false);
    expect(names('GB-ENG', 2026).has('2026-12-28')).toBe(true);
    expect(names('US-CA', 2026).has('2026-11-26')).toBe(true);
  });

  test('are refused for places that no calendar knows', () => {
    for (const region of ['XX', 'GB-QQQ', 'constructor', 'DE-toString'])
      expect(() => proposeHolidays(region, 2026)).toThrow('No published calendar');
  });
});
