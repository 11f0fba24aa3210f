import { expect, test } from '@jest/globals';
import type { OpeningView } from '@sidekick/contracts';
import { fillCommands, placeWords, restOf, restsInWords } from './place-fill.ts';

const place: OpeningView = {
  ...{ id: 'o', version: 3, project: 'atlas', role: 'lead', from: '2027-01-04', to: '2027-03-28', hoursPerWeek: 24 },
  ...{ skills: [{ skill: 'Python', level: 3 }], private: { note: 'to be hired' }, sample: false },
};
const taking = (from: string, to: string | null, hoursPerWeek: number) => restOf(place, { from, to, hoursPerWeek });

test('nothing is left of a place that is filled wholly, with more hours or days than it has, or up to its last weekday', () => {
  expect(taking('2027-01-04', '2027-03-28', 24)).toEqual([]);
  expect(taking('2026-12-07', null, 40)).toEqual([]);
  expect(taking('2027-01-04', '2027-03-26', 24)).toEqual([]);
});

test('what nobody takes of days and hours stays open: before, beside and after', () => {
  expect(taking('2027-01-18', '2027-02-28', 16)).toEqual([
    { from: '2027-01-04', to: '2027-01-17', hoursPerWeek: 24 },
    { from: '2027-01-18', to: '2027-02-28', hoursPerWeek: 8 },
    { from: '2027-03-01', to: '2027-03-28', hoursPerWeek: 24 },
  ]);
  expect(taking('2027-04-05', '2027-04-11', 24)).toEqual([{ from: '2027-01-04', to: '2027-03-28', hoursPerWeek: 24 }]);
  expect(restOf({ ...place, to: null }, { from: '2027-01-04', to: '2027-01-31', hoursPerWeek: 23.9 })).toEqual([
    { from: '2027-01-04', to: '2027-01-31', hoursPerWeek: 0.1 },
    { from: '2027-02-01', to: null, hoursPerWeek: 24 },
  ]);
  expect(restsInWords(taking('2027-01-04', '2027-03-28', 16))).toBe('8 h a week 4 Jan – 28 Mar 2027');
});

test('the place goes, or becomes the first of what is left, and each other part is a place of its own with all that it asks', () => {
  expect(fillCommands(place, [], ['a', 'b'])).toEqual([{ do: 'delete', kind: 'opening', id: 'o', version: 3 }]);
  expect(fillCommands(place, taking('2027-05-03', null, 8), ['a', 'b'])).toEqual([]);
  const [change, ...made] = fillCommands(place, taking('2027-01-18', '2027-02-28', 16), ['a', 'b']);
  expect(change).toMatchObject({ do: 'change', id: 'o', version: 3, patch: { from: '2027-01-04', to: '2027-01-17', hoursPerWeek: 24 } });
  expect(made).toMatchObject([
    { do: 'create', id: 'a', record: { role: 'lead', hoursPerWeek: 8, skills: place.skills, private: place.private } },
    { do: 'create', id: 'b', record: { from: '2027-03-01', to: '2027-03-28', hoursPerWeek: 24 } },
  ]);
});

test('a place is told by its hours, days and skills', () => {
  expect(placeWords(place)).toBe('24 h a week, 4 Jan – 28 Mar 2027, asks Python 3');
  expect(placeWords({ ...place, to: null, skills: [] })).toBe('24 h a week, from 4 Jan 2027');
});
