import { describe, expect, test } from '@jest/globals';
import { dayOf, isoDay } from '@sidekick/calendar';
import { everyRegion, type Question } from '@sidekick/contracts';
import fc from 'fast-check';
import { outlookOf } from '../decisions/outlook.ts';
import { calendarDecisions } from '../decisions/records.ts';
import { figuresOf } from '../figures/index.ts';
import { rowsOf } from '../questions/rows.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { leave, range, someDay, someHolidays } from '../testing/groups.ts';
import { timelineOf } from '../timeline/timeline.ts';

const on = (day: string) => ({ from: dayOf(day), to: dayOf(day) });

describe('a person who moves between regions on a day', () => {
  const ana = aPerson('ana', { region: 'PT', moves: [{ from: '2027-02-01', region: 'PT-11' }] });
  const holiday = [
    aHoliday('PT', '2027-01-29'),
    aHoliday('PT-11', '2027-01-28'),
    aHoliday('PT', '2027-02-01'),
    aHoliday('PT-11', '2027-02-03', { portion: 0.5 }),
    aHoliday('PT', '2027-02-02'),
  ];
  const state = stateOf({
    person: [ana],
    project: [aProject('atlas', { from: '2027-01-25', to: '2027-02-07' })],
    assignment: [anAssignment('a1', 'ana', 'atlas', { role: 'lead', from: '2027-01-25', to: '2027-02-07', hoursPerWeek: 20 })],
    timeOff: [],
    holiday,
  });
  const figures = figuresOf(state);

  test('has the holidays of the region of each day: net, work, leave, the timeline by week and by day', () => {
    const net = ['2027-01-28', '2027-01-29', '2027-02-01', '2027-02-02', '2027-02-03'].map((day) => figures.net('ana', on(day)));
    expect(net).toEqual([8, 0, 8, 8, 4]);
    expect(figures.effective('a1', { from: dayOf('2027-01-25'), to: dayOf('2027-02-07') })).toBe(16 + 18);
    expect(figures.leaveTakes(aLeave('t1', 'ana', '2027-01-29', '2027-02-03'))).toEqual({ days: 2.5, hours: 20 });
    const { people } = timelineOf(figures, { from: '2027-W04', to: '2027-W05' }, '2026-11-30');
    expect(people[0]?.holidays).toEqual([['2027-01-29'], ['2027-02-03']]);
    expect(people[0]?.net).toEqual([32, 36]);
  });

  test('is shown which holidays a figure lost, and asked for the calendar of each region of the coming weeks', () => {
    const question = { what: 'net', args: { person: 'ana', days: ['2027-01-25', '2027-02-07'] } } as Question;
    const lost = rowsOf(figures, question, '2026-11-30').parts.flatMap(({ rows }) => rows.map((row) => row.holiday));
    expect(lost.filter(Boolean)).toEqual(['PT 2027-01-29', 'PT-11 2027-02-03']);
    const asked = (today: string) =>
      calendarDecisions(outlookOf(figuresOf({ ...state, holiday: new Map() }), today, 6)).flatMap((one) =>
        'region' in one ? [one.region] : [],
      );
    expect(asked('2026-11-30')).toEqual(['PT']);
    expect(asked('2027-01-11')).toEqual(['PT', 'PT-11']);
    expect(asked('2027-02-01')).toEqual(['PT-11']);
  });
});

describe('a company day', () => {
  const people = [aPerson('ana', { region: 'PT' }), aPerson('ben', { region: 'ES' }), aPerson('chloe')];
  const dayOff = (over: object = {}) => aHoliday(everyRegion, '2026-12-24', over);
  const net = (holiday: ReturnType<typeof aHoliday>[]) => {
    const figures = figuresOf(stateOf({ person: people, project: [], assignment: [], timeOff: [], holiday }));
    return people.map(({ id }) => figures.net(id, on('2026-12-24')));
  };

  test('is off for everybody, also for whoever has no region', () => {
    expect(net([dayOff()])).toEqual([0, 0, 0]);
    expect(net([aHoliday('PT', '2026-12-25'), dayOff({ portion: 0.5 })])).toEqual([4, 4, 4]);
  });

  test('and a holiday of a region on the same day count once, the larger of them', () => {
    expect(net([aHoliday('PT', '2026-12-24', { portion: 0.5 }), dayOff({ portion: 0.5 })])).toEqual([4, 4, 4]);
    expect(net([aHoliday('PT', '2026-12-24'), dayOff({ portion: 0.5 })])).toEqual([0, 4, 4]);
    expect(net([aHoliday('PT', '2026-12-24', { portion: 0.5 }), dayOff()])).toEqual([0, 0, 0]);
  });
});

test('two regions and a move are two people, one whose contract ends the day before and one whose begins on it', () => {
  const regions = fc.constantFrom(null, 'PT', 'ES');
  const cases = fc.record({ someday: someDay, which: fc.nat(15), before: regions, after: regions, holiday: someHolidays, away: leave(0) });
  fc.assert(
    fc.property(cases, ({ someday, which, before, after, holiday, away }) => {
      // Often the day of a holiday: on it the region changes.
      const from = holiday[which]?.date ?? someday;
      const people = [
        aPerson('moved', { region: before, moves: [{ from, region: after }] }),
        aPerson('first', { region: before, contract: { from: null, to: isoDay(dayOf(from) - 1) } }),
        aPerson('then', { region: after, contract: { from, to: null } }),
      ];
      const own = people.map(({ id }) => ({ ...away, id: `t ${id}`, person: id }));
      const work = people.map(({ id }) => anAssignment(`a ${id}`, id, 'atlas', { from: '2026-01-01', hoursPerWeek: 20 }));
      const figures = figuresOf(stateOf({ person: people, project: [aProject('atlas')], assignment: work, timeOff: own, holiday }));
      for (let day = range.from - 3; day <= range.to + 3; day++) {
        const span = { from: day, to: day };
        for (const figure of [figures.gross, figures.net, (id: string) => figures.effective(`a ${id}`, span)])
          expect(figure('moved', span)).toBeCloseTo(figure('first', span) + figure('then', span), 9);
        expect(figures.holidays('moved', span)).toEqual([...figures.holidays('first', span), ...figures.holidays('then', span)]);
      }
      const takes = (index: number) => figures.leaveTakes(own[index] as (typeof own)[0]).hours;
      expect(takes(0)).toBeCloseTo(takes(1) + takes(2), 6);
    }),
  );
});
