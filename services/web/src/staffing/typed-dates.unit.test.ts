import { describe, expect, test } from '@jest/globals';
import { weeksFrom } from '@sidekick/calendar/iso';
import { dayRange, dayRangeWithYear, leaveDays, longDay, monthSpans, percent, weekdayAndDay, weekRuns, workdays } from './format.ts';
import { typedDay, typedRange } from './typed-dates.ts';

describe('words for figures', () => {
  test('a share of nothing is a dash', () => {
    expect([percent(94 / 129), percent(null)]).toEqual(['73 %', '–']);
  });
  test('ranges include both ends', () => {
    expect(dayRange('2026-12-07', '2026-12-27')).toBe('7 Dec – 27 Dec');
    expect(dayRange('2026-12-07', '2027-12-31')).toBe('7 Dec 2026 – 31 Dec 2027');
    expect(dayRange('2026-12-07', null)).toBe('from 7 Dec');
    expect(dayRange('2026-12-07', '2026-12-07')).toBe('7 Dec');
    expect(dayRangeWithYear('2026-12-07', '2027-03-14')).toBe('7 Dec 2026 – 14 Mar 2027');
    expect(weekRuns(['2026-W51', '2026-W50', '2027-W01'])).toBe('7 Dec – 20 Dec and 4 Jan – 10 Jan');
    expect(weekdayAndDay('2026-12-04')).toBe('Fri 4 Dec');
    expect(longDay('2026-11-30')).toBe('Monday 30 November 2026');
  });
  test('leave says halves, patterns say which days', () => {
    expect([leaveDays(4), leaveDays(0.5), leaveDays(1.5)]).toEqual(['4 d', '½ d', '1½ d']);
    expect(workdays([8, 8, 8, 8, 8, 0, 0])).toBe('');
    expect(workdays([8, 8, 0, 8, 8, 0, 0])).toBe('not Wed');
    expect(workdays([8, 8, 8, 0, 0, 0, 0])).toBe('Mon–Wed');
    expect(workdays([0, 8, 0, 8, 0, 0, 0])).toBe('Tue, Thu');
  });
  test('months are named by the Thursday of their weeks', () => {
    const spans = monthSpans(weeksFrom('2026-W48', 16));
    expect(spans.map(({ label, columns }) => `${label} ${columns}`)).toEqual([
      'Nov 1',
      'December 2026 5',
      'January 2027 4',
      'February 2027 4',
      'March 2027 2',
    ]);
  });
});

describe('typed dates', () => {
  const today = '2026-11-30';
  const range = (text: string) => {
    const typed = typedRange(text, today);
    return typed.ok ? `${typed.from}/${typed.to ?? ''}` : typed.message;
  };
  test.each([
    ['7 dec - 27 dec', '2026-12-07/2026-12-27'],
    ['7 – 27 Dec', '2026-12-07/2026-12-27'],
    ['2026-12-07 to 2026-12-27', '2026-12-07/2026-12-27'],
    ['2026-12-07/2026-12-27', '2026-12-07/2026-12-27'],
    ['7.12.-27.12.', '2026-12-07/2026-12-27'],
    ['7.12.2026-27.12.2026', '2026-12-07/2026-12-27'],
    ['7/12-27/12', '2026-12-07/2026-12-27'],
    ['７ dec → 27 dec', '2026-12-07/2026-12-27'],
    ['7 dec…27 dec', '2026-12-07/2026-12-27'],
    ['21 dec - 3 jan', '2026-12-21/2027-01-03'],
    ['3 weeks from monday', '2026-11-30/2026-12-20'],
    ['3 weeks from next monday', '2026-12-07/2026-12-27'],
    ['2 days from 7.12.', '2026-12-07/2026-12-08'],
    ['next week', '2026-12-07/2026-12-13'],
    ['w50 - w1', '2026-12-07/2027-01-10'],
    ['from 7 Dec', '2026-12-07/'],
    ['Fri 4 Dec', '2026-12-04/2026-12-04'],
    ['friday', '2026-12-04/2026-12-04'],
    ['until 18 dec', '2026-11-30/2026-12-18'],
    ['w50–w53', '2026-12-07/2027-01-03'],
    ['w50-53', '2026-12-07/2027-01-03'],
    ['weeks 50 to 52', '2026-12-07/2026-12-27'],
    ['2026-W50', '2026-12-07/2026-12-13'],
    ['week 2', '2027-01-11/2027-01-17'],
    ['from 7 Dec for 3 weeks', '2026-12-07/2026-12-27'],
    ['7 dec for ten days', '“7 dec for ten days” is no date we know. Try 7 Dec – 27 Dec, 3 weeks from 7 Dec, w50 – w52, or 2026-12-07'],
    ['7 dec for 10 days', '2026-12-07/2026-12-16'],
    ['2 months from 31 dec', '2026-12-31/2027-02-28'],
    ['2 months from 1 jan', '2027-01-01/2027-02-28'],
    ['from 7 dec to 27 dec', '2026-12-07/2026-12-27'],
    ['between 7 dec and 9 dec', '2026-12-07/2026-12-09'],
    ['december', '2026-12-01/2026-12-31'],
    ['Dec 2027', '2027-12-01/2027-12-31'],
    ['jan – mar', '2027-01-01/2027-03-31'],
    ['from february', '2027-02-01/'],
    ['q1', '2027-01-01/2027-03-31'],
    ['next month', '2026-12-01/2026-12-31'],
    ['7-27 dec', '2026-12-07/2026-12-27'],
    ['7th dec - 9th dec', '2026-12-07/2026-12-09'],
  ])('reads "%s"', (text, expected) => expect(range(text)).toBe(expected));
  test('says in words what is wrong', () => {
    expect(range('7 dec 2026 - 4 dec 2026')).toBe('The end is before the start: 4 Dec < 7 Dec');
    expect(range('soon')).toContain('“soon” is no date we know');
    const none = ['w54', 'w0', 'w53 2025', 'decade', 'marvellous', 'wedding', 'sunny', '32 dec', 'from', '7 dec -', '5', 'q5', '0 weeks'];
    expect(none.filter((text) => typedRange(text, today).ok)).toEqual([]);
    expect(range(' ')).toBe('Say from when to when');
    expect(typedDay('30 feb', today)).toBeNull();
  });
  test('takes the nearest year', () => {
    expect(typedDay('15 jan', today)).toBe('2027-01-15');
    expect(typedDay('1 nov', today)).toBe('2026-11-01');
  });
});
