import { describe, expect, test } from '@jest/globals';
import { DecisionsAnswer } from '@sidekick/contracts';
import { figuresOf } from '../figures/index.ts';
import { aBudget, anAssignment, aPerson, aProject, aRate, someSettings, stateOf } from '../testing/builders.ts';
import { decisionsOf } from './decisions.ts';

const dates = { from: '2026-11-16', to: '2027-01-10' };
const ana = aPerson('ana');
const atlas = aProject('atlas', { ...dates, name: 'Atlas', policy: 'no-sidekick' });
/** Eight weeks of 40 h at 85.00, of which two are done: 680.00 a day, 27,200.00 in all. */
const lead = anAssignment('lead', 'ana', 'atlas', { role: 'lead', hoursPerWeek: 40, ...dates });
type Lists = Parameters<typeof stateOf>[0];
const decide = (lists: Lists, { readers = 'managers' as const, weeks = 16, on = '2026-11-30' } = {}) =>
  decisionsOf(
    figuresOf(stateOf({ person: [ana], project: [atlas], assignment: [lead], rate: [aRate('a', 'ana', 8_500)], ...lists })),
    on,
    weeks,
    readers,
  ).items;
const of = (budget: object) => ({ budget: [aBudget('b', 'atlas', budget)] });

describe('a budget that runs out', () => {
  test('is told to managers before it does, to decide on the last working day before, with what is over', () => {
    const items = decide({ ...of({ money: 2_500_000, hours: 300 }), settings: [someSettings('s', 'CHF')] });
    // On the 37th working day 25,160.00, on the 38th 304 h.
    expect(items).toEqual([
      {
        kind: 'budget-runs-out',
        id: 'budget-runs-out:atlas',
        from: '2027-01-05',
        to: '2027-01-10',
        decideBy: '2027-01-04',
        title: 'Atlas runs out of budget on 5 Jan',
        detail: 'Confirmed work to its end is over in money by 9 % and hours by 20 h.',
        project: 'atlas',
        runsOut: { money: '2027-01-05', hours: '2027-01-06' },
        over: { money: 220_000, hours: 20 },
        currency: 'CHF',
      },
    ]);
    const answer = { head: 1, today: '2026-11-30', items: items.map((one) => ({ ...one, project: '01JA0000000000000000000000' })) };
    expect(DecisionsAnswer.parse(answer)).toEqual(answer);
  });

  test('is told to nobody else, whose decisions are as they were', () => {
    const everything = { ...of({ money: 1 }), project: [{ ...atlas, policy: 'sidekick' as const }] };
    const all = decide(everything);
    const others = decide(everything, { readers: 'everybody' as never });
    expect(all.filter(({ kind }) => kind !== 'budget-runs-out')).toEqual(others);
    expect([all.length, others.length]).toEqual([2, 1]);
  });

  test('stays until the project ends, names hours without a rate, and asks today once it is over', () => {
    const early = { assignment: [lead, anAssignment('b', 'noor', 'atlas', { ...dates, hoursPerWeek: 5 })], person: [ana, aPerson('noor')] };
    const [over] = decide({ ...of({ money: 340_000 }), ...early });
    expect(over).toMatchObject({ from: '2026-11-30', decideBy: '2026-11-30', title: 'Atlas is over its budget since 23 Nov' });
    expect(over?.detail).toBe('Confirmed work to its end is over in money by 700 %. 40 h have no rate and are not in it.');
    expect(decide(of({ money: 340_000 }), { on: '2027-01-11' })).toEqual([]);
  });

  test('is not told beyond the weeks looked at, nor where all of it fits', () => {
    expect(decide(of({ money: 2_500_000 }), { weeks: 4 })).toEqual([]);
    expect(decide(of({ money: 2_720_000, hours: 320 }))).toEqual([]);
    expect(decide(of({ hours: 319 }))).toMatchObject([{ over: { money: null, hours: 1 } }]);
  });
});
