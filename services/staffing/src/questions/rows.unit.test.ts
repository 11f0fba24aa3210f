import { describe, expect, test } from '@jest/globals';
import { isoDay, isoWeek, weekSpan } from '@sidekick/calendar';
import type { FigurePart, Question } from '@sidekick/contracts';
import fc from 'fast-check';
import { fairnessOf } from '../fairness/fairness.ts';
import { figuresOf } from '../figures/index.ts';
import { absenceFactorOf } from '../knowledge/knowledge.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, aTeam, stateOf } from '../testing/builders.ts';
import { first, group, peopleNames, projects, range, weekCount } from '../testing/groups.ts';
import { answerOf } from './answer.ts';
import { rowsOf } from './rows.ts';

const today = '2026-12-20';
type Parts = readonly FigurePart[];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const partsAs = (parts: Parts, as: FigurePart['as']) => parts.filter((part) => part.as === as);
const totalOf = (parts: Parts, as: FigurePart['as']) => sum(partsAs(parts, as).map(({ value }) => value));
const question = (what: string, args: object) => ({ what, args }) as Question;

const days = [isoDay(range.from + 2), isoDay(range.to - 3)];
const weeks = [isoWeek(first), isoWeek(first + weekCount - 1)];
const week = isoWeek(first + 2);

/** What the parts say the value is. */
const counted: Readonly<Record<string, (parts: Parts) => unknown>> = {
  utilisation: (parts) => ratioOf(parts),
  coverageRatio: (parts) => ratioOf(parts),
  fairness: ([shares]) => fairnessOf((shares?.rows ?? []).map(({ value }) => value)),
  absenceFactor: ([holders]) => absenceFactorOf((holders?.rows ?? []).map(({ value }) => value)),
  overAllocated: ([work, net]) => (work?.value ?? 0) - (net?.value ?? 0) > 0.01 + 1e-9,
};
const ratioOf = (parts: Parts) =>
  totalOf(parts, 'denominator') < 1e-9 ? null : totalOf(parts, 'numerator') / totalOf(parts, 'denominator');

const questions: Question[] = [
  ...peopleNames.flatMap((person) => [
    question('gross', { person, days }),
    question('net', { person, days }),
    question('capacity', { person, week }),
    question('remaining', { person, days }),
    question('remaining', { person, weeks, withTentative: true }),
    question('utilisation', { person, days }),
    question('utilisation', { person, weeks, withTentative: true }),
    question('overAllocated', { person, week }),
    question('overHours', { person, weeks }),
    question('overHours', { person, days, withTentative: true }),
    ...projects.map((project) => question('knowledge', { person, project })),
  ]),
  question('utilisation', { days }),
  question('remaining', { weeks, withTentative: true }),
  question('remaining', { team: 'core', days }),
  question('utilisation', { team: 'core', weeks, withTentative: true }),
  question('fairness', { weeks }),
  question('fairness', { team: 'core', days }),
  question('coverageRatio', { weeks }),
  ...projects.flatMap((project) => [question('coverageRatio', { project, weeks }), question('absenceFactor', { project })]),
  question('effective', { assignment: 'a0', days }),
  question('planned', { assignment: 'a1', weeks }),
];

describe('for any group', () => {
  test('the rows of a part sum up to it, and the parts make the figure as it is answered', () => {
    fc.assert(
      fc.property(group, (made) => {
        const state = { ...made, team: stateOf({ team: [aTeam('core', ['ana', 'ben'])] }).team };
        const figures = figuresOf(state);
        for (const asked of questions) {
          const { value, parts } = rowsOf(figures, asked, today);
          expect(value).toEqual(answerOf(figures, asked, today));
          for (const part of parts) expect(sum(part.rows.map((row) => row.value))).toBeCloseTo(part.value, 9);
          const said = counted[asked.what]?.(parts) ?? (asked.what in counted ? null : totalOf(parts, 'sum'));
          if (typeof value === 'number') expect(said).toBeCloseTo(value, 6);
          else expect(said).toEqual(value);
        }
      }),
    );
  });

  test('a state of coverage tells the hours of each sidekick and lead, together those that decide it', () => {
    fc.assert(
      fc.property(group, (state) => {
        const figures = figuresOf(state);
        for (const project of projects) {
          for (let at = first; at < first + weekCount; at++) {
            const { value, parts } = rowsOf(figures, question('coverage', { project, week: isoWeek(at) }), today);
            const { coverage, sidekickHours, leads } = figures.crew(project, at);
            expect(value).toBe(coverage);
            expect(sum((parts[0]?.rows ?? []).map((row) => row.value))).toBeCloseTo(sidekickHours, 9);
            expect((parts[2]?.rows ?? []).every(({ person }) => leads.includes(person ?? ''))).toBe(true);
            if (coverage === 'thin') expect(parts[0]?.value).toBeLessThan(parts[1]?.value ?? 0);
            if (coverage === 'covered') expect(parts[0]?.value).toBeGreaterThan((parts[1]?.value ?? 0) - 1e-6);
          }
        }
      }),
    );
  });

  test('what holidays and leave take, each by itself, is gross less net', () => {
    fc.assert(
      fc.property(group, (state) => {
        const figures = figuresOf(state);
        for (const person of peopleNames) {
          for (const span of [range, weekSpan(first + 1), { from: range.from + 3, to: range.from + 3 }]) {
            const taken = sum(figures.taken(person, span).map(({ hours }) => hours));
            expect(taken).toBeCloseTo(figures.gross(person, span) - figures.net(person, span), 9);
          }
        }
      }),
    );
  });
});

