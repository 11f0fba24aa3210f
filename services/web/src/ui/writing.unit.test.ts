import { afterEach, describe, expect, test } from '@jest/globals';
import { dayRange, dayRangeWithYear, editable, hours, longDay, weekdayAndDay } from '../staffing/format.ts';
import { typedDay, typedRange } from '../staffing/typed-dates.ts';
import { typedHours, typedNumber } from '../staffing/typed-hours.ts';
import { tidyNumber } from './typed-number.ts';
import { dayWords, timeWords, writeFor, writing } from './writing.ts';

const today = '2026-11-30';
const readsAs = (language: string) => writeFor({ language, firstDay: null });
const spaces = (text: string) => text.replace(/\s/g, ' ');
afterEach(() => writeFor(undefined));

describe('what a reader sees', () => {
  test.each([
    ['en-GB', '7 Dec 2026', 'Mon 7 Dec', 'Monday 30 November 2026', '12,345.75 h', '7.5', '15:05', 'monday'],
    ['en-US', 'Dec 7, 2026', 'Mon Dec 7', 'Monday, November 30, 2026', '12,345.75 h', '7.5', '3:05 PM', 'sunday'],
    ['de-DE', '7 Dec 2026', 'Mon 7 Dec', 'Monday 30 November 2026', '12.345,75 h', '7,5', '15:05', 'monday'],
    ['pt-PT', '7 Dec 2026', 'Mon 7 Dec', 'Monday 30 November 2026', '12 345,75 h', '7,5', '15:05', 'sunday'],
    ['ja-JP', '2026 Dec 7', 'Mon Dec 7', '2026 November 30, Monday', '12,345.75 h', '7.5', '15:05', 'sunday'],
    ['ar-EG', '7 Dec 2026', 'Mon 7 Dec', 'Monday 30 November 2026', '12,345.75 h', '7.5', '3:05 PM', 'saturday'],
  ])('as in %s', (language, day, near, long, number, edited, time, firstDay) => {
    readsAs(language);
    expect([dayWords('2026-12-07', null), weekdayAndDay('2026-12-07'), longDay(today)]).toEqual([day, near, long]);
    expect([spaces(hours(12_345.75)), editable(7.5)]).toEqual([number, edited]);
    expect([spaces(timeWords(new Date(2026, 11, 7, 15, 5))), writing().firstDay]).toEqual([time, firstDay]);
  });

  test('has ranges in the same order, the year once', () => {
    readsAs('en-US');
    expect(dayRange('2026-12-07', '2026-12-27')).toBe('Dec 7 – Dec 27');
    expect(dayRangeWithYear('2026-12-07', '2026-12-27')).toBe('Dec 7 – Dec 27, 2026');
    expect(dayRangeWithYear('2026-12-07', '2027-03-14')).toBe('Dec 7, 2026 – Mar 14, 2027');
    readsAs('ja-JP');
    expect(dayRangeWithYear('2026-12-07', '2026-12-27')).toBe('2026 Dec 7 – Dec 27');
  });

  test('has below zero a minus and no mark of direction', () => {
    for (const language of ['ar-EG', 'he-IL', 'sv-SE']) {
      readsAs(language);
      expect(hours(-4)).toBe('−4 h');
    }
  });

  test('begins a week where it was chosen, whatever the language', () => {
    writeFor({ language: 'en-US', firstDay: 'saturday' });
    expect(writing().firstDay).toBe('saturday');
    writeFor({ language: null, firstDay: 'sunday' });
    expect([writing().firstDay, dayWords('2026-12-07', null)]).toEqual(['sunday', '7 Dec 2026']);
  });
});

describe('in a browser whose language is none', () => {
  const browser = (language: string | undefined, languages: readonly string[] | undefined) => {
    Object.defineProperty(globalThis, 'document', { value: {}, configurable: true });
    Object.defineProperty(globalThis, 'navigator', { value: { language, languages }, configurable: true });
  };
  const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'document');
    Reflect.deleteProperty(globalThis, 'navigator');
    if (own) Object.defineProperty(globalThis, 'navigator', own);
    readsAs('sv-SE');
  });

  test.each([
    ['en-US@posix', ['en-US@posix', 'de-DE', 'fr-FR'], 'de-DE'],
    ['en-US@posix', ['en-US@posix'], 'en-GB'],
    ['', undefined, 'en-GB'],
    [undefined, undefined, 'en-GB'],
    ['C', ['pt-PT'], 'pt-PT'],
  ])('%s, %j is read as %s', (language, languages, read) => {
    readsAs('sv-SE');
    browser(language, languages);
    writeFor(undefined);
    expect([writing().language, writing().firstDay]).toEqual([read, read === 'pt-PT' ? 'sunday' : 'monday']);
  });
});

describe('what a reader types', () => {
  test.each([
    ['en-US', '12/7', '2026-12-07'],
    ['en-US', '12/7/2027', '2027-12-07'],
    ['en-US', '7.12.', '2026-12-07'],
    ['en-US', '13/12', null],
    ['de-DE', '7.12.', '2026-12-07'],
    ['de-DE', '7.12.2027', '2027-12-07'],
    ['pt-PT', '7/12', '2026-12-07'],
    ['ja-JP', '2026/12/7', '2026-12-07'],
    ['ja-JP', '12/7', '2026-12-07'],
    ['hu-HU', '2026. dec. 7', '2026-12-07'],
    ['ar-EG', '٧/١٢', '2026-12-07'],
    ['en-US', '2026-12-07', '2026-12-07'],
  ])('in %s: %s', (language, text, day) => {
    readsAs(language);
    expect(typedDay(text, today)).toBe(day);
  });

  test.each(['en-US', 'de-DE', 'pt-PT', 'ja-JP', 'hu-HU', 'ar-EG', 'sv-SE', 'en-CA'])('is read again as it is shown: %s', (language) => {
    readsAs(language);
    for (const day of ['2026-12-07', '2027-05-31', '2025-02-01']) expect(typedDay(dayWords(day, null), today)).toBe(day);
    const shown = `${dayWords('2026-12-07', null)} – ${dayWords('2027-03-14', null)}`;
    expect(typedRange(shown, today)).toEqual({ ok: true, from: '2026-12-07', to: '2027-03-14' });
    for (const value of [7.5, 0.25, 40]) expect(typedNumber(editable(value), 0, 168)).toBe(value);
  });

  test.each(['Dec 7-27', 'Dec 7 – 27', 'Dec 7 – 27, 2026', 'dec 7, 2026 - 27', '12/7-12/27', 'Dec 7 – Dec 27'])('a range: %s', (text) => {
    readsAs('en-US');
    expect(typedRange(text, today)).toEqual({ ok: true, from: '2026-12-07', to: '2026-12-27' });
  });

  test('has a decimal sign of its own or a point, and groups are never taken for decimals', () => {
    for (const text of ['7,5', '7.5', '７.５', '٧٫٥', '7,5 h']) expect(typedNumber(text, 0, 168)).toBe(7.5);
    for (const text of ['1.234', '1,234', '7,5,5', '-7.5', 'NaN', '1e3']) expect(typedNumber(text, 0, 9_999)).toBeNull();
    expect(tidyNumber('٧٫٥')).toBe('7.5');
    readsAs('de-DE');
    expect(typedHours('x', null)).toEqual({ ok: false, message: '“x” is no number of hours we know. Try 8, 7,5 h or 50 %' });
  });
});
