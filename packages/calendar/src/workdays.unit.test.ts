import { expect, test } from '@jest/globals';
import { dayOf } from './days.ts';
import { workdaysIn } from './workdays.ts';

const week = [{ hours: [8, 8, 8, 8, 8, 0, 0] }];
const weekends = [...week, { hours: [0, 0, 0, 0, 0, 0, 4] }];
const between = (from: string, to: string) => ({ from: dayOf(from), to: dayOf(to) });

test('work may lie on Monday to Friday, and on the weekend of who ever works then', () => {
  expect(workdaysIn(between('2026-12-12', '2026-12-13'), week)).toBe(0);
  expect(workdaysIn(between('2026-12-12', '2026-12-13'), weekends)).toBe(2);
  expect(workdaysIn(between('2026-12-11', '2026-12-28'), week)).toBe(12);
  expect(workdaysIn(between('2026-12-11', '2026-12-28'), weekends)).toBe(18);
  expect(workdaysIn(between('2026-12-11', '2026-12-10'), weekends)).toBe(0);
  expect(workdaysIn({ from: dayOf('2026-12-11'), to: Number.POSITIVE_INFINITY }, week)).toBe(Number.POSITIVE_INFINITY);
});
