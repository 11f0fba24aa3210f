import { describe, expect, test } from '@jest/globals';
import { dayOf, isoDay, isoWeek, mondayOf, weekdayOf, weekOf, weekOfDay, weekSpan, weeksSpan } from '@sidekick/calendar';
import fc from 'fast-check';
import { strandedOf } from '../absence/stranded.ts';
import { fairnessOf } from '../fairness/fairness.ts';
import { figuresOf } from '../figures/index.ts';
import { absenceFactorOf } from '../knowledge/knowledge.ts';
import type { State } from '../state/state.ts';
import { aLeave } from '../testing/builders.ts';
import { assignment, first, group, leave, peopleNames, projects, range, spanOf, weekCount } from '../testing/groups.ts';

const weeks = Array.from({ length: weekCount }, (_, index) => first + index);
const everything = (state: State, before?: ReturnType<typeof figuresOf>) => {
  const figures = figuresOf(state, before);
  return {
    people: peopleNames.map((id) =>
      weeks.map((week) => [figures.net(id, weekSpan(week)), figures.remaining(id, weekSpan(week)), figures.leaveDays(id, weekSpan(week))]),
    ),
    crews: projects.map((id) => weeks.map((week) => figures.crew(id, week))),
    knowledge: peopleNames.map((id) => projects.map((project) => figures.knowledge(id, project, range.to))),
    absence: peopleNames.map((id) => figures.absenceTest(id, range)),
    joint: projects.map((id) => figures.jointAbsence(id, range)),
    fairness: figures.fairness(range),
  };
};
const shuffled = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> => new Map([...map].reverse());

