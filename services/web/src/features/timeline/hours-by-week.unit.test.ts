import { expect, test } from '@jest/globals';
import { addDays, daysBetween, weekdayOf, weekOf, weeksFrom } from '@sidekick/calendar/iso';
import type { AssignmentView, Command } from '@sidekick/contracts';
import fc from 'fast-check';
import { idOf } from '../../testing/portal.ts';
import { anAssignment, ana, noor } from '../../testing/staffing.ts';
import { commandsFor, hoursIn, lineOf, partOf, typedOver, weeksOfLine } from './hours-by-week.ts';

const first = '2026-12-07';
const weeks = weeksFrom('2026-W50', 8);
const rests = (day: string) => weekdayOf(day) > 5;
const piece = (n: number, from: string, to: string | null, hoursPerWeek: number) =>
  anAssignment(idOf(n), ana, { from, to, hoursPerWeek, version: n });
const madeOf = (line: readonly AssignmentView[], typed: Record<string, number>) =>
  commandsFor(line, typedOver(line, new Map(Object.entries(typed)), rests), (day) => `new ${day}`);

/** The assignments as the commands leave them. */
function after(line: readonly AssignmentView[], commands: readonly Command[]): AssignmentView[] {
  const all = new Map(line.map((one) => [one.id, one]));
  for (const command of commands) {
    const old = all.get(command.id);
    if (command.do !== 'create') expect(old?.version).toBe('version' in command ? command.version : null);
    if (command.do === 'delete') all.delete(command.id);
    else if (command.do === 'change') all.set(command.id, { ...(old as AssignmentView), ...(command.patch as object) });
    else all.set(command.id, { ...(line[0] as AssignmentView), ...(command.record as object), id: command.id });
  }
  return [...all.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}
const runsOf = (list: readonly AssignmentView[]) => list.map(({ from, to, hoursPerWeek }) => [from, to, hoursPerWeek]);

test('a week in the middle becomes an assignment of its own; what was there goes on as before', () => {
  const line = [piece(1, first, '2027-01-31', 8)];
  const commands = madeOf(line, { '2026-W52': 16 });
  expect(runsOf(after(line, commands))).toEqual([
    [first, '2026-12-20', 8],
    ['2026-12-21', '2026-12-27', 16],
    ['2026-12-28', '2027-01-31', 8],
  ]);
  // The longer part keeps the record.
  expect(commands).toMatchObject([
    { do: 'create', record: { from: first, person: ana, role: 'lead', state: 'confirmed' } },
    { do: 'create', id: 'new 2026-12-21' },
    { do: 'change', id: idOf(1), version: 1, patch: { from: '2026-12-28' } },
  ]);
});

test('a week made equal to its neighbour merges with it, over a weekend too; one that is typed as it was changes nothing', () => {
  const line = [piece(1, first, '2026-12-18', 8), piece(2, '2026-12-21', '2026-12-27', 16), piece(3, '2026-12-28', '2027-01-31', 8)];
  expect(madeOf(line, { '2026-W51': 8, '2026-W52': 16 })).toEqual([]);
  const commands = madeOf(line, { '2026-W52': 8 });
  expect(runsOf(after(line, commands))).toEqual([[first, '2027-01-31', 8]]);
  expect(commands).toHaveLength(3);
  const asked = lineOf(line[1] as AssignmentView, [...line, { ...(line[0] as AssignmentView), id: idOf(9), person: noor }]);
  expect(asked.map(({ id }) => id)).toEqual([idOf(1), idOf(2), idOf(3)]);
});

test('part weeks at the ends keep their days, and so does an open end', () => {
  const line = [piece(1, '2026-12-09', '2026-12-29', 8)];
  expect([partOf(line, '2026-W50'), partOf(line, '2026-W51'), partOf(line, '2026-W53')]).toEqual([
    { from: '2026-12-09', to: '2026-12-13' },
    null,
    { from: '2026-12-28', to: '2026-12-29' },
  ]);
  expect(runsOf(after(line, madeOf(line, { '2026-W50': 4, '2026-W53': 4 })))).toEqual([
    ['2026-12-09', '2026-12-13', 4],
    ['2026-12-14', '2026-12-27', 8],
    ['2026-12-28', '2026-12-29', 4],
  ]);
  const open = [piece(1, first, null, 8)];
  expect(runsOf(after(open, madeOf(open, { '2026-W50': 4 })))).toEqual([
    [first, '2026-12-13', 4],
    ['2026-12-14', null, 8],
  ]);
});

test('nothing that week is no assignment that week, and hours typed there again close the hole', () => {
  const line = [piece(1, first, '2026-12-27', 8)];
  const holed = after(line, madeOf(line, { '2026-W51': 0 }));
  expect(runsOf(holed)).toEqual([
    [first, '2026-12-13', 8],
    ['2026-12-21', '2026-12-27', 8],
  ]);
  expect(hoursIn(holed, '2026-W51')).toEqual([]);
  const whole = holed.map((one) => ({ ...one, version: 7 }));
  expect(runsOf(after(whole, madeOf(whole, { '2026-W51': 8 })))).toEqual([[first, '2026-12-27', 8]]);
  expect(madeOf(line, { '2026-W50': 0, '2026-W51': 0, '2026-W52': 0 })).toEqual([
    { do: 'delete', kind: 'assignment', id: idOf(1), version: 1 },
  ]);
});

test('what is noted stays with its weeks: a part keeps it, and another with other words is no neighbour to merge with', () => {
  const [noted, other] = [piece(1, first, '2026-12-20', 8), piece(2, '2026-12-21', '2026-12-27', 16)];
  const line = [{ ...noted, private: { reason: null, note: 'Mornings' } }, other];
  expect(madeOf(line, { '2026-W50': 16, '2026-W51': 16 })).toMatchObject([{ do: 'change', patch: { hoursPerWeek: 16 } }]);
  expect(madeOf(line, { '2026-W50': 4 })).toMatchObject([
    { do: 'create', record: { hoursPerWeek: 4, private: { note: 'Mornings' } } },
    { do: 'change', id: idOf(1), patch: { from: '2026-12-14' } },
  ]);
});

test('the weeks of a line are those that are shown, from its first to its last', () => {
  const line = [piece(1, '2026-12-09', '2026-12-13', 8), piece(2, '2026-12-28', null, 8)];
  expect(weeksOfLine(line, { from: '2026-11-30', to: '2027-01-10' })).toEqual(weeksFrom('2026-W50', 5));
  expect(weeksOfLine(line, { from: '2026-12-21', to: '2026-12-27' })).toEqual(['2026-W52']);
  expect(weeksOfLine(line, { from: '2026-11-02', to: '2026-12-06' })).toEqual([]);
});

/** Assignments that share no day, some next to each other, the last perhaps open. */
const lines = fc
  .tuple(
    fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 9 }), length: fc.integer({ min: 1, max: 20 }), hours: fc.integer({ min: 1, max: 3 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
    fc.boolean(),
  )
  .map(([pieces, isOpen]) => {
    let day = addDays(first, -3);
    return pieces.map(({ gap, length, hours }, at) => {
      const from = addDays(day, gap);
      const to = addDays(from, length - 1);
      day = addDays(to, 1);
      return piece(at + 1, from, isOpen && at === pieces.length - 1 ? null : to, hours * 8);
    });
  });
const typings = fc.dictionary(fc.constantFrom(...weeks), fc.constantFrom(0, 8, 16, 24), { maxKeys: 8 });
const days = Array.from({ length: 100 }, (_, at) => addDays(first, at - 10));
const holds = ({ from, to }: AssignmentView, day: string) => from <= day && day <= (to ?? '9999-12-31');

test('hours by day are what was typed, whatever the line was and whatever is typed', () => {
  fc.assert(
    fc.property(lines, typings, (line, typed) => {
      const then = after(line, madeOf(line, typed));
      for (const day of days.filter((one) => !rests(one))) {
        const was = line.find((one) => holds(one, day))?.hoursPerWeek ?? 0;
        const value = typed[weekOf(day)];
        const isIn = was > 0 || hoursIn(line, weekOf(day)).length === 0;
        const is = then.filter((one) => holds(one, day));
        expect(is.length).toBeLessThan(2);
        expect(is[0]?.hoursPerWeek ?? 0).toBe(value !== undefined && isIn ? value : was);
      }
    }),
    { numRuns: 100 },
  );
});

test('there is no assignment too many, and none that nothing was typed in is another', () => {
  fc.assert(
    fc.property(lines, typings, (line, typed) => {
      const then = after(line, madeOf(line, typed));
      const isChanged = (day: string) => {
        const [value, now] = [typed[weekOf(day)], hoursIn(line, weekOf(day))];
        return value !== undefined && (now.length === 0 ? value > 0 : now.some((one) => one !== value));
      };
      for (const [at, next] of then.entries()) {
        const before = then[at - 1];
        if (!before?.to || before.hoursPerWeek !== next.hoursPerWeek) continue;
        const between = Array.from({ length: daysBetween(before.to, next.from) - 1 }, (_, n) => addDays(before.to ?? '', n + 1));
        // Two of equal hours stand beside each other only where they did, with nothing typed at their border.
        if (between.length > 6 || !between.every(rests)) continue;
        expect([isChanged(before.to), isChanged(next.from)]).toEqual([false, false]);
        expect([line.some(({ to }) => to === before.to), line.some(({ from }) => from === next.from)]).toEqual([true, true]);
      }
      const touched = (one: AssignmentView) =>
        days.some((day) => isChanged(day) && holds({ ...one, from: addDays(one.from, -8), to: one.to && addDays(one.to, 8) }, day));
      for (const one of line) if (!touched(one)) expect(then).toContainEqual(one);
    }),
    { numRuns: 100 },
  );
});
