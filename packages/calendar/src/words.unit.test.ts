import { describe, expect, test } from '@jest/globals';
import { dayOf, weekOf } from './days.ts';
import {
  countWords,
  daysWords,
  dayWords,
  endBeforeStart,
  hoursWords,
  listWords,
  numberWords,
  rangeWords,
  weeksWords,
  weekWords,
} from './words.ts';

const today = '2026-11-30';

describe('days and ranges in words', () => {
  test('a day has its year where it is far from the other, or where none is near', () => {
    expect(dayWords('2027-01-03', today)).toBe('3 Jan');
    expect(dayWords('2027-05-29', today)).toBe('29 May');
    expect(dayWords('2027-05-30', today)).toBe('30 May 2027');
    // Nearer than this day of the next year, and past all the same.
    expect(dayWords('2026-02-09', today)).toBe('9 Feb 2026');
    expect(dayWords(dayOf('2026-12-07'), dayOf(today))).toBe('7 Dec');
    expect(dayWords('2026-12-07', null)).toBe('7 Dec 2026');
  });

  test('a range includes both ends, one day stands alone, an open end is said', () => {
    expect(rangeWords({ from: '2026-12-07', to: '2026-12-27' }, today)).toBe('7 Dec – 27 Dec');
    expect(rangeWords({ from: dayOf('2026-12-28'), to: dayOf('2027-01-03') }, today)).toBe('28 Dec – 3 Jan');
    expect(rangeWords({ from: '2026-12-07', to: '2026-12-07' }, today)).toBe('7 Dec');
    expect(rangeWords({ from: '2026-12-07', to: null }, today)).toBe('from 7 Dec');
    expect(rangeWords({ from: dayOf('2026-12-07'), to: Number.POSITIVE_INFINITY }, today)).toBe('from 7 Dec');
  });

  test('both ends of a range have a year as soon as one needs it, told once where it is the same', () => {
    expect(rangeWords({ from: '2026-12-07', to: '2028-03-14' }, today)).toBe('7 Dec 2026 – 14 Mar 2028');
    expect(rangeWords({ from: '2027-09-01', to: '2027-10-31' }, today)).toBe('1 Sep – 31 Oct 2027');
    expect(rangeWords({ from: '2026-12-07', to: '2027-03-14' }, null)).toBe('7 Dec 2026 – 14 Mar 2027');
    expect(rangeWords({ from: '2027-12-07', to: null }, today)).toBe('from 7 Dec 2027');
    expect(rangeWords({ from: '2026-06-15', to: '2027-06-15' }, today)).toBe('15 Jun 2026 – 15 Jun 2027');
    expect(rangeWords({ from: '2026-06-10', to: '2027-05-20' }, today)).toBe('10 Jun 2026 – 20 May 2027');
  });

  test('weeks are named by their days, in runs; of many runs the first three', () => {
    expect(weeksWords(['2026-W51', '2026-W50', '2027-W01', '2026-W50'], today)).toBe('7 Dec – 20 Dec and 4 Jan – 10 Jan');
    expect(weeksWords([weekOf('2026-W53') ?? 0, weekOf('2027-W01') ?? 0], today)).toBe('28 Dec – 10 Jan');
    expect(weeksWords(['2026-W50', '2026-W52', '2027-W01', '2027-W03'], today)).toContain('4 Jan – 10 Jan and 18 Jan – 24 Jan');
    expect(weeksWords(['2026-W50', '2026-W52', '2027-W01', '2027-W03', '2027-W05'], today)).toBe(
      '7 Dec – 13 Dec, 21 Dec – 27 Dec, 4 Jan – 10 Jan and 2 later runs',
    );
    expect(weeksWords(['2026-W50', '2026-W52', '2027-W01', '2027-W03', '2027-W05'], today, 5)).toContain('and 1 Feb – 7 Feb');
    expect(weeksWords([], today)).toBe('');
    expect(weekWords(weekOf('2026-W52') ?? 0, today)).toBe('the week of 21 Dec');
  });

  test('days that need not follow each other are listed, many are counted', () => {
    const days = ['2026-12-07', '2026-12-09', '2026-12-11', '2026-12-14'].map(dayOf);
    expect(daysWords(days.slice(0, 3), today)).toBe('7 Dec, 9 Dec and 11 Dec');
    expect(daysWords(days, today)).toBe('4 days from 7 Dec to 14 Dec');
  });

  test('a range that ends before it starts tells the years that make it so', () => {
    expect(endBeforeStart('2026-12-07', '2026-12-04')).toBe('The end is before the start: 4 Dec < 7 Dec');
    expect(endBeforeStart('2027-01-04', '2026-12-31')).toBe('The end is before the start: 31 Dec 2026 < 4 Jan 2027');
  });
});

describe('amounts in words', () => {
  test('have one decimal at most and no trailing zero, below zero a minus sign', () => {
    expect([24, 14.4, 0.04, -0.01, 7388, -4].map(hoursWords)).toEqual(['24 h', '14.4 h', '0 h', '0 h', '7,388 h', '−4 h']);
  });
  test('a quarter of an hour keeps both decimals, a third is rounded to one', () => {
    expect([0.25, 4.75, 40 / 3, -7.22].map(numberWords)).toEqual(['0.25', '4.75', '13.3', '−7.22']);
  });
  test('one is one, also where it was computed', () => {
    expect([countWords(1, 'week'), countWords(0.1 * 3 + 0.7, 'day'), countWords(1.5, 'day'), countWords(0, 'person', 'people')]).toEqual([
      '1 week',
      '1 day',
      '1.5 days',
      '0 people',
    ]);
  });
  test('a list has its “and” before the last', () => {
    expect([listWords([]), listWords(['a']), listWords(['a', 'b']), listWords(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });
});
