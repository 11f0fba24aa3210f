import { addAtMost, addColumn, addRow, emptyProgram, type Program, solveProgram } from '@sidekick/staffing/plan/solver';

/** A generalised assignment problem: each job by one agent, within what each agent has; both the least and the largest cost are asked. */
interface Assignments {
  readonly name: string;
  readonly agents: number;
  readonly jobs: number;
  readonly cost: readonly (readonly number[])[];
  readonly use: readonly (readonly number[])[];
  readonly cap: readonly number[];
  readonly minLB: number;
  readonly minUB: number;
  readonly maxLB: number;
  readonly maxUB: number;
}

const secondsEach = 5;

function programOf({ agents, jobs, cost, use, cap }: Assignments, sense: Program['sense']): Program {
  const program = emptyProgram(sense, 1);
  const columns = Array.from({ length: agents }, (_, agent) =>
    Array.from({ length: jobs }, (__, job) => addColumn(program, cost[agent]?.[job] ?? 0, 1, true)),
  );
  for (let job = 0; job < jobs; job++) {
    addRow(
      program,
      1,
      1,
      columns.map((own) => [own[job] ?? 0, 1]),
    );
  }
  columns.forEach((own, agent) => {
    addRow(
      program,
      Number.NEGATIVE_INFINITY,
      cap[agent] ?? 0,
      own.map((column, job) => [column, use[agent]?.[job] ?? 0]),
    );
    addAtMost(program, own, jobs);
  });
  return program;
}

/** Runs problems with proven bounds through the layer that solves plans; throws where an answer contradicts one. */
export async function benchAssignments(lines: readonly string[]): Promise<void> {
  let proven = 0;
  const began = performance.now();
  for (const line of lines) {
    const one = JSON.parse(line) as Assignments;
    for (const sense of ['min', 'max'] as const) {
      const program = programOf(one, sense);
      const { status, values, bound } = await solveProgram(program, { seconds: secondsEach });
      const [least, most] = sense === 'min' ? [one.minLB, one.minUB] : [one.maxLB, one.maxUB];
      const value = values && program.cost.reduce((sum, cost, at) => sum + cost * Math.round(values[at] ?? 0), 0);
      if (status === 'infeasible') throw new Error(`${one.name} has a solution`);
      if (status === 'optimal') proven++;
      const isAllowed = value === null || (sense === 'min' ? value >= least : value <= most);
      const isBound = sense === 'min' ? bound <= most + 1e-6 : bound >= least - 1e-6;
      const isProven = status !== 'optimal' || (value !== null && value >= least && value <= most);
      if (!isAllowed || !isBound || !isProven)
        throw new Error(`${one.name} ${sense}: ${status} ${value}, bound ${bound}, known ${least} to ${most}`);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `assignments: ${lines.length} problems, least and largest: ${proven} of ${2 * lines.length} proven in ${secondsEach} s each, none against its bounds; ${seconds.toFixed(0)} s`,
  );
}
