import { expect, test } from '@jest/globals';
import { byId } from '../../staffing/lists.ts';
import { aCapacity } from '../../testing/capacity.ts';
import { ana, aPerson } from '../../testing/staffing.ts';
import { groupRow, peopleRows } from './heat-rows.ts';

const people = byId([aPerson(ana, 'Ana Duarte')]);
const answerOf = (by: 'week' | 'day', over: object) => {
  const query = new URLSearchParams({ from: '2026-12-07', to: '2026-12-13', by });
  const answer = aCapacity(query, { [ana]: [[by === 'week' ? 20 : 4, by === 'week' ? 10 : 2]] });
  return { ...answer, people: answer.people.map((row) => ({ ...row, ...over })) };
};

test('leave stands in the cell of a week with its days, and in that of a day in fewer words', () => {
  const [week] = peopleRows(answerOf('week', { leaveDays: [1.5] }), people, 'percent');
  expect(week?.cells[0]).toMatchObject({ figure: '50', note: '1½ d leave' });
  expect(week?.cells[0]?.label).toContain('1½ d leave');
  const halves = [0.5, 1, 0, 0, 0, 0, 0];
  const [day] = peopleRows(answerOf('day', { leaveDays: halves }), people, 'hours');
  expect(day?.cells.slice(0, 3).map(({ note, of }) => [note, of])).toEqual([
    ['½ leave', '4'],
    ['leave', '4'],
    [null, '4'],
  ]);
});

test('a week outside of the contract says so, and net hours of many stand beside a week’s work, not beside a day’s', () => {
  const [row] = peopleRows(answerOf('week', { employed: [false] }), people, 'percent');
  expect(row?.cells[0]).toMatchObject({ note: 'no contract', figure: '50' });
  const many = (by: 'week' | 'day') => {
    const answer = answerOf(by, {});
    return groupRow({ ...answer, group: { ...answer.group, net: answer.group.net.map(() => 120) } }, 'hours', 'Group').cells[0]?.of;
  };
  expect([many('week'), many('day')]).toEqual(['120', null]);
});
