import { describe, expect, test } from '@jest/globals';
import { dayOf } from '@sidekick/calendar';
import { figuresOf } from '../figures/index.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, aVolunteer, aWish, stateOf } from '../testing/builders.ts';
import { candidatesOf } from './candidates.ts';

const postgres = (level: number) => [{ skill: 'Postgres', level }];
const figures = figuresOf(
  stateOf({
    person: [
      aPerson('ana', { skills: postgres(5) }),
      aPerson('ben', { skills: postgres(3) }),
      aPerson('diego', { skills: postgres(4), contract: { from: null, to: '2026-12-18' } }),
      aPerson('eva', { skills: postgres(4), contract: { from: '2026-12-14', to: null } }),
      aPerson('full', { skills: postgres(3) }),
      aPerson('jonas', { skills: postgres(3) }),
      aPerson('luis', { skills: postgres(2) }),
      aPerson('noor', { skills: postgres(4) }),
      aPerson('rita'),
      aPerson('tomas', { skills: postgres(3) }),
    ],
    project: [aProject('atlas', { name: 'Atlas', requiredSkills: postgres(3) }), aProject('other')],
    assignment: [
      anAssignment('a1', 'ana', 'atlas', { role: 'lead', hoursPerWeek: 24 }),
      anAssignment('a2', 'ben', 'atlas', { role: 'contributor', hoursPerWeek: 16 }),
      anAssignment('a3', 'noor', 'other', { hoursPerWeek: 20 }),
      anAssignment('a4', 'noor', 'atlas', { role: 'contributor', hoursPerWeek: 20, to: '2026-11-29' }),
      anAssignment('a5', 'full', 'other', { hoursPerWeek: 36 }),
      anAssignment('a6', 'jonas', 'other', { hoursPerWeek: 10, state: 'tentative' }),
      anAssignment('a7', 'tomas', 'other', { hoursPerWeek: 4 }),
    ],
    timeOff: [aLeave('t1', 'tomas', '2026-12-14', '2026-12-18')],
  }),
);
const slot = { project: 'atlas', role: 'sidekick' as const, from: '2026-12-07', to: '2026-12-27', hours: 8 };

