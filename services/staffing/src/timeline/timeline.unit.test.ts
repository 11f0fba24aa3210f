import { describe, expect, test } from '@jest/globals';
import { TimelineAnswer } from '@sidekick/contracts';
import { decisionsOf } from '../decisions/decisions.ts';
import { figuresOf } from '../figures/index.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { timelineOf } from './timeline.ts';

const state = stateOf({
  person: [aPerson('ana', { region: 'PT' }), aPerson('noor', { contract: { from: null, to: '2026-12-11' } })],
  project: [aProject('atlas', { from: '2026-11-30', to: '2026-12-27' }), aProject('port', { state: 'proposal' })],
  assignment: [
    anAssignment('a1', 'ana', 'atlas', { role: 'lead', from: '2026-11-30', to: '2026-12-20', hoursPerWeek: 24 }),
    anAssignment('a2', 'noor', 'atlas', { from: '2026-12-07', to: '2026-12-13' }),
    anAssignment('a3', 'noor', 'atlas', { from: '2026-11-30', to: '2026-12-06', state: 'tentative' }),
    anAssignment('a4', 'ana', 'port', { state: 'tentative', role: 'lead', hoursPerWeek: 30, from: '2026-12-14', to: '2026-12-20' }),
    anAssignment('a5', 'ana', 'atlas', { role: 'contributor', from: '2026-01-01', to: '2026-11-15' }),
  ],
  timeOff: [aLeave('t1', 'ana', '2026-12-09', '2026-12-09'), aLeave('t2', 'ana', '2026-12-10', '2026-12-10', { amount: { portion: 0.5 } })],
  holiday: [aHoliday('PT', '2026-12-08'), aHoliday('PT', '2026-12-12')],
});
const timeline = timelineOf(figuresOf(state), { from: '2026-W49', to: '2026-W53' }, '2026-11-30');
const [ana, noor] = timeline.people;
const [atlas, port] = timeline.projects;

