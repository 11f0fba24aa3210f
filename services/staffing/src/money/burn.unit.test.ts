import { describe, expect, test } from '@jest/globals';
import { dayOf, isoDay } from '@sidekick/calendar';
import type { Rate } from '@sidekick/contracts';
import fc from 'fast-check';
import { figuresOf } from '../figures/index.ts';
import { aBudget, aHoliday, aLeave, anAssignment, aPerson, aProject, aRate, stateOf } from '../testing/builders.ts';
import { costOf, nanoHours, rounded } from './amounts.ts';

type Lists = Parameters<typeof stateOf>[0];
const [ana, noor] = [aPerson('ana', { region: 'PT' }), aPerson('noor')];
/** Four weeks, of which today is the third's Monday. */
const dates = { from: '2026-11-16', to: '2026-12-13' };
const today = '2026-11-30';
const atlas = aProject('atlas', dates);
const lead = anAssignment('lead', 'ana', 'atlas', { role: 'lead', hoursPerWeek: 20, ...dates });
const backed = anAssignment('backed', 'noor', 'atlas', { hoursPerWeek: 10, ...dates });
const burn = (lists: Lists, on = today) =>
  figuresOf(stateOf({ person: [ana, noor], project: [atlas], assignment: [lead, backed], ...lists })).burn('atlas', dayOf(on));
const ofAna = aRate('a', 'ana', 8_500);
const ofNoor = aRate('n', 'noor', 6_000);

describe('what a project costs', () => {
  test('is effective hours to yesterday and from today to its end, each at the rate of its day, sidekicks apart', () => {
    // Two weeks each: 40 h × 85.00 and 20 h × 60.00.
    expect(burn({ rate: [ofAna, ofNoor] })).toMatchObject({
      spent: { money: 340_000 + 120_000, hours: 60 },
      forecast: { money: 460_000, hours: 60 },
      tentative: { money: 0, hours: 0 },
      sidekicks: { spent: { money: 120_000, hours: 20 }, forecast: { money: 120_000, hours: 20 } },
      unpriced: [],
    });
  });

  test('takes no hour of a holiday or of leave, in force from a day in mid-week', () => {
    // 4 h a day at 85.00: ten days spent; of ten ahead a holiday and a day of leave go, and of the eight left six are before the new rate.
    const next = aRate('b', 'ana', 9_000, { from: '2026-12-09' });
    const told = burn({
      assignment: [lead],
      rate: [ofAna, next],
      holiday: [aHoliday('PT', '2026-12-08')],
      timeOff: [aLeave('t', 'ana', '2026-12-11', '2026-12-11')],
    });
    expect(told.spent).toEqual({ money: 40 * 8_500, hours: 40, unpriced: 0 });
    expect(told.forecast).toEqual({ money: 6 * 4 * 8_500 + 2 * 4 * 9_000, hours: 32, unpriced: 0 });
  });

  test('counts tentative work and that of a proposal apart, only from today on, and a lost one nowhere', () => {
    const maybe = { ...backed, state: 'tentative' as const };
    const told = burn({ assignment: [lead, maybe], rate: [ofAna, ofNoor] });
    expect([told.spent.money, told.forecast.money, told.tentative.money]).toEqual([340_000, 340_000, 120_000]);
    const proposed = burn({ rate: [ofAna, ofNoor], project: [{ ...atlas, state: 'proposal' }] });
    expect([proposed.spent.money, proposed.forecast.money, proposed.tentative.money]).toEqual([0, 0, 460_000]);
    const lost = burn({ rate: [ofAna, ofNoor], project: [{ ...atlas, state: 'lost' }] });
    expect([lost.spent.hours, lost.forecast.hours, lost.tentative.hours]).toEqual([0, 0, 0]);
  });

  test('ends with the project, of which what was done outside is spent, and after two years where it has no end', () => {
    const early = { ...lead, from: '2026-11-09', to: null };
    const told = burn({ assignment: [early], rate: [ofAna] });
    expect([told.spent.hours, told.forecast.hours, isoDay(told.until), told.open]).toEqual([60, 40, '2026-12-13', false]);
    const endless = burn({ project: [{ ...atlas, to: null }], assignment: [early], rate: [ofAna] });
    expect([endless.forecast.hours, isoDay(endless.until), endless.open]).toEqual([104 * 20 + 4, '2028-11-27', true]);
  });
});

