import { describe, expect, test } from '@jest/globals';
import { solveProgram, steppedBound } from './mip.ts';
import { addColumn, addRow, emptyProgram, type Program } from './program.ts';
import { randomOf } from './testing/made-up.ts';

/** Jobs to agents, each with a cost and what it uses of its agent. */
function assignment(seed: number, agents: number, jobs: number) {
  const next = randomOf(seed);
  const table = (least: number, spread: number) =>
    Array.from({ length: agents }, () => Array.from({ length: jobs }, () => least + Math.floor(next() * spread)));
  const [cost, use] = [table(10, 40), table(5, 20)];
  const cap = Math.floor((jobs * 15 * 0.8) / agents);
  return { cost, use, cap, agents, jobs };
}

function programOf({ cost, use, cap, agents, jobs }: ReturnType<typeof assignment>, sense: Program['sense']): Program {
  const program = emptyProgram(sense, 1);
  const columns = cost.map((own) => own.map((one) => addColumn(program, one, 1, true)));
  for (let job = 0; job < jobs; job++)
    addRow(
      program,
      1,
      1,
      columns.map((own): [number, number] => [own[job] ?? 0, 1]),
    );
  for (let agent = 0; agent < agents; agent++) {
    addRow(
      program,
      0,
      cap,
      (columns[agent] ?? []).map((column, job): [number, number] => [column, use[agent]?.[job] ?? 0]),
    );
  }
  return program;
}

/** The best of all ways to give jobs to agents; null: there is none. */
function bestOfAll({ cost, use, cap, agents, jobs }: ReturnType<typeof assignment>, sense: Program['sense']): number | null {
  let best: number | null = null;
  const left = new Array(agents).fill(cap);
  const give = (job: number, sum: number): void => {
    if (job === jobs) {
      if (best === null || (sense === 'max' ? sum > best : sum < best)) best = sum;
      return;
    }
    for (let agent = 0; agent < agents; agent++) {
      const own = use[agent]?.[job] ?? 0;
      if (left[agent] < own) continue;
      left[agent] -= own;
      give(job + 1, sum + (cost[agent]?.[job] ?? 0));
      left[agent] += own;
    }
  };
  give(0, 0);
  return best;
}

describe('the layer that solves programs', () => {
  test('finds and proves the best of 40 generalised assignment problems', async () => {
    let infeasible = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const one = assignment(seed, 3, 7);
      for (const sense of ['min', 'max'] as const) {
        const expected = bestOfAll(one, sense);
        const { status, values, bound } = await solveProgram(programOf(one, sense), { seconds: 60 });
        const value = values && programOf(one, sense).cost.reduce((sum, cost, at) => sum + cost * Math.round(values[at] ?? 0), 0);
        expect([seed, sense, status, value]).toEqual([seed, sense, expected === null ? 'infeasible' : 'optimal', expected]);
        if (expected === null) infeasible++;
        else expect(steppedBound(sense, bound, 1)).toBe(expected);
      }
    }
    expect(infeasible).toBeLessThan(20);
  });

  test('claims nothing where its limit ends it, and stops once enough is known', async () => {
    const one = assignment(1, 8, 60);
    const proven = await solveProgram(programOf(one, 'min'), { seconds: 60, nodes: 200 });
    const limited = await solveProgram(programOf(one, 'min'), { seconds: 0.001 });
    expect(limited.status).toBe('limit');
    expect(limited.bound).toBeLessThanOrEqual(
      proven.values ? programOf(one, 'min').cost.reduce((sum, cost, at) => sum + cost * Math.round(proven.values?.[at] ?? 0), 0) : 0,
    );
    const lost = await solveProgram(programOf(one, 'min'), { seconds: 60, wanted: 0 });
    expect([lost.status, lost.bound > 0]).toEqual(['limit', true]);
  });

  test('knows what no column can fulfil', async () => {
    const program = emptyProgram('max', 1);
    expect(await solveProgram(program, { seconds: 1 })).toMatchObject({ status: 'optimal', bound: 0 });
    addRow(program, 1, 1, []);
    expect(await solveProgram(program, { seconds: 1 })).toMatchObject({ status: 'infeasible' });
  });
});
