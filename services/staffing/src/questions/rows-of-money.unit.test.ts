import { expect, test } from '@jest/globals';
import { dayOf, isoDay } from '@sidekick/calendar';
import type { Question } from '@sidekick/contracts';
import fc from 'fast-check';
import { figuresOf } from '../figures/index.ts';
import { aBudget, aRate, stateOf } from '../testing/builders.ts';
import { group, peopleNames, projects, range } from '../testing/groups.ts';
import { answerOf } from './answer.ts';
import { rowsOf } from './rows.ts';

const today = isoDay(range.from + 10);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const day = fc.integer({ min: range.from - 5, max: range.to }).map(isoDay);
const rates = fc.array(
  fc.record({
    person: fc.constantFrom(...peopleNames),
    project: fc.constantFrom(null, ...projects),
    from: day,
    amount: fc.integer({ min: 1, max: 20_001 }),
  }),
  { maxLength: 6 },
);
const budgets = fc.record({ money: fc.integer({ min: 0, max: 400_000 }), hours: fc.integer({ min: 0, max: 100 }) });

test('for any group the rows of an amount add up to it in whole minor units, and their hours at their rates make it', () => {
  fc.assert(
    fc.property(group, rates, (made, priced) => {
      const state = { ...made, rate: stateOf({ rate: priced.map((one, at) => aRate(`r${at}`, one.person, one.amount, one)) }).rate };
      const figures = figuresOf(state);
      for (const project of projects) {
        for (const what of ['spent', 'forecast', 'sidekickCost'] as const) {
          const { value, parts, currency } = rowsOf(figures, { what, args: { project } }, today);
          const rows = parts.flatMap((part) => part.rows);
          expect([value, currency]).toEqual([answerOf(figures, { what, args: { project } }, today), 'EUR']);
          expect(sum(rows.map((row) => row.value))).toBe(value);
          expect(sum(parts.map((part) => part.value))).toBe(value);
          for (const row of rows) {
            expect(Math.abs(row.value - (row.hours ?? 0) * (row.rate ?? 0))).toBeLessThanOrEqual(1.000001);
            expect((row.from ?? '') <= (row.to ?? '')).toBe(true);
          }
          const { spent, forecast, sidekicks } = figures.burn(project, dayOf(today));
          const hours = { spent: spent.hours, forecast: forecast.hours, sidekickCost: sidekicks.spent.hours + sidekicks.forecast.hours }[
            what
          ];
          expect(sum(rows.map((row) => row.hours ?? 0))).toBeCloseTo(hours, 6);
        }
      }
    }),
  );
});

test('the day on which a budget runs out tells the budget and the work that goes over it by then; one that lasts all of it', () => {
  fc.assert(
    fc.property(group, rates, budgets, (made, priced, { money, hours }) => {
      const { rate, budget } = stateOf({
        rate: priced.map((one, at) => aRate(`r${at}`, one.person, one.amount, one)),
        budget: projects.map((project) => aBudget(`b${project}`, project, { money, hours })),
      });
      const figures = figuresOf({ ...made, rate, budget });
      for (const project of projects) {
        const question: Question = { what: 'runsOut', args: { project } };
        const { value, parts } = rowsOf(figures, question, today);
        const { runsOut } = figures.burn(project, dayOf(today));
        const days = [runsOut.money, runsOut.hours].flatMap((one) => (one === null ? [] : [isoDay(one)])).sort();
        expect(value).toBe(days[0] ?? null);
        const [most, cost, mostHours, taken] = parts.map((part) => part.value);
        expect([most, mostHours]).toEqual([money, hours]);
        expect((cost ?? 0) > money).toBe(runsOut.money !== null);
        expect((taken ?? 0) > hours + 0.01).toBe(runsOut.hours !== null);
      }
    }),
  );
});
