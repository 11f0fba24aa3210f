import { describe, expect, test } from '@jest/globals';
import { CapacityAnswer } from '@sidekick/contracts';
import { figuresOf } from '../figures/index.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, aTeam, stateOf } from '../testing/builders.ts';
import { capacityOf } from './heatmap.ts';

const state = stateOf({
  person: [
    aPerson('ana', { region: 'PT', operationsShare: 0.1 }),
    aPerson('ben'),
    aPerson('chloe', { contract: { from: null, to: '2026-12-09' } }),
    aPerson('left', { contract: { from: null, to: '2026-11-20' } }),
  ],
  project: [aProject('atlas')],
  assignment: [
    anAssignment('a1', 'ana', 'atlas', { role: 'lead', from: '2026-11-30', to: '2026-12-13', hoursPerWeek: 44 }),
    anAssignment('a2', 'ben', 'atlas', { from: '2026-12-07', to: '2026-12-13', hoursPerWeek: 19 }),
    anAssignment('a3', 'ben', 'atlas', { from: '2026-12-14', to: '2026-12-20', hoursPerWeek: 20, state: 'tentative' }),
  ],
  timeOff: [aLeave('t1', 'ben', '2026-11-30', '2026-12-04')],
  holiday: [aHoliday('PT', '2026-12-08')],
  team: [aTeam('core', ['ana', 'chloe']), aTeam('web', ['ana', 'left'])],
});
const figures = figuresOf(state);
const ask = (over: object = {}) =>
  capacityOf(figures, { from: '2026-12-02', to: '2026-12-16', by: 'week', ...over } as never, '2026-11-30');

describe('capacity by week', () => {
  const answer = ask();
  const [ana, ben, chloe] = answer.people;

  test('counts whole weeks, everybody whose contract holds a day, and says what its hours are', () => {
    expect([answer.from, answer.to]).toEqual(['2026-11-30', '2026-12-20']);
    expect(answer.buckets.map(({ id }) => id)).toEqual(['2026-W49', '2026-W50', '2026-W51']);
    expect(answer.people.map(({ id }) => id)).toEqual(['ana', 'ben', 'chloe']);
    expect(ana?.net).toEqual([40, 32, 40]);
    expect(ana?.operations).toEqual([4, 3.2, 4]);
    expect(ana?.confirmed).toEqual([44, 35.2, 0]);
    expect(ana?.over.map((hours) => Math.round(hours * 10) / 10)).toEqual([4, 3.2, 0]);
    expect(ana?.holidays).toEqual([0, 1, 0]);
    expect(ben?.tentative).toEqual([0, 0, 20]);
    expect(ben?.withTentative).toEqual([null, 19 / 40, 0.5]);
    expect(chloe?.employed).toEqual([true, true, false]);
    const ids = JSON.stringify(answer).replace(/"(id|person)":"[a-z]+"/g, '"$1":"01ARZ3NDEKTSV4RRFFQ69G5FAV"');
    expect(CapacityAnswer.safeParse(JSON.parse(ids)).error).toBeUndefined();
  });

  test('says how full a week is: nothing to fill, idle, below half of net, busy, over', () => {
    expect(ana?.load).toEqual(['over', 'over', 'idle']);
    expect(ben?.load).toEqual(['no-hours', 'under', 'idle']);
    expect(chloe?.load).toEqual(['idle', 'idle', 'no-hours']);
    const half = anAssignment('h', 'ben', 'atlas', { from: '2026-12-07', hoursPerWeek: 20 });
    const busy = figuresOf({ ...state, assignment: new Map([['h', { record: half, version: 1 }]]) });
    expect(capacityOf(busy, { from: '2026-12-07', to: '2026-12-07', by: 'week' }, '2026-11-30').people[1]?.load).toEqual(['busy']);
  });

  test('lists who is over, under and idle with their weeks, most hours first; a week without net hours is none of them', () => {
    expect(answer.over).toEqual([{ person: 'ana', buckets: ['2026-W49', '2026-W50'], hours: expect.closeTo(7.2, 9) }]);
    expect(answer.under).toEqual([{ person: 'ben', buckets: ['2026-W50'], hours: 19 }]);
    expect(answer.idle).toEqual([
      { person: 'chloe', buckets: ['2026-W49', '2026-W50'], hours: expect.closeTo(60.8, 9) },
      { person: 'ben', buckets: ['2026-W51'], hours: 38 },
      { person: 'ana', buckets: ['2026-W51'], hours: 36 },
    ]);
  });

  test('adds teams up by hours, tells how many of a team are over, and puts the rest into a row of its own', () => {
    const [core, web, none] = answer.teams;
    expect([core?.id, web?.id, none?.id]).toEqual(['core', 'web', null]);
    expect([core?.people, web?.people, none?.people]).toEqual([2, 1, 1]);
    expect(core?.net).toEqual([80, 56, 40]);
    expect(core?.utilisation).toEqual([44 / 80, 35.2 / 56, 0]);
    expect(core?.peopleOver).toEqual([1, 1, 0]);
    expect(core?.load).toEqual(['busy', 'busy', 'idle']);
    expect(answer.group.people).toBe(3);
    expect(answer.group.whole.net).toBe(figures.net('ana', span) + figures.net('ben', span) + figures.net('chloe', span));
    expect(answer.group.whole.utilisation).toBe(figures.utilisation(null, span));
  });
});
const span = { from: 20787, to: 20807 };

describe('capacity', () => {
  test('of a team counts its people alone, in the sums and the lists too', () => {
    const answer = ask({ team: 'core' });
    expect(answer.people.map(({ id }) => id)).toEqual(['ana', 'chloe']);
    expect(answer.teams.map(({ id }) => id)).toEqual(['core']);
    expect(answer.group.net).toEqual([80, 56, 40]);
    expect(answer.group.whole.utilisation).toBe(figures.utilisation(['ana', 'chloe'], span));
    expect(answer.idle.map(({ person }) => person)).toEqual(['chloe', 'ana']);
    expect(() => ask({ team: 'nobody' })).toThrow(
      expect.objectContaining({ code: 'unknown-team', errors: [expect.objectContaining({ path: 'team' })] }),
    );
  });

  test('by day has the days asked for, judged apart; idle and under stay figures of weeks', () => {
    const answer = ask({ by: 'day', from: '2026-12-07', to: '2026-12-09' });
    expect(answer.buckets).toEqual(['2026-12-07', '2026-12-08', '2026-12-09'].map((day) => ({ id: day, from: day, to: day })));
    expect(answer.people[0]?.net).toEqual([8, 0, 8]);
    expect(answer.people[0]?.load).toEqual(['over', 'no-hours', 'over']);
    expect(answer.over).toEqual([{ person: 'ana', buckets: ['2026-12-07', '2026-12-09'], hours: expect.closeTo(1.6, 9) }]);
    expect(answer.under).toMatchObject([{ person: 'ben', buckets: ['2026-W50'] }]);
  });

  test('of too long a range, or one that ends before it starts, is refused at the end', () => {
    const refused = (code: string) => expect.objectContaining({ code, errors: [expect.objectContaining({ path: 'to' })] });
    expect(() => ask({ to: '2026-12-01' })).toThrow(refused('end-before-start'));
    expect(() => ask({ by: 'day', to: '2027-02-02' })).toThrow(refused('range-too-long'));
    expect(() => ask({ to: '2028-12-31' })).toThrow(refused('range-too-long'));
    expect(ask({ by: 'day', to: '2027-02-01' }).buckets).toHaveLength(62);
  });
});
