import { describe, expect, test } from '@jest/globals';
import { isoWeek, weekOf } from '@sidekick/calendar';
import { figuresOf } from '../figures/index.ts';
import { checkPlan } from './check.ts';
import { solveLevels } from './levels.ts';
import { planOf } from './outcome.ts';
import { type PlanRequest, problemOf } from './problem.ts';
import { bestOfEveryPlan, waysOf } from './testing/every-plan.ts';
import { type MadeUpGroup, madeUpGroup, randomOf } from './testing/made-up.ts';
import { vectorOf } from './vector.ts';

const instances = 500;
/** Above this, trying every plan of one instance takes longer than a moment. */
const mostWays = 30_000;

/** A group of two to four people with rules of its own, and locks in some, many of which cannot hold. */
function smallGroup(seed: number): MadeUpGroup {
  const next = randomOf(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  const weeks = 3 + below(4);
  const { state, request, asOf } = madeUpGroup(seed, { people: 2 + below(3), projects: 1 + below(3), weeks });
  const people = [...state.person.keys()];
  const projects = [...state.project.keys()];
  const first = (weekOf(request.weeks[0]) ?? 0) + below(weeks);
  const lock = {
    person: people[below(people.length)] ?? '',
    project: projects[below(projects.length)] ?? '',
    weeks: [isoWeek(first), isoWeek(first + below(2))] as const,
  };
  const rules: Partial<PlanRequest> = {
    maxSidekickProjects: 1 + below(3),
    minStay: 1 + below(4),
    maxSidekicks: 1 + below(3),
    locks: next() < 0.2 ? [lock] : [],
  };
  return { state, request: { ...request, ...rules }, asOf };
}

test('500 made-up instances have the vector of the best of all their plans, and every plan passes the checker', async () => {
  const counts = { solved: 0, filled: 0, broken: 0 };
  for (let seed = 1; counts.solved < instances; seed++) {
    const { state, request, asOf } = smallGroup(seed);
    const problem = problemOf(figuresOf(state), request, asOf);
    if (problem.triples.length === 0 || waysOf(problem) > mostWays) continue;
    counts.solved++;
    if (problem.error) {
      counts.broken++;
      continue;
    }
    const solved = await solveLevels(problem, performance.now() + 60_000, () => undefined);
    const expected = bestOfEveryPlan(problem);
    expect([seed, solved && vectorOf(solved.steps), solved?.proven ?? 4]).toEqual([seed, expected, 4]);
    if (!solved) continue;
    const judged = checkPlan(state, request, asOf, planOf(problem, solved.chosen));
    expect([seed, judged]).toEqual([seed, { broken: [], vector: expected }]);
    if (solved.chosen.length > 0) counts.filled++;
  }
  expect(counts.filled).toBeGreaterThan(200);
  expect(counts.broken).toBeGreaterThan(10);
}, 60_000);

describe('the useful triples of a problem', () => {
  test('are those that the checker takes by themselves, and no others', () => {
    let useful = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const { state, request, asOf } = smallGroup(seed);
      const alone: PlanRequest = { ...request, locks: [], minStay: 1, maxSidekickProjects: 9 };
      const problem = problemOf(figuresOf(state), alone, asOf);
      const known = new Set(problem.triples.map(({ person, project, week }) => `${person} ${project} ${week}`));
      for (const [who, { id: person }] of problem.people.entries()) {
        for (const [what, { id: project }] of problem.projects.entries()) {
          for (const [week, label] of problem.weeks.entries()) {
            const { broken } = checkPlan(state, alone, asOf, [{ person, project, weeks: [label] }]);
            const isUseful = !broken.some((rule) => /^P[124]/.test(rule));
            expect([seed, person, project, label, known.has(`${who} ${what} ${week}`)]).toEqual([seed, person, project, label, isUseful]);
            if (isUseful) useful++;
          }
        }
      }
    }
    expect(useful).toBeGreaterThan(50);
  });
});
