import { expect, test } from '@jest/globals';
import { aPerson, aProject } from '../../testing/staffing.ts';
import { addressOf, goneWords, queryOf, viewWords } from './view-query.ts';

const [monday, later] = ['2026-11-30', '2027-02-03'];
const kept = (text: string, today = monday) => queryOf(new URLSearchParams(text), today);

test('a view keeps what narrows and how it is shown, not what is open, whose bars are hidden or which view it was', () => {
  expect(kept('edit=x&filter=1&skill=Node&level=3&by=person&view=v&shut=a&history=1&weeks=8&tentative=hide&left=')).toBe(
    'by=person&weeks=8&skill=Node&tentative=hide&level=3',
  );
});

test('its range is told from today on, so that it moves on with time', () => {
  const query = kept('from=2026-W51&zoom=month');
  expect(query).toBe('zoom=month&start=2');
  expect(addressOf(query, later).params.toString()).toBe('zoom=month&from=2027-W07');
  expect(kept('from=2026-W47')).toBe('start=-2');
  expect(kept('from=someday')).toBe('');
  expect(queryOf(addressOf(query, later).params, later)).toBe(query);
});

test('of a query that holds more than the timeline knows the rest is applied, and what was left out is named', () => {
  const { params, unknown } = addressOf(`by=person&edit=01J&start=99999&colour=red&q=${'x'.repeat(201)}&skill=Node`, monday);
  expect(params.toString()).toBe('by=person&skill=Node');
  expect(unknown).toEqual(['edit', 'start', 'colour', 'q']);
});

const records = {
  people: new Map([['p', aPerson('p', 'Ana')]]),
  projects: new Map([['j', aProject('j', 'Atlas')]]),
  assignments: [],
  timeOff: [],
};

test('it is told in words, and so is what it asks for that is there no more', () => {
  expect(viewWords('by=person&zoom=day&start=-2&skill=Postgres&tentative=hide', monday, records)).toBe(
    'By person · by day · from 2 weeks ago on · Filter: Postgres at level 1 or more, without proposals and tentative work',
  );
  expect(viewWords('', monday, records)).toBe('By project · by week');
  const asked = (text: string) => goneWords(new URLSearchParams(text), records, []);
  expect(asked('client=commons+lab&region=pt&skill=POSTGRES')).toEqual([]);
  expect(asked('client=Gone&region=XX&skill=Cobol&team=t')).toEqual([
    'a client that nobody and nothing has any more (Gone)',
    'a region that nobody and nothing has any more (XX)',
    'a skill that nobody and nothing has any more (Cobol)',
    'a team that is gone',
  ]);
});
