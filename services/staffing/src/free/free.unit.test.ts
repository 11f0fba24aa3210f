import { describe, expect, test } from '@jest/globals';
import { figuresOf } from '../figures/index.ts';
import { aLeave, anAssignment, aPerson, aProject, aSkill, aTeam, stateOf } from '../testing/builders.ts';
import { freeIn } from './free.ts';

const node = (level: number) => [{ skill: 'Node', level }];
const state = stateOf({
  person: [
    aPerson('ana', { skills: node(3) }),
    aPerson('ben', { skills: node(5), operationsShare: 0 }),
    aPerson('chloe', { skills: node(2) }),
    aPerson('diego', { skills: [{ skill: 'Go', level: 4 }] }),
    aPerson('eva', { skills: node(4), contract: { from: null, to: '2026-12-18' } }),
    aPerson('finn', { skills: node(3) }),
  ],
  project: [aProject('atlas', { to: null })],
  assignment: [
    anAssignment('a1', 'ana', 'atlas', { hoursPerWeek: 20 }),
    anAssignment('a2', 'ben', 'atlas', { hoursPerWeek: 36 }),
    anAssignment('a3', 'finn', 'atlas', { hoursPerWeek: 44 }),
    anAssignment('a4', 'ana', 'atlas', { hoursPerWeek: 10, state: 'tentative' }),
  ],
  timeOff: [aLeave('t1', 'ben', '2027-01-18', '2027-01-22')],
  team: [aTeam('core', ['ben', 'diego'])],
  skill: [aSkill('s1', 'Node', ['Node.js'])],
});
const figures = figuresOf(state);
const ask = (over: object = {}) =>
  freeIn(figures, { skill: 'node.js', level: 3, hours: 16, from: '2027-01-11', to: '2027-02-05', ...over } as never, '2026-11-30');
const near = (hours: number) => expect.closeTo(hours, 9);
const span = { from: 20829, to: 20854 };

describe('who is free', () => {
  test('has the skill at the level at least, in any spelling, and so many remaining hours in the range, week by week', () => {
    const { skill, weeks, people, order } = ask({ hours: 12 });
    expect(skill).toBe('Node');
    expect(weeks.map(({ week }) => week)).toEqual(['2027-W02', '2027-W03', '2027-W04', '2027-W05']);
    expect(weeks.at(-1)).toMatchObject({ from: '2027-02-01', to: '2027-02-05' });
    expect(people.map(({ person }) => person)).toEqual(['ana', 'ben']);
    expect(people[0]).toEqual({ person: 'ana', level: 3, hours: near(72), weeks: [18, 18, 18, 18], tentative: near(40) });
    expect(people[1]).toEqual({ person: 'ben', level: 5, hours: near(12), weeks: [4, 0, 4, 4], tentative: 0 });
    for (const { person, hours } of people) expect(hours).toBe(figures.remaining(person, span));
    expect(order).toEqual(['most hours left in these days', 'the higher level in Node', 'the order in which people were added']);
  });

  test('leaves each of the others out for the first reason that holds, those who lack hours alone before all', () => {
    expect(ask().leftOut.map(({ person, reason, message }) => [person, reason, message])).toEqual([
      ['ben', 'hours', '12 h left'],
      ['finn', 'hours', '24 h more work than hours'],
      ['chloe', 'level', 'Node 2 of 3'],
      ['diego', 'skill', 'no Node'],
      ['eva', 'contract', 'contract ends on 18 Dec'],
    ]);
  });

  test('is anybody where no skill is named, and of a team its people alone', () => {
    expect(ask({ skill: undefined }).people.map(({ person, level }) => [person, level])).toEqual([
      ['chloe', null],
      ['diego', null],
      ['ana', null],
    ]);
    const { people, leftOut } = ask({ team: 'core' });
    expect([...people, ...leftOut].map(({ person }) => person)).toEqual(['ben', 'diego']);
    expect(() => ask({ team: 'web' })).toThrow(expect.objectContaining({ code: 'unknown-team' }));
    expect(() => ask({ to: '2027-01-10' })).toThrow('The end is before the start: 10 Jan < 11 Jan');
  });
});