describe('the rate in force', () => {
  const on = (rate: Rate[]) => burn({ assignment: [lead], rate }).forecast.money / 40;

  test('is the last that has begun, and that of the project whenever one is in force', () => {
    const own = { project: 'atlas' };
    expect(on([ofAna, aRate('b', 'ana', 9_000, { from: today })])).toBe(9_000);
    expect(on([ofAna, aRate('b', 'ana', 7_000, { ...own, from: '2025-01-01' })])).toBe(7_000);
    expect(on([aRate('a', 'ana', 9_000, { from: today }), aRate('b', 'ana', 7_000, { ...own, from: '2025-01-01' })])).toBe(7_000);
    expect(on([ofAna, aRate('b', 'ana', 7_000, { ...own, from: '2026-12-14' })])).toBe(8_500);
    expect(on([ofAna, aRate('b', 'ana', 7_000, { project: 'basin' })])).toBe(8_500);
  });

  test('is none before the first: those hours are named with their days and cost nothing', () => {
    const late = burn({ rate: [aRate('a', 'ana', 8_500, { from: '2026-12-07' }), ofNoor] });
    expect([late.spent, late.forecast]).toEqual([
      { money: 120_000, hours: 60, unpriced: 40 },
      { money: 170_000 + 120_000, hours: 60, unpriced: 20 },
    ]);
    expect(late.unpriced).toEqual([
      { person: 'ana', from: dayOf('2026-11-16'), to: dayOf('2026-12-04'), days: 15, hours: 60, tentative: false },
    ]);
    const maybe = burn({ assignment: [lead, { ...backed, state: 'tentative' }], rate: [ofAna] });
    expect(maybe.unpriced).toMatchObject([{ person: 'noor', days: 10, hours: 20, tentative: true }]);
  });

  test('of nothing is a price too', () => {
    expect(burn({ assignment: [lead], rate: [aRate('a', 'ana', 0)] })).toMatchObject({ spent: { money: 0, hours: 40 }, unpriced: [] });
  });
});

describe('a budget', () => {
  const of = (budget: { money?: number; hours?: number }) =>
    burn({ rate: [ofAna, ofNoor], budget: [aBudget('b', 'atlas', budget)] }).runsOut;
  const day = (iso: string) => dayOf(iso);

  test('runs out on the first day whose work no longer fits, by money and by hours', () => {
    // 460.00 a day and 6 h: on the 20th working day 9,200.00 and 120 h.
    expect(of({ money: 920_000, hours: 120 })).toEqual({ money: null, hours: null });
    expect(of({ money: 919_999 })).toEqual({ money: day('2026-12-11'), hours: null });
    expect(of({ hours: 119.98 })).toEqual({ money: null, hours: day('2026-12-11') });
    expect(of({ hours: 119.99 })).toEqual({ money: null, hours: null });
    expect(of({ money: 46_000 * 11, hours: 6 })).toEqual({ money: day('2026-12-01'), hours: day('2026-11-17') });
    expect(of({ money: 0 })).toEqual({ money: day('2026-11-16'), hours: null });
  });

  test('is not used up by tentative work', () => {
    const state = { assignment: [lead, { ...backed, state: 'tentative' as const }], rate: [ofAna, ofNoor] };
    expect(burn({ ...state, budget: [aBudget('b', 'atlas', { money: 680_000 })] }).runsOut.money).toBeNull();
  });
});

