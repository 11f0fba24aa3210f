import { readFileSync } from 'node:fs';
import { figuresOf } from '@sidekick/staffing/figures';
import { checkPlan, greedyPlan, type PlanProgress, problemOf, solvePlan, stepsOf, vectorOf } from '@sidekick/staffing/plan';
import { benchAssignments } from './plan-assignments.ts';
import { type BenchGroup, groupsIn, madeUpGroups } from './plan-groups.ts';

/** What a group of so many people is promised: seconds for the first goals, and the limit of its solve. */
const promises = [
  { people: 15, limit: 30, words: 'all proven in 3 s' },
  { people: 30, limit: 60, words: 'O1 and O2 proven in 15 s, all in 60 s' },
  { people: 60, limit: 120, words: 'O1 within 1 % in 10 s, proven in 60 s' },
  { people: Number.POSITIVE_INFINITY, limit: 120, words: 'first plan in 10 s, O1 within 2 % in 120 s' },
];

const told = (vector: readonly (number | null)[]): string => vector.map((one) => (one === null ? '-' : String(one))).join(' ');

/** Seconds from when on the first so many goals were proven, as far as it was told. */
function milestones(progress: readonly PlanProgress[], seconds: number, proven: number): string {
  const since = [1, 2, 3, 4].map((level) => {
    if (level > proven) return '-';
    return `${(progress.find((one) => one.level > level)?.seconds ?? seconds).toFixed(1)} s`;
  });
  return since.join(' / ');
}

async function benchGroup({ name, state, request, asOf, known }: BenchGroup): Promise<void> {
  const began = performance.now();
  const problem = problemOf(figuresOf(state), request, asOf);
  const made = (performance.now() - began) / 1000;
  const { people, projects, weeks, triples } = problem;
  const promise = promises.find((one) => people.length <= one.people);
  const greedy = vectorOf(stepsOf(problem, greedyPlan(problem)));
  const progress: PlanProgress[] = [];
  const outcome = await solvePlan(problem, { seconds: promise?.limit ?? 120, onProgress: (one) => progress.push(one) });
  console.log(
    `${name}: ${people.length} × ${projects.length} × ${weeks.length}, ${triples.length} triples, problem made in ${made.toFixed(1)} s`,
  );
  if ('error' in outcome) return console.log(`  locks break ${outcome.error.rule}`);
  const judged = checkPlan(state, request, asOf, outcome.plan);
  const first = progress.find(({ plan }) => plan.length > 0);
  const proven = outcome.status === 'proven' ? 4 : (outcome.bound ?? []).findIndex((one, at) => one !== outcome.vector[at]);
  console.log(`  greedy    ${told(greedy)}`);
  console.log(`  plan      ${told(outcome.vector)}   ${outcome.status} in ${outcome.seconds.toFixed(1)} s   hold: ${promise?.words}`);
  if (outcome.bound) console.log(`  bound     ${told(outcome.bound)}`);
  console.log(
    `  first plan ${first?.seconds.toFixed(1)} s; goals proven after ${milestones(progress, outcome.seconds, Math.max(0, proven))}`,
  );
  if (known) console.log(`  known     ${told(known.vector)}   (${known.proven} goals proven)`);
  const isEqual = known?.vector.slice(0, Math.min(proven, known.proven)).every((one, at) => one === outcome.vector[at]) ?? true;
  const isRight = judged.broken.length === 0 && told(judged.vector) === told(outcome.vector) && isEqual;
  if (!isRight) throw new Error(`${name} is wrong: ${judged.broken.join(', ')} ${told(judged.vector)}`);
}

const isAssignments = (file: string) => file.endsWith('.jsonl');

/**
 * Plans by greedy and by the solver side by side: made-up groups, or those of the files named, with what is known of them; a file of lines is
 * one of generalised assignment problems, which its solver layer is held against.
 */
export async function benchPlan(files: readonly string[] = []): Promise<void> {
  for (const file of files.filter(isAssignments)) await benchAssignments(readFileSync(file, 'utf8').split('\n').filter(Boolean));
  const groups = files.length === 0 ? madeUpGroups() : files.filter((file) => !isAssignments(file)).flatMap(groupsIn);
  for (const group of groups) await benchGroup(group);
}
