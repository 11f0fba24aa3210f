import { expect, test } from '@jest/globals';
import { ulidAfter } from '../../app/ulid.ts';
import { readEnd, repeats } from './repeats.ts';

const friday = { from: '2026-12-04', to: '2026-12-04' };
const days = (list: readonly { from: string }[] | string) => (typeof list === 'string' ? list : list.map(({ from }) => from));

test('every second Friday is each of them until the last that does not begin after the day, or so many', () => {
  const every = { weeks: 2, on: [] };
  expect(days(repeats(friday, { ...every, end: { until: '2027-01-15' } }))).toEqual([
    '2026-12-04',
    '2026-12-18',
    '2027-01-01',
    '2027-01-15',
  ]);
  expect(repeats(friday, { ...every, end: { until: '2027-01-14' } })).toHaveLength(3);
  expect(days(repeats(friday, { ...every, end: { times: 2 } }))).toEqual(['2026-12-04', '2026-12-18']);
});

test('weekdays chosen are each of the weeks, from the first day on; a stretch comes again as it is', () => {
  const tuesdayToo = repeats(friday, { weeks: 3, on: [5, 2], end: { times: 4 } });
  expect(days(tuesdayToo)).toEqual(['2026-12-04', '2026-12-22', '2026-12-25', '2027-01-12']);
  expect(repeats({ from: '2026-12-07', to: '2026-12-09' }, { weeks: 1, on: [5], end: { times: 2 } })).toEqual([
    { from: '2026-12-07', to: '2026-12-09' },
    { from: '2026-12-14', to: '2026-12-16' },
  ]);
});

test('60 times are the most; what overlaps itself or ends before it comes again is said', () => {
  const weekly = (until: string, first = friday) => repeats(first, { weeks: 1, on: [], end: { until } });
  expect(weekly('2028-01-21')).toHaveLength(60);
  expect(weekly('2028-01-28')).toMatch(/more than 60 times/);
  expect(weekly('9999-12-31')).toMatch(/more than 60 times/);
  expect(repeats(friday, { weeks: 1, on: [], end: { times: 61 } })).toMatch(/more than 60 times/);
  expect(weekly('2027-01-15', { from: '2026-12-07', to: '2026-12-13' })).toHaveLength(6);
  expect(weekly('2027-01-15', { from: '2026-12-07', to: '2026-12-14' })).toMatch(/begin again before it ends/);
  expect(weekly('2026-12-10')).toMatch(/before it comes again/);
  expect(repeats(friday, { weeks: 1, on: [], end: { times: 0 } })).toMatch(/before it comes again/);
});

test('an end is a day, a month, a week or a number of times as people write them', () => {
  const read = (text: string) => readEnd(text, '2026-12-04');
  expect(read('26 feb')).toEqual({ until: '2027-02-26' });
  for (const text of ['30 June', 'June', 'end of June', 'end of jun 2027'])
    expect([text, read(text)]).toEqual([text, { until: '2027-06-30' }]);
  expect(read('w26')).toEqual({ until: '2027-07-04' });
  expect(read('30 June 2026')).toEqual({ until: '2026-06-30' });
  for (const text of ['10 times', ' 10x', '10 Times ']) expect(read(text)).toEqual({ times: 10 });
  for (const text of ['', '10', 'for ever', '30 feb']) expect(read(text)).toBeNull();
});

test('ids that follow another are all different, carry over, and are the same again', () => {
  expect(ulidAfter('01JZZZZZZZZZZZZZZZZZZZZZZZ', 1)).toBe('01K00000000000000000000000');
  expect(ulidAfter('01JB000000000000000000000Z', 33)).toBe('01JB0000000000000000000020');
});
