import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { describeIf } from '@sidekick/testing';
import { figuresOf } from '../figures/index.ts';
import { checkPlan } from './check.ts';
import { problemOf } from './problem.ts';
import { type PlanProgress, solvePlan } from './solve.ts';
import { madeUpGroup } from './testing/made-up.ts';

const groupOf = (seed: number, people: number, projects: number, weeks: number) => {
  const group = madeUpGroup(seed, { people, projects, weeks });
  return { ...group, problem: problemOf(figuresOf(group.state), group.request, group.asOf) };
};
const small = groupOf(1, 9, 8, 16);
const large = groupOf(5, 40, 55, 26);
const children = `/proc/${process.pid}/task/${process.pid}/children`;
const solvers = (): number[] =>
  readFileSync(children, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('solve.worker'));

describe('a solve in a process of its own', () => {
  test('tells how far it is, proves its answer, and answers the same again', async () => {
    const told: PlanProgress[] = [];
    const outcome = await solvePlan(small.problem, { seconds: 60, onProgress: (one) => told.push(one) });
    const again = await solvePlan(small.problem, { seconds: 60 });
    if ('error' in outcome || 'error' in again) throw new Error('no locks, no error');
    expect(outcome.status).toBe('proven');
    expect(outcome.plan.length).toBeGreaterThan(3);
    expect(checkPlan(small.state, small.request, small.asOf, outcome.plan)).toEqual({ broken: [], vector: outcome.vector });
    expect([again.plan, again.vector]).toEqual([outcome.plan, outcome.vector]);
    expect(told.map(({ level }) => level)).toEqual(told.map(({ level }) => level).sort());
    expect(told.at(-1)?.vector).toEqual(outcome.vector);
    expect(told.every(({ gap }) => gap === null || (gap >= 0 && gap <= 2))).toBe(true);
  });

  test('ends at its limit with a plan that holds, and bounds that claim no more than is known', async () => {
    const began = performance.now();
    const outcome = await solvePlan(large.problem, { seconds: 3 });
    expect(performance.now() - began).toBeLessThan(3_500);
    if ('error' in outcome) throw new Error('no locks, no error');
    expect(checkPlan(large.state, large.request, large.asOf, outcome.plan)).toEqual({ broken: [], vector: outcome.vector });
    if (outcome.status === 'proven') return;
    const { bound = [], vector } = outcome;
    const open = bound.findIndex((one, at) => one !== vector[at]);
    expect(bound.slice(open + 1).every((one) => one === null)).toBe(true);
    expect(bound[0]).toBeGreaterThanOrEqual(vector[0]);
  });

  test('ends when it is called off', async () => {
    const off = new AbortController();
    const reason = new Error('no longer wanted');
    const solving = solvePlan(large.problem, { seconds: 60, signal: off.signal, onProgress: () => off.abort(reason) });
    await expect(solving).rejects.toBe(reason);
    await expect(solvePlan(small.problem, { seconds: 60, signal: off.signal })).rejects.toBe(reason);
  });

  test('passes on what the solver says when it fails', async () => {
    const broken = { ...small.problem, runs: null } as unknown as typeof small.problem;
    await expect(solvePlan(broken, { seconds: 60 })).rejects.toThrow('The solver failed');
  });

  test('names what locks break without a solver', async () => {
    const error = { rule: 'P5', person: 'p', project: null, week: null, why: null } as const;
    expect(await solvePlan({ ...small.problem, error }, { seconds: 60 })).toEqual({ error });
  });

  describeIf(existsSync(children), 'children of a process in /proc (Linux)', 'where the solver dies', () => {
    test('says so, and nothing else is harmed', async () => {
      const kill = () => {
        for (const pid of solvers()) process.kill(pid, 'SIGKILL');
      };
      await expect(solvePlan(large.problem, { seconds: 60, onProgress: kill })).rejects.toThrow(
        'The solver ended while it solved (SIGKILL)',
      );
      expect(await solvePlan(small.problem, { seconds: 60 })).toMatchObject({ status: 'proven' });
    });
  });
});
