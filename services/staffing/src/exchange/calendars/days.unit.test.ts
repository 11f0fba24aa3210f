import { describe, expect, test } from '@jest/globals';
import { weekdayOf } from '@sidekick/calendar';
import { piecesOf, type Whose } from './days.ts';
import type { Occurrence } from './occurrences.ts';

/** Eight hours from Monday to Thursday, four on Friday. */
const whose = (zone = 'Europe/Berlin'): Whose => ({ zone, hoursOn: (day) => [8, 8, 8, 8, 4, 0, 0][weekdayOf(day)] ?? 0 });
const event = (is: Occurrence['is'], start: string, end: string): Occurrence => ({
  ...{ uid: 'a', which: null, summary: null, emails: [], is },
  ...{ start: Date.parse(start), end: Date.parse(end) },
});
const pieces = (...of: Parameters<typeof event>) => told(piecesOf(event(...of), whose()));
const told = (found: ReturnType<typeof piecesOf>) =>
  typeof found === 'string' ? found : found.map(({ from, to, amount }) => `${from} – ${to} ${'portion' in amount ? amount.portion : '?'}`);

describe('days of leave', () => {
  test('of whole days are those of the calendar, its end left out and its weekends kept', () => {
    expect(pieces('days', '2026-12-24', '2026-12-29')).toEqual(['2026-12-24 – 2026-12-28 1']);
    expect(pieces('days', '2026-12-05', '2026-12-07')).toBe('no-hours');
  });

  test('of hours are a part of the pattern from 9 on, in the zone of the person', () => {
    expect(pieces('instant', '2026-12-01T08:00Z', '2026-12-01T12:00Z')).toEqual(['2026-12-01 – 2026-12-01 0.5']);
    expect(told(piecesOf(event('instant', '2026-12-01T23:00Z', '2026-12-02T03:00Z'), whose('Asia/Tokyo')))).toEqual([
      '2026-12-02 – 2026-12-02 0.375',
    ]);
    expect(pieces('wall', '2026-12-04T09:00Z', '2026-12-04T13:00Z')).toEqual(['2026-12-04 – 2026-12-04 1']);
    expect(pieces('wall', '2026-12-01T19:00Z', '2026-12-01T21:00Z')).toBe('no-hours');
    expect(pieces('wall', '2026-12-01T10:00Z', '2026-12-01T10:00Z')).toBe('no-hours');
  });

  test('over midnights are runs of days that lose the same, across a weekend too', () => {
    expect(pieces('wall', '2026-12-02T13:00Z', '2026-12-08T11:00Z')).toEqual([
      '2026-12-02 – 2026-12-02 0.5',
      '2026-12-03 – 2026-12-07 1',
      '2026-12-08 – 2026-12-08 0.25',
    ]);
  });

  test('more than two years are none', () => {
    expect(pieces('days', '2026-12-01', '2029-12-01')).toBe('too-long');
  });
});
