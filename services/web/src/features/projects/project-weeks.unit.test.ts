import { expect, test } from '@jest/globals';
import { weeksOfPage } from './project-weeks.ts';

const ends = (from: string, to: string | null) => {
  const weeks = weeksOfPage({ from, to }, '2026-11-30');
  return [weeks[0], weeks.at(-1), weeks.length];
};

test('a project is drawn half a year back and ahead of this week, inside its own dates', () => {
  expect(ends('2026-10-05', '2027-03-14')).toEqual(['2026-W41', '2027-W10', 23]);
  expect(ends('2020-01-06', null)).toEqual(['2026-W23', '2027-W22', 53]);
});

test('of one that is over its last year is drawn, of one to come its first', () => {
  expect(ends('2020-01-06', '2024-12-29')).toEqual(['2024-W01', '2024-W52', 52]);
  expect(ends('2026-11-02', '2026-11-08')).toEqual(['2026-W45', '2026-W45', 1]);
  expect(ends('2028-01-03', null)).toEqual(['2028-W01', '2028-W52', 52]);
  expect(ends('2027-01-04', '2027-01-17')).toEqual(['2027-W01', '2027-W02', 2]);
});