describe('the timeline', () => {
  test('has one entry a week, across the year’s end, in every row', () => {
    expect(timeline.weeks).toEqual(['2026-W49', '2026-W50', '2026-W51', '2026-W52', '2026-W53']);
    expect(timeline.mondays).toEqual(['2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28']);
    for (const { id: _id, gaps: _gaps, openLeads: _leads, absenceFactor: _factor, ...rows } of [
      ...timeline.people,
      ...timeline.projects,
    ] as any[]) {
      for (const row of Object.values(rows)) expect(row).toHaveLength(5);
    }
    // Ids of tests are words; everything else has to be what the contract says.
    const ids = JSON.stringify(timeline).replace(/"id":"\w+"/g, '"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"');
    expect(TimelineAnswer.safeParse(JSON.parse(ids)).error).toBeUndefined();
  });

  test('shows load with confirmed and tentative apart, leave in days and holidays that fall on hours', () => {
    expect(ana?.net).toEqual([40, 20, 40, 40, 40]);
    expect(ana?.confirmed).toEqual([24, 12, 24, 0, 0]);
    expect(ana?.tentative).toEqual([0, 0, 30, 0, 0]);
    expect(ana?.remaining).toEqual([14, 7, 14, 38, 38]);
    expect(ana?.over).toEqual([0, 0, 0, 0, 0]);
    expect(ana?.leaveDays).toEqual([0, 1.5, 0, 0, 0]);
    expect(ana?.holidays).toEqual([[], ['2026-12-08'], [], [], []]);
    expect(noor?.employed).toEqual([true, true, false, false, false]);
  });

  test('shows coverage, slots without a lead, sidekick hours and gaps of each project', () => {
    expect(atlas?.coverage).toEqual(['tentative', 'covered', 'none', 'none', null]);
    expect(atlas?.openLead).toEqual([false, false, false, true, false]);
    expect(atlas?.sidekickHours).toEqual([0, 8, 0, 0, 0]);
    expect(atlas?.sidekickTentative).toEqual([8, 0, 0, 0, 0]);
    expect(atlas?.gaps).toEqual([
      { from: '2026-W49', to: '2026-W49', weeks: 1, states: ['tentative'], hours: 8 },
      { from: '2026-W51', to: '2026-W52', weeks: 2, states: ['none', 'none'], hours: 16 },
    ]);
    expect(atlas?.absenceFactor).toBe(1);
    expect(timeline.group).toEqual({ covered: 1, needed: 4, confirmedHours: 68, tentativeHours: 38, netHours: 260, fairness: 0.5 });
  });

  test('counts no week of a proposal', () => {
    expect(port?.coverage).toEqual([null, null, null, null, null]);
    expect(port?.openLead).toEqual([false, false, false, false, false]);
  });

  test('lists the assignments that hold a day of the range', () => {
    expect(timeline.assignments.map(({ id }) => id)).toEqual(['a1', 'a2', 'a3', 'a4']);
    expect(timeline.assignments[0]).toMatchObject({ id: 'a1', planned: [24, 24, 24, 0, 0], effective: [24, 12, 24, 0, 0] });
  });

  test('tells a gap and an open lead with their own ends, whatever range is looked at, as the decisions tell them', () => {
    const figures = figuresOf(
      stateOf({
        person: [aPerson('ana', { contract: { from: null, to: '2026-12-31' } })],
        project: [aProject('long', { from: '2026-11-02', to: '2027-02-14' }), aProject('endless', { from: '2027-01-04', to: null })],
        assignment: [anAssignment('lead', 'ana', 'long', { role: 'lead', hoursPerWeek: 20 })],
      }),
    );
    const gaps = [{ from: '2026-W49', to: '2027-W06', weeks: 11, hours: 88 }];
    const openLeads = [{ from: '2027-W01', to: '2027-W06', weeks: 6, open: false }];
    for (const [from, to] of [
      ['2026-W50', '2026-W51'],
      ['2026-W49', '2027-W20'],
      ['2027-W02', '2027-W03'],
    ] as const) {
      const [, long] = timelineOf(figures, { from, to }, '2026-11-30').projects;
      expect(long?.gaps).toMatchObject(gaps);
      expect(long?.openLeads).toEqual(to === '2026-W51' ? [] : openLeads);
    }
    expect(timelineOf(figures, { from: '2026-W46', to: '2026-W47' }, '2026-11-30').projects[1]?.gaps).toMatchObject([
      { from: '2026-W45', to: '2026-W48', weeks: 4 },
    ]);
    const told = decisionsOf(figures, '2026-11-30', 4).items;
    expect(told.find(({ kind }) => kind === 'gap')).toMatchObject({ from: '2026-11-30', to: '2027-02-14', hours: 88 });
    const [endless] = timelineOf(figures, { from: '2026-W49', to: '2027-W10' }, '2026-11-30').projects;
    expect(endless?.gaps).toMatchObject([{ from: '2027-W01', open: true }]);
  });

  test('draws the work of a proposal as tentative and that of a lost project nowhere, with the codes of accepted rules for everybody', () => {
    const taken = { accepted: ['over-allocated'], private: { reason: 'For a week' } };
    const figures = figuresOf(
      stateOf({
        person: [aPerson('ana')],
        project: [aProject('won'), aProject('asked', { state: 'proposal' }), aProject('lost', { state: 'lost' })],
        assignment: ['won', 'asked', 'lost'].map((project) => anAssignment(project, 'ana', project, taken)),
      }),
    );
    const range = { from: '2026-W49', to: '2026-W49' };
    const drawn = (reasons?: Parameters<typeof timelineOf>[3]) => timelineOf(figures, range, '2026-11-30', reasons).assignments;
    expect(drawn().map(({ id, counts, accepted, reason }) => [id, counts, accepted, reason])).toEqual([
      ['asked', 'tentative', ['over-allocated'], null],
      ['lost', 'nowhere', ['over-allocated'], null],
      ['won', 'confirmed', ['over-allocated'], null],
    ]);
    expect(drawn({ of: 'person', person: 'ana' })[0]?.reason).toBe('For a week');
    expect(drawn({ of: 'person', person: 'noor' })[0]?.reason).toBeNull();
    const [ana] = timelineOf(figures, range, '2026-11-30').people;
    expect([ana?.confirmed, ana?.tentative, ana?.remaining]).toEqual([[8], [8], [30]]);
  });

  test('by day, tells each day beside the weeks, whose sums they are', () => {
    const byDay = timelineOf(figuresOf(state), { from: '2026-W49', to: '2026-W51', by: 'day' }, '2026-11-30');
    const [day, work] = [byDay.people[0]?.days, byDay.assignments.find(({ id }) => id === 'a1')?.days];
    const second = (list: readonly number[] | undefined) => list?.slice(7, 14).map((value) => Math.round(value * 1e6) / 1e6);
    expect(second(day?.net)).toEqual([8, 0, 0, 4, 8, 0, 0]);
    expect(second(day?.leaveDays)).toEqual([0, 0, 1, 0.5, 0, 0, 0]);
    expect(second(work?.planned)).toEqual([4.8, 4.8, 4.8, 4.8, 4.8, 0, 0]);
    expect(second(work?.effective)).toEqual([4.8, 0, 0, 2.4, 4.8, 0, 0]);
    expect(byDay.people[1]?.days?.employed.slice(7)).toEqual([true, true, true, true, true, ...Array(9).fill(false)]);
    for (const [weeks, days] of [
      [byDay.people[0]?.confirmed, day?.confirmed],
      [byDay.people[0]?.net, day?.net],
      [byDay.assignments[0]?.effective, work?.effective],
    ]) {
      const sums = weeks?.map((_, at) => days?.slice(at * 7, at * 7 + 7).reduce((sum, value) => sum + value, 0));
      expect(sums?.map((value) => value?.toFixed(9))).toEqual(weeks?.map((value) => value.toFixed(9)));
    }
    const ids = JSON.stringify(byDay).replace(/"id":"\w+"/g, '"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"');
    expect(TimelineAnswer.safeParse(JSON.parse(ids)).error).toBeUndefined();
    expect(timeline.people[0]).not.toHaveProperty('days');
    expect(() => timelineOf(figuresOf(state), { from: '2026-W49', to: '2027-W04', by: 'day' }, '2026-11-30')).toThrow('at most 8 weeks');
  });

  test('refuses a week that does not exist and more than two years', () => {
    expect(() => timelineOf(figuresOf(state), { from: '2026-W49', to: '2027-W53' }, '2026-11-30')).toThrow('There is no week 2027-W53');
    expect(() => timelineOf(figuresOf(state), { from: '2026-W49', to: '2028-W49' }, '2026-11-30')).toThrow('at most 104 weeks');
    expect(() => timelineOf(figuresOf(state), { from: '2026-W49', to: '2026-W48' }, '2026-11-30')).toThrow('end is before the start');
  });
});
