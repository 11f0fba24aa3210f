import { describe, expect, test } from '@jest/globals';
import { figuresOf } from '../figures/index.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { answerOf } from './answer.ts';

const figures = figuresOf(
  stateOf({
    person: [aPerson('ana', { region: 'PT' })],
    project: [aProject('atlas')],
    assignment: [anAssignment('a', 'ana', 'atlas', { role: 'lead', hoursPerWeek: 20, from: '2026-11-02' })],
    timeOff: [aLeave('t', 'ana', '2026-12-01', '2026-12-01')],
    holiday: [aHoliday('PT', '2026-12-08')],
  }),
);
const ask = (what: any, args: any) => answerOf(figures, { what, args }, '2026-12-06');

describe('a question', () => {
  test('is answered for one bucket, for each of a list, and for a range as one', () => {
    expect(ask('capacity', { person: 'ana', week: '2026-W49' })).toBe(32);
    expect(ask('capacity', { person: 'ana', eachWeek: ['2026-W49', '2026-W51'] })).toEqual([32, 32, 40]);
    expect(ask('capacity', { person: 'ana', weeks: ['2026-W49', '2026-W51'] })).toBe(104);
    expect(ask('net', { person: 'ana', eachDay: ['2026-11-30', '2026-12-02'] })).toEqual([8, 0, 8]);
    expect(ask('effective', { assignment: 'a', date: '2026-11-30' })).toBe(4);
  });

  test('that names no day is about today', () => {
    const today = ask('knowledge', { person: 'ana', project: 'atlas' });
    expect(today).toBe(ask('knowledge', { person: 'ana', project: 'atlas', on: '2026-12-06' }));
    expect(today).not.toBe(ask('knowledge', { person: 'ana', project: 'atlas', on: '2026-11-30' }));
  });

  test('without a bucket, with two, or with one that the figure does not know is refused', () => {
    expect(() => ask('net', { person: 'ana' })).toThrow('exactly one of');
    expect(() => ask('net', { person: 'ana', date: '2026-12-01', week: '2026-W49' })).toThrow('exactly one of');
    expect(() => ask('coverage', { project: 'atlas', date: '2026-12-01' })).toThrow('by week, not by day');
    expect(() => ask('coverage', { project: 'atlas', weeks: ['2026-W49', '2026-W50'] })).toThrow('eachWeek');
    expect(() => ask('overAllocated', { person: 'ana', weeks: ['2026-W49', '2026-W50'] })).toThrow('by day or by week');
  });

  test('about an unknown id, a week that does not exist, an end before its start or a century is refused', () => {
    expect(() => ask('net', { person: 'bo', week: '2026-W49' })).toThrow('There is no person bo');
    expect(() => ask('coverage', { project: 'nope', week: '2026-W49' })).toThrow('There is no project nope');
    expect(() => ask('planned', { assignment: 'nope', week: '2026-W49' })).toThrow('There is no assignment nope');
    expect(() => ask('net', { person: 'ana', week: '2027-W53' })).toThrow('There is no week 2027-W53');
    expect(() => ask('net', { person: 'ana', eachDay: ['2026-12-02', '2026-12-01'] })).toThrow('The end is before the start');
    expect(() => ask('net', { person: 'ana', eachWeek: ['2026-W01', '2126-W01'] })).toThrow('at most 600 weeks');
  });
});
