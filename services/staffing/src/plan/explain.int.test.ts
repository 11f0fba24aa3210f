import { describe, expect, test } from '@jest/globals';
import { figuresOf } from '../figures/index.ts';
import { anAssignment, aPerson, aProject, aVolunteer, stateOf } from '../testing/builders.ts';
import { termsOf, whyNot } from './explain.ts';
import { type PlanRequest, problemOf } from './problem.ts';
import { solvePlan } from './solve.ts';

const days = { from: '2026-11-30', to: '2026-12-20' };
const state = stateOf({
  person: [aPerson('ana'), aPerson('ben'), aPerson('cleo', { skills: [] }), aPerson('dora', { skills: [{ skill: 'go', level: 3 }] })],
  project: [aProject('atlas', { ...days, requiredSkills: [{ skill: 'go', level: 2 }] }), aProject('basin', days)],
  assignment: [
    anAssignment('a1', 'ana', 'atlas', { role: 'lead', ...days, hoursPerWeek: 20 }),
    anAssignment('a2', 'ben', 'basin', { role: 'lead', ...days, hoursPerWeek: 20 }),
    anAssignment('a3', 'dora', 'basin', { role: 'contributor', ...days, hoursPerWeek: 20 }),
  ],
  volunteer: [aVolunteer('v1', 'cleo', 'basin')],
});
const figures = figuresOf(state);
const request: PlanRequest = {
  ...{ weeks: ['2026-W49', '2026-W51'], reserveTentative: false, maxSidekickProjects: 2, minStay: 3, maxSidekicks: 2 },
  ...{ locks: [], forbid: [] },
};
const asOf = '2026-11-30';
const problem = problemOf(figures, request, asOf);
const solved = async () => {
  const outcome = await solvePlan(problem, { seconds: 30 });
  if ('error' in outcome) throw new Error('no locks, no error');
  return outcome;
};

const near = (value: number) => expect.closeTo(value, 9);

describe('a plan explains itself', () => {
  test('each choice by what every goal sees of it', async () => {
    const { plan } = await solved();
    expect(plan.map(({ person, project }) => [person, project])).toEqual([
      ['dora', 'atlas'],
      ['cleo', 'basin'],
    ]);
    const [dora, cleo] = termsOf(problem, plan);
    expect(dora).toMatchObject({
      hours: near(24),
      worth: 12,
      others: 0,
      fullest: { week: '2026-W49', share: near(0.7), free: near(10) },
      share: near(0.2),
    });
    expect(dora?.fit).toEqual({ warmth: 0, volunteers: false, wishes: false, total: -3 });
    expect(cleo).toMatchObject({ fit: { volunteers: true, total: 6 }, others: 2, fullest: { share: near(0.2), free: near(30) } });
  });

  test('why not somebody: the rule, or the price at each goal', async () => {
    const outcome = await solved();
    const ask = (person: string, project: string) => whyNot({ figures, request, asOf, person, project }, outcome, { seconds: 30 });
    const cleo = await ask('cleo', 'atlas');
    expect(cleo.why).toBe('rules');
    expect(cleo.weeks.map(({ obstacle }) => obstacle)).toEqual([1, 2, 3].map(() => ({ rule: 'P2', why: 'below-skill' })));
    // In place of a volunteer: nothing is lost but nine of fit.
    expect(await ask('ana', 'basin')).toMatchObject({ why: 'price', price: [0, 0, -9, 0], locked: ['2026-W49', '2026-W51'] });
    const lockedElsewhere = { ...request, locks: [{ person: 'cleo', project: 'basin', weeks: ['2026-W50', '2026-W50'] as const }] };
    const together = await whyNot({ figures, request: lockedElsewhere, asOf, person: 'ana', project: 'basin' }, outcome, { seconds: 30 });
    expect(together).toMatchObject({ why: 'together', error: { rule: 'P9' } });
  });
});
