import { expect, test } from '@jest/globals';
import { atMinute } from './instants.ts';

test('an instant is told as a day with its time, and with the year where the day would be taken for another', () => {
  const now = new Date();
  const early = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 7, 5);
  expect(atMinute(early.toISOString())).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} 07:05$/);
  expect(atMinute(new Date(2019, 10, 4, 23, 59).toISOString())).toBe('Mon 4 Nov 2019 23:59');
});