describe('money is rounded once', () => {
  test('half to even, exactly whatever its size', () => {
    expect([5, 15, 25, 4, 6].map((tenths) => rounded(BigInt(tenths) * 100_000_000n))).toEqual([0, 2, 2, 0, 1]);
    expect(rounded(costOf(nanoHours(1_000_000), 1_000_000_000))).toBe(1e15);
  });

  test('a sum of thirds of hours is what it is by hand, not what its days round to', () => {
    // 1 h a week in five days of 0.2 h at 0.33: 6.6 minor units a day.
    const told = burn({ assignment: [{ ...lead, hoursPerWeek: 1 }], rate: [aRate('a', 'ana', 33)] }, '2026-11-23');
    expect([told.spent.money, told.forecast.money]).toEqual([33, 99]);
    const third = burn({ assignment: [{ ...lead, hoursPerWeek: 10 / 3 }], rate: [aRate('a', 'ana', 100)] }, '2026-11-17');
    expect([told.spent.money, third.spent.money, third.forecast.money]).toEqual([33, 67, 1_333 - 67]);
  });

  test('runs out on a day after the project, where work went on and is spent', () => {
    const over = { ...lead, to: '2026-11-29' };
    const short = burn({
      project: [{ ...atlas, to: '2026-11-22' }],
      assignment: [over],
      rate: [ofAna],
      budget: [aBudget('b', 'atlas', { hours: 22, money: 22 * 8_500 })],
    });
    expect(short.spent.hours).toBe(40);
    expect([isoDay(Number(short.runsOut.hours)), isoDay(Number(short.runsOut.money))]).toEqual(['2026-11-23', '2026-11-23']);
  });

  const aDay = fc.integer({ min: dayOf(dates.from), max: dayOf(dates.to) + 1 });
  const work = fc.record({
    hoursPerWeek: fc.double({ min: 0, max: 60, noNaN: true }),
    role: fc.constantFrom('lead' as const, 'sidekick' as const),
  });
  const someRates = fc.uniqueArray(fc.record({ from: aDay.map(isoDay), amount: fc.integer({ min: 0, max: 1_000_000 }) }), {
    selector: ({ from }) => from,
    maxLength: 4,
  });
  const lists = fc.record({ works: fc.array(work, { minLength: 1, maxLength: 4 }), rates: someRates }).map(
    ({ works, rates }): Lists => ({
      assignment: works.map((over, index) => ({ ...lead, ...over, id: `w${index}`, person: index % 2 ? 'ana' : 'noor' })),
      rate: rates.flatMap((over, index) => [aRate(`a${index}`, 'ana', over.amount, over), aRate(`n${index}`, 'noor', over.amount, over)]),
    }),
  );

  test('spent and forecast add up to the same, wherever today splits them', () => {
    fc.assert(
      fc.property(lists, aDay, aDay, (some, one, other) => {
        const totals = [one, other].map((day) => {
          const { spent, forecast, sidekicks } = burn(some, isoDay(day));
          return [spent.money + forecast.money, sidekicks.spent.money + sidekicks.forecast.money];
        });
        expect(totals[0]).toEqual(totals[1]);
      }),
      { numRuns: 60 },
    );
  });

  test('twice the rate is twice the cost, but for the rounding', () => {
    fc.assert(
      fc.property(lists, aDay, (some, day) => {
        const once = burn(some, isoDay(day)).spent.money;
        const double = some.rate?.map((one) => ({ ...one, amount: one.amount * 2 })) ?? [];
        expect(Math.abs(burn({ ...some, rate: double }, isoDay(day)).spent.money - 2 * once)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is computed', () => {
  const basin = aProject('basin', dates);
  const lists: Lists = {
    person: [ana, noor],
    project: [atlas, basin],
    assignment: [lead],
    rate: [ofAna, ofNoor],
    budget: [aBudget('b', 'atlas')],
  };
  const first = figuresOf(stateOf(lists));
  const day = dayOf(today);
  const kept = first.burn('atlas', day);
  const next = (more: Lists, on = day) => figuresOf(stateOf({ ...lists, ...more }), first).burn('atlas', on);

  test('is kept over what a project does not rest on: rates of who is not on it and budgets of others', () => {
    expect(next({ rate: [ofAna, { ...ofNoor, amount: 1 }], budget: [aBudget('c', 'basin'), ...(lists.budget ?? [])] })).toBe(kept);
  });

  test.each<[string, Lists, number]>([
    ['a rate of who is on it', { rate: [{ ...ofAna, amount: 1 }, ofNoor] }, day],
    ['one more', { rate: [ofAna, ofNoor, aRate('x', 'ana', 1, { project: 'atlas' })] }, day],
    ['one less', { rate: [ofNoor] }, day],
    ['its own budget', { budget: [aBudget('b', 'atlas', { money: 1 })] }, day],
    ['the loss of it', { budget: [] }, day],
    ['the day', {}, day + 1],
  ])('and computed again with %s', (_what, more, on) => {
    expect(next(more, on)).not.toBe(kept);
    expect(next(more, on)).toEqual(figuresOf(stateOf({ ...lists, ...more })).burn('atlas', on));
  });
});
