import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  dayOf,
  isoDay,
  isoWeek,
  mondayOf as mondayOfNumber,
  weekdayOf as weekdayOfNumber,
  weekOf as weekNumber,
  weekOfDay,
} from './days.ts';
import {
  addDays,
  addMonths,
  addWeeks,
  daysBetween,
  firstWeekOf,
  isDay,
  mondayOf,
  mondayOfWeek,
  monthOfWeek,
  sundayOf,
  weekdayOf,
  weekOf,
  weeksBetween,
  weeksFrom,
} from './iso.ts';

const day = fc.integer({ min: dayOf('1600-01-01'), max: dayOf('2400-12-31') });

describe('days and weeks as numbers', () => {
  test('spell each day as ISO does, in every year', () => {
    fc.assert(
      fc.property(day, (number) => {
        const iso = new Date(number * 86_400_000).toISOString().slice(0, 10);
        expect([isoDay(number), dayOf(iso)]).toEqual([iso, number]);
      }),
    );
  });
  test('say of each week the label that says the week', () => {
    fc.assert(
      fc.property(day, (number) => {
        const week = weekOfDay(number);
        expect(weekNumber(isoWeek(week))).toBe(week);
        expect(number - mondayOfNumber(week)).toBe(weekdayOfNumber(number));
      }),
    );
    expect(weekNumber('2025-W53')).toBeUndefined();
  });
});

describe('days and weeks as strings', () => {
  test('a week across the year end is one week, named by its Thursday', () => {
    expect(weekOf('2026-12-31')).toBe('2026-W53');
    expect(weekOf('2027-01-03')).toBe('2026-W53');
    expect(weekOf('2027-01-04')).toBe('2027-W01');
    expect(mondayOfWeek('2026-W53')).toBe('2026-12-28');
    expect(addWeeks('2026-W53', 1)).toBe('2027-W01');
    expect(weeksBetween('2026-W48', '2027-W10')).toBe(15);
    expect(weeksFrom('2026-W52', 3)).toEqual(['2026-W52', '2026-W53', '2027-W01']);
  });
  test('months are made of whole weeks, each named by its Thursday', () => {
    expect(['2026-12-28', '2027-01-01', '2027-02-01'].map((day) => monthOfWeek(weekOf(day)))).toEqual(['2026-12', '2026-12', '2027-02']);
    expect([firstWeekOf('2026-11'), firstWeekOf('2026-12'), firstWeekOf('2027-01')]).toEqual(['2026-W45', '2026-W49', '2027-W01']);
    expect([addMonths('2026-11', 2), addMonths('2027-01', -1), addMonths('2026-12', 12)]).toEqual(['2027-01', '2026-12', '2027-12']);
    for (const week of weeksFrom('2024-W01', 300)) {
      const month = monthOfWeek(week);
      expect(firstWeekOf(month) <= week && week < firstWeekOf(addMonths(month, 1))).toBe(true);
    }
  });
  test('days count through leap days and summer time', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(weekdayOf('2026-11-30')).toBe(1);
    expect([mondayOf('2026-12-06'), sundayOf('2026-11-30')]).toEqual(['2026-11-30', '2026-12-06']);
    expect([isDay('2026-02-30'), isDay('2026-02-28'), isDay('tomorrow')]).toEqual([false, true, false]);
  });
});