describe('candidates for a slot', () => {
  const answer = candidatesOf(figures, slot, '2026-11-30');

  test('come with the most free hours first, of confirmed work, each week of the slot', () => {
    expect(answer.candidates.map(({ person, leastFree }) => [person, leastFree])).toEqual([
      ['jonas', 38],
      ['ben', 22],
      ['noor', 18],
    ]);
    expect(answer.candidates[2]?.free).toEqual([
      { week: '2026-W50', hours: 18 },
      { week: '2026-W51', hours: 18 },
      { week: '2026-W52', hours: 18 },
    ]);
  });

  test('show what they know of the project today and their levels in what it requires', () => {
    const noor = answer.candidates[2];
    expect(noor?.knowledgeState).toBe('warm');
    expect(noor?.knowledge).toBeCloseTo(figures.knowledge('noor', 'atlas', dayOf('2026-11-30')), 9);
    expect(noor?.skills).toEqual([{ skill: 'Postgres', level: 4, required: 3 }]);
  });

  test('offer who contributes already with that work, and say what the order goes by', () => {
    expect(answer.candidates[1]).toMatchObject({ person: 'ben', skilled: true, already: [{ assignment: 'a2', role: 'contributor' }] });
    expect(answer.order?.slice(0, 2)).toEqual(['offered to back it up', 'has every required skill']);
    const busy = stateOf({
      person: [aPerson('ana')],
      project: [aProject('atlas')],
      assignment: [anAssignment('a', 'ana', 'atlas', { role: 'contributor', hoursPerWeek: 40 })],
    });
    expect(candidatesOf(figuresOf(busy), slot, '2026-11-30').candidates.map(({ person }) => person)).toEqual(['ana']);
  });

  test('compare skills by name, and judge a contract by working days as saving does', () => {
    const state = stateOf({
      person: [
        aPerson('ana', { skills: [{ skill: 'react', level: 4 }] }),
        aPerson('noor', { skills: [{ skill: 'REACT ', level: 3 }], contract: { from: null, to: '2026-12-25' } }),
      ],
      project: [aProject('atlas', { requiredSkills: [{ skill: 'React', level: 3 }] })],
    });
    const { candidates, ruledOut } = candidatesOf(figuresOf(state), slot, '2026-11-30');
    expect([candidates.map(({ person }) => person), ruledOut]).toEqual([['ana', 'noor'], []]);
  });

  test('are asked as saving is: about the whole week, about either role, and about the days of the project', () => {
    const state = stateOf({
      person: [aPerson('ana'), aPerson('noor'), aPerson('ben')],
      project: [aProject('atlas', { name: 'Atlas' })],
      assignment: [
        anAssignment('a', 'ana', 'atlas', { role: 'lead', from: '2026-11-02', to: '2026-12-15' }),
        anAssignment('b', 'noor', 'atlas', { role: 'sidekick', from: '2026-12-21', to: '2026-12-22' }),
      ],
    });
    const against = (over: { role?: 'lead'; from?: string; to?: string }) =>
      candidatesOf(figuresOf(state), { ...slot, ...over }, '2026-11-30').ruledOut.map(({ person, message }) => `${person} ${message}`);
    expect(against({ from: '2026-12-17', to: '2026-12-20' })).toEqual([
      'ana already leads Atlas, 14 Dec – 20 Dec, so cannot be the sidekick there',
    ]);
    // Whoever backs it up on other days of the week would do both; on the days of the slot the work is offered to change.
    expect(against({ role: 'lead', from: '2026-12-23', to: '2027-01-03' })).toEqual([
      'noor already backs up Atlas, 21 Dec – 27 Dec, so cannot lead it there',
    ]);
    expect(against({ role: 'lead', from: '2026-12-21', to: '2027-01-03' })).toEqual([]);
    expect(against({ from: '2027-03-08', to: '2027-03-19' })).toEqual([
      'ana Atlas runs 2 Nov – 14 Mar',
      'ben Atlas runs 2 Nov – 14 Mar',
      'noor Atlas runs 2 Nov – 14 Mar',
    ]);
  });

  test('may be asked for as long as work may span', () => {
    const open = figuresOf(stateOf({ person: [aPerson('ana')], project: [aProject('atlas', { to: null })] }));
    expect(candidatesOf(open, { ...slot, to: '2040-12-07' }, '2026-11-30').candidates[0]?.free).toHaveLength(731);
  });

  test('leave out everybody else, each with the rule', () => {
    expect(answer.ruledOut.map(({ person, rule, message }) => ({ person, rule, message }))).toEqual([
      { person: 'ana', rule: 'sidekick-leads', message: 'already leads Atlas, 7 Dec – 27 Dec, so cannot be the sidekick there' },
      { person: 'diego', rule: 'outside-contract', message: 'contract ends on 18 Dec' },
      { person: 'eva', rule: 'outside-contract', message: 'contract begins on 14 Dec' },
      { person: 'full', rule: 'no-hours', message: '2 h left in the week of 7 Dec and in 2 more weeks, minimum 4 h' },
      { person: 'luis', rule: 'below-skill', message: 'Postgres 2, the project needs 3' },
      { person: 'rita', rule: 'below-skill', message: 'no Postgres, the project needs 3' },
      { person: 'tomas', rule: 'no-hours', message: 'away: 0 h left in the week of 14 Dec, minimum 4 h' },
    ]);
    expect(answer.candidates.length + answer.ruledOut.length).toBe(figures.state.person.size);
  });

  test('a lead may lack the skill of a sidekick or a week, but does not rank before those who have it', () => {
    const { candidates, ruledOut } = candidatesOf(figures, { ...slot, role: 'lead' }, '2026-11-30');
    expect(candidates.map(({ person }) => person)).toEqual(['jonas', 'tomas', 'ben', 'noor', 'full', 'luis', 'rita']);
    expect(ruledOut.map(({ person, rule }) => [person, rule])).toEqual([
      ['ana', 'already-assigned'],
      ['diego', 'outside-contract'],
      ['eva', 'outside-contract'],
    ]);
  });

  test('come first who offered to back it up, and before others who wish to learn what it requires; who is ruled out says so too', () => {
    const state = stateOf({
      person: ['ana', 'ben', 'noor', 'tomas'].map((id) => aPerson(id, { skills: postgres(id === 'tomas' ? 1 : 3) })),
      project: [aProject('atlas', { requiredSkills: postgres(3) }), aProject('other')],
      assignment: [anAssignment('a', 'noor', 'other', { hoursPerWeek: 20 })],
      volunteer: [aVolunteer('v', 'noor', 'atlas'), aVolunteer('w', 'ana', 'other'), aVolunteer('u', 'tomas', 'atlas')],
      wish: [aWish('x', 'ben', 'POSTGRES'), aWish('y', 'ana', 'Rust')],
    });
    const asked = (role: 'sidekick' | 'lead') => candidatesOf(figuresOf(state), { ...slot, role }, '2026-11-30');
    const { candidates, ruledOut, order } = asked('sidekick');
    expect(candidates.map(({ person, volunteered, wishes }) => [person, volunteered, wishes])).toEqual([
      ['noor', true, []],
      ['ben', false, ['Postgres']],
      ['ana', false, []],
    ]);
    expect(ruledOut).toMatchObject([{ person: 'tomas', rule: 'below-skill', volunteered: true, wishes: [] }]);
    expect(order).toEqual([
      'offered to back it up',
      'has every required skill',
      'wishes to learn a required skill',
      'most hours left over these weeks',
      'the order in which people were added',
    ]);
    // To back up is no offer to lead.
    expect(asked('lead').candidates.map(({ person }) => person)).toEqual(['ben', 'ana', 'noor', 'tomas']);
  });

  test('a week in which holidays leave nobody any hours rules nobody out', () => {
    const closed = ['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01'].map((date) => aHoliday('PT', date));
    const state = stateOf({ person: [aPerson('maya', { region: 'PT' })], project: [aProject('atlas')], holiday: closed });
    const { candidates } = candidatesOf(figuresOf(state), { ...slot, from: '2026-12-21', to: '2027-01-03' }, '2026-11-30');
    expect(candidates.map(({ free }) => free.map(({ hours }) => hours))).toEqual([[38, 0]]);
  });

  test('a slot of an unknown project, or one that ends before it starts, is refused', () => {
    expect(() => candidatesOf(figures, { ...slot, project: 'nope' }, '2026-11-30')).toThrow('There is no project nope');
    expect(() => candidatesOf(figures, { ...slot, to: '2026-12-01' }, '2026-11-30')).toThrow('The end is before the start');
  });
});