describe('for any group', () => {
  test('leave and holidays only ever cut: effective ≤ planned, net ≤ gross', () => {
    fc.assert(
      fc.property(group, (state) => {
        const figures = figuresOf(state);
        for (const week of weeks.map(weekSpan)) {
          for (const id of state.assignment.keys())
            expect(figures.effective(id, week)).toBeLessThanOrEqual(figures.planned(id, week) + 1e-9);
          for (const id of peopleNames) expect(figures.net(id, week)).toBeLessThanOrEqual(figures.gross(id, week) + 1e-9);
        }
      }),
    );
  });

  test('remaining + effective + operations share = net', () => {
    fc.assert(
      fc.property(group, (state) => {
        const figures = figuresOf(state);
        for (const [id, { record }] of state.person) {
          const net = figures.net(id, range);
          expect(figures.remaining(id, range) + figures.confirmed(id, range) + net * record.operationsShare).toBeCloseTo(net, 9);
          const all = figures.remaining(id, range, true) + figures.confirmed(id, range) + figures.tentative(id, range);
          expect(all + net * record.operationsShare).toBeCloseTo(net, 9);
        }
      }),
    );
  });

  test('a range is the sum of its days', () => {
    fc.assert(
      fc.property(group, (state) => {
        const figures = figuresOf(state);
        for (const id of state.assignment.keys()) {
          let total = 0;
          for (let day = range.from; day <= range.to; day++) total += figures.effective(id, { from: day, to: day });
          expect(figures.effective(id, range)).toBeCloseTo(total, 9);
        }
      }),
    );
  });

  test('the order of the records changes nothing', () => {
    fc.assert(
      fc.property(group, (state) => {
        const turned = {
          ...state,
          person: shuffled(state.person),
          project: shuffled(state.project),
          assignment: shuffled(state.assignment),
          timeOff: shuffled(state.timeOff),
          holiday: shuffled(state.holiday),
        };
        expect(everything(turned)).toEqual(everything(state));
      }),
    );
  });

  test('deleting a leave restores every figure, and figures taken over from the state before are those computed afresh', () => {
    fc.assert(
      fc.property(group, leave(9), assignment(9), (state, off, work) => {
        const plain = everything(state);
        const start = figuresOf(state);
        everything(state, start);
        const more: State = { ...state, head: 2, timeOff: new Map(state.timeOff).set(off.id, { record: off, version: 2 }) };
        const busier: State = { ...more, head: 3, assignment: new Map(more.assignment).set(work.id, { record: work, version: 3 }) };
        const middle = figuresOf(more, start);
        expect(everything(more, middle)).toEqual(everything(more));
        expect(everything(busier, middle)).toEqual(everything(busier));
        expect(everything({ ...busier, head: 4, timeOff: state.timeOff, assignment: state.assignment }, figuresOf(busier, middle))).toEqual(
          plain,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('an absence loses what the figures of that leave lose', () => {
    fc.assert(
      fc.property(group, fc.constantFrom(...peopleNames), spanOf, (state, id, { from, to }) => {
        const span = { from: dayOf(from), to: dayOf(to) };
        const before = figuresOf(state);
        const test = before.absenceTest(id, span);
        const off = aLeave('zz', id, from, to);
        const after = figuresOf({ ...state, timeOff: new Map(state.timeOff).set(off.id, { record: off, version: 2 }) });
        const all = weeksSpan(first - 3, first + weekCount + 3);
        expect(test.lostHours).toBeCloseTo(before.confirmed(id, all) - after.confirmed(id, all), 9);
        expect(test.strandedHours).toBeLessThanOrEqual(test.lostHours + 1e-9);
        for (const { project, week, after: state } of test.changed) expect(after.coverage(project, week)).toBe(state);
      }),
    );
  });
});

describe('indices', () => {
  test('fairness is in (0, 1], 1 when all are even, and does not depend on the unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (values, unit) => {
          const index = fairnessOf(values);
          expect(index).toBeGreaterThan(0);
          expect(index).toBeLessThanOrEqual(1 + 1e-12);
          expect(fairnessOf(values.map((value) => value * unit))).toBeCloseTo(index, 9);
          expect(fairnessOf(values.map(() => unit))).toBeCloseTo(1, 12);
        },
      ),
    );
    expect(fairnessOf([])).toBe(1);
    expect(fairnessOf([0, 0])).toBe(1);
    expect(fairnessOf([1, 0, 0, 0])).toBe(0.25);
  });

  test('the absence factor is the least number of people that hold half, as CHAOSS gives it', () => {
    expect(absenceFactorOf([1000, 202, 90, 33, 332, 343, 42, 433])).toBe(2);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 8 }), (values) => {
        const total = values.reduce((sum, value) => sum + value, 0);
        let fewest = total === 0 ? 0 : values.length;
        for (let set = 0; set < 2 ** values.length; set++) {
          const chosen = values.filter((_, index) => (set >> index) & 1);
          if (total > 0 && chosen.reduce((sum, value) => sum + value, 0) * 2 >= total) fewest = Math.min(fewest, chosen.length);
        }
        expect(absenceFactorOf(values)).toBe(fewest);
      }),
    );
  });

  test('stranded hours are the largest, over sets of projects, of lost less free hours of all their helpers (A25)', () => {
    const helper = fc.constantFrom('p', 'q', 'r', 's');
    const lost = fc.array(fc.record({ hours: fc.integer({ min: 0, max: 20 }), helpers: fc.uniqueArray(helper) }), { maxLength: 6 });
    const free = fc.array(fc.tuple(helper, fc.integer({ min: 0, max: 15 }))).map((pairs) => new Map(pairs));
    fc.assert(
      fc.property(lost, free, (items, hoursOf) => {
        let most = 0;
        for (let set = 0; set < 2 ** items.length; set++) {
          const chosen = items.filter((_, index) => (set >> index) & 1);
          const helpers = new Set(chosen.flatMap((item) => item.helpers));
          const help = [...helpers].reduce((sum, id) => sum + (hoursOf.get(id) ?? 0), 0);
          most = Math.max(most, chosen.reduce((sum, item) => sum + item.hours, 0) - help);
        }
        expect(strandedOf(items, hoursOf)).toBeCloseTo(most, 9);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the calendar', () => {
  test('agrees with UTC dates on days, weekdays and years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
        const date = new Date(day * 86_400_000);
        expect(isoDay(day)).toBe(date.toISOString().slice(0, 10));
        expect(dayOf(isoDay(day))).toBe(day);
        expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7);
      }),
      { numRuns: 500 },
    );
  });

  test('a week belongs to the year of its Thursday, and its label leads back to it', () => {
    expect(isoWeek(weekOfDay(dayOf('2027-01-03')))).toBe('2026-W53');
    expect(isoWeek(weekOfDay(dayOf('2027-01-04')))).toBe('2027-W01');
    expect(isoWeek(weekOfDay(dayOf('2024-12-30')))).toBe('2025-W01');
    expect(weekOf('2027-W53')).toBeUndefined();
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 400_000 }), (week) => {
        expect(weekOf(isoWeek(week))).toBe(week);
        expect(isoWeek(week).slice(0, 4)).toBe(isoDay(mondayOf(week) + 3).slice(0, 4));
      }),
    );
  });
});