const figures = figuresOf(
  stateOf({
    person: [aPerson('ana', { region: 'PT' }), aPerson('ben', { skills: [{ skill: 'Go', level: 2 }] })],
    project: [aProject('atlas', { requiredSkills: [{ skill: 'Go', level: 3 }] })],
    assignment: [
      anAssignment('a', 'ana', 'atlas', { role: 'lead', hoursPerWeek: 20 }),
      anAssignment('b', 'ben', 'atlas', { hoursPerWeek: 8 }),
    ],
    timeOff: [aLeave('t', 'ana', '2026-12-10', '2026-12-15', { amount: { portion: 0.5 } })],
    holiday: [aHoliday('PT', '2026-12-08', { name: 'Immaculate Conception' })],
  }),
);

describe('rows', () => {
  test('of free hours stand week by week: pattern, holidays, leave, the share kept free, work, each with its record', () => {
    const { title, formula, parts, value } = rowsOf(
      figures,
      question('remaining', { person: 'ana', weeks: ['2026-W50', '2026-W51'] }),
      today,
    );
    expect([title, formula]).toEqual(['Free hours', 'Free = net − operations share − confirmed work']);
    expect(parts.map((part) => part.title)).toEqual(['7 Dec – 13 Dec', '14 Dec – 20 Dec']);
    expect(parts[0]?.rows).toEqual([
      { kind: 'pattern', value: 40, person: 'ana', words: 'weekly pattern' },
      {
        kind: 'holiday',
        value: -8,
        from: '2026-12-08',
        to: '2026-12-08',
        person: 'ana',
        holiday: 'PT 2026-12-08',
        words: 'Immaculate Conception',
      },
      { kind: 'leave', value: -8, from: '2026-12-10', to: '2026-12-11', person: 'ana', timeOff: 't', words: 'leave' },
      { kind: 'operations', value: expect.closeTo(-1.2, 9), person: 'ana', words: '5 % of 24 h net, kept free of projects' },
      { kind: 'work', value: -12, person: 'ana', project: 'atlas', assignment: 'a', words: 'lead, 20 h a week' },
    ]);
    expect(value).toBeCloseTo(10.8 + 14.4, 9);
  });

  test('of a coverage state tell each sidekick, the minimum, and what a skill lacks', () => {
    const { value, formula, parts } = rowsOf(figures, question('coverage', { project: 'atlas', week: '2026-W50' }), today);
    expect([value, formula]).toEqual(['below-skill', 'below-skill: no sidekick who works has every required level']);
    expect(parts[0]?.rows).toMatchObject([{ assignment: 'b', value: 8, words: 'sidekick, 8 h a week, Go 2 of 3' }]);
    expect(parts[1]).toMatchObject({ title: 'Minimum of the sidekicks together, one of them with Go 3', value: 4, rows: [] });
    const { value: none, formula: why } = rowsOf(figures, question('coverage', { project: 'atlas', week: '2027-W20' }), today);
    expect([none, why]).toEqual([null, 'Does not count: the project is not active in this week']);
  });

  test('of a figure over many are figures in turn, with a question of their own', () => {
    const { parts } = rowsOf(figures, question('utilisation', { week: '2026-W50' }), today);
    expect(parts[1]?.rows).toMatchObject([
      { person: 'ben', value: 40, words: '8 h of it work' },
      { person: 'ana', value: 24, question: { what: 'utilisation', args: { person: 'ana', week: '2026-W50' } } },
    ]);
    const ratio = rowsOf(figures, question('coverageRatio', { weeks: ['2026-W50', '2026-W51'] }), today);
    expect(ratio.parts[0]?.rows).toEqual([]);
    expect(ratio.parts[1]?.rows).toMatchObject([{ project: 'atlas', value: 2, words: '0 of 2 weeks covered' }]);
  });

  test('are refused for what has none, for lists, too long ranges and unknown records', () => {
    const refused = (code: string, path: string) => expect.objectContaining({ code, errors: [expect.objectContaining({ path })] });
    const ask = (what: string, args: object) => () => rowsOf(figures, question(what, args), today);
    expect(ask('gaps', { project: 'atlas', weeks })).toThrow(refused('no-rows', 'question.what'));
    expect(ask('net', { person: 'ana', eachWeek: weeks })).toThrow(refused('wrong-bucket', 'question.args'));
    expect(ask('net', { person: 'ana', weeks: ['2026-W01', '2028-W01'] })).toThrow(refused('range-too-long', 'question.args'));
    expect(ask('utilisation', { team: 'core', weeks })).toThrow(refused('unknown-team', 'question.args.team'));
    expect(ask('remaining', { person: 'nobody', week })).toThrow('There is no person nobody');
  });
});
