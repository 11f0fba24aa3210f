import { describe, expect, test } from '@jest/globals';
import type { Question } from '@sidekick/contracts';
import { figuresOf } from '../figures/index.ts';
import { aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { answerOf } from './answer.ts';
import { refuseTooMuch } from './effort.ts';

/** Works 8 h on Sundays: a week's knowledge is 8 h of no age at its end. */
const onSundays = { patterns: [{ from: '2020-01-01', hours: [0, 0, 0, 0, 0, 0, 8] }] };
const oneSunday = { from: '2026-11-08', to: '2026-11-08' } as const;
const figures = figuresOf(
  stateOf({
    person: [
      aPerson('ana', onSundays),
      aPerson('ben', onSundays),
      aPerson('carl', { ...onSundays, contract: { from: null, to: '2026-11-10' } }),
      aPerson('dora'),
      aPerson('emil'),
    ],
    project: [aProject('atlas'), aProject('delta', { from: '2026-11-02', to: '2026-11-29' })],
    assignment: [
      ...['ana', 'ben', 'carl'].map((person) => anAssignment(`${person} atlas`, person, 'atlas', oneSunday)),
      anAssignment('ana tentative', 'ana', 'delta', { ...oneSunday, state: 'tentative' }),
      anAssignment('dora leads', 'dora', 'delta', { role: 'lead', hoursPerWeek: 20, to: '2026-11-29' }),
      anAssignment('emil backs up', 'emil', 'delta', { from: '2026-11-09', to: '2026-11-22', hoursPerWeek: 2 }),
    ],
    timeOff: [aLeave('away', 'dora', '2026-11-09', '2026-11-10')],
  }),
);
const ask = (what: any, args: any) => answerOf(figures, { what, args }, '2026-11-16');

describe('knowledge over time', () => {
  const faded = 8 * 2 ** (-7 / 90);

  test('is that of the end of each week, of those still here; the absence factor is of the same day', () => {
    // Three hold 8 h each: two of them hold more than half of 24. A week later Carl has left: one holds exactly half.
    expect(ask('knowledgeOverTime', { project: 'atlas', weeks: ['2026-W44', '2026-W46'] })).toEqual([
      { week: '2026-W44', on: '2026-11-01', holders: [], absenceFactor: 0 },
      {
        week: '2026-W45',
        on: '2026-11-08',
        holders: [
          { person: 'ana', hours: 8 },
          { person: 'ben', hours: 8 },
          { person: 'carl', hours: 8 },
        ],
        absenceFactor: 2,
      },
      {
        week: '2026-W46',
        on: '2026-11-15',
        holders: [
          { person: 'ana', hours: expect.closeTo(faded, 9) },
          { person: 'ben', hours: expect.closeTo(faded, 9) },
        ],
        absenceFactor: 1,
      },
    ]);
  });

  test('halves every 90 days: 90 weeks later 8 h are a sixteenth of an hour', () => {
    const [later] = ask('knowledgeOverTime', { project: 'atlas', weeks: ['2028-W30', '2028-W30'] }) as { on: string; holders: object[] }[];
    expect(later).toMatchObject({ on: '2028-07-30', holders: [{ hours: expect.closeTo(8 / 2 ** 7, 9) }, {}] });
  });
});

test('what a person knows is told by project, most first, with its warmth; tentative work is no knowledge', () => {
  // Sunday 8 November is 8 days old on Monday 16 November.
  expect(ask('knows', { person: 'ana' })).toEqual([{ project: 'atlas', hours: expect.closeTo(8 * 2 ** (-8 / 90), 9), state: 'cold' }]);
  expect(ask('knows', { person: 'ana', on: '2026-11-08' })).toEqual([{ project: 'atlas', hours: 8, state: 'cooling' }]);
  // Ten days of 4 h, two of them on leave.
  const [first] = ask('knows', { person: 'dora', on: '2026-11-13' }) as { hours: number; state: string }[];
  const ages = [11, 10, 9, 8, 7, 2, 1, 0];
  expect(first).toEqual({
    project: 'delta',
    hours: expect.closeTo(4 * ages.reduce((sum, age) => sum + 2 ** (-age / 90), 0), 9),
    state: 'warm',
  });
});

test('the crew of each week says who is named, their hours and the coverage that they make', () => {
  const weeks = ask('crew', { project: 'delta', weeks: ['2026-W45', '2026-W49'] }) as { week: string }[];
  const common = { active: true, closed: false, leads: ['dora'], leading: ['dora'], tentative: [], tentativeHours: 0 };
  expect(weeks.slice(1, 4)).toEqual([
    { ...common, week: '2026-W46', coverage: 'thin', sidekicks: ['emil'], sidekickHours: 2 },
    { ...common, week: '2026-W47', coverage: 'thin', sidekicks: ['emil'], sidekickHours: 2 },
    { ...common, week: '2026-W48', coverage: 'none', sidekicks: [], sidekickHours: 0 },
  ]);
  expect(weeks[0]).toMatchObject({ week: '2026-W45', coverage: 'tentative', tentative: ['ana'], tentativeHours: 8 });
  expect(weeks[4]).toMatchObject({ week: '2026-W49', active: false, coverage: null });
});

test('gaps are told with their own ends, and cut at this week', () => {
  expect(ask('wholeGaps', { project: 'delta', weeks: ['2026-W46', '2026-W46'] })).toEqual([
    { from: '2026-W45', to: '2026-W46', weeks: 2, states: ['tentative', 'thin'], hours: 14 },
  ]);
});

test('the load of a person is that of the timeline', () => {
  expect(ask('load', { person: 'dora', weeks: ['2026-W46', '2026-W46'] })).toEqual({
    net: [24],
    confirmed: [expect.closeTo(12, 9)],
    tentative: [0],
    remaining: [expect.closeTo(10.8, 9)],
    over: [0],
    leaveDays: [2],
    holidays: [[]],
    employed: [true],
  });
});

test('more than two years, and more than about a second of work, are refused', () => {
  const years: [string, string] = ['2026-W01', '2028-W01'];
  for (const what of ['crew', 'wholeGaps', 'knowledgeOverTime'])
    expect(() => ask(what, { project: 'delta', weeks: years })).toThrow('at most 104 weeks');
  expect(() => ask('load', { person: 'dora', weeks: years })).toThrow('at most 104 weeks');
  const question: Question = { what: 'knowledgeOverTime', args: { project: 'delta', weeks: ['2026-W01', '2027-W51'] } };
  const asked = (count: number) => Array.from({ length: count }, () => question);
  refuseTooMuch(asked(16), 1);
  expect(() => refuseTooMuch(asked(17), 1)).toThrow('ask in parts');
});
