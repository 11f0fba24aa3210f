import { PlanRequest } from '@sidekick/contracts';
import { z } from 'zod';
import type { NeutralIds } from './neutral.ts';
import { NeutralInput } from './neutral-file.ts';

const Weeks = z.tuple([z.string(), z.string()]);
const Pair = z.object({ person: z.string(), project: z.string() });
const Vector = z.array(z.number()).length(4);
const Bound = z.array(z.number().nullable()).length(4);

const Asked = z.object({
  weeks: Weeks,
  reserveTentative: z.boolean().optional(),
  maxSidekickProjects: z.number().optional(),
  minStay: z.number().optional(),
  maxSidekicks: z.number().optional(),
  locks: z.array(Pair.extend({ weeks: Weeks })).default([]),
  forbid: z.array(Pair).default([]),
});

/** The optimum, of which the first `proven` goals (absent: all) are certain and later ones the best known; or the rule that the locks break. */
const Expected = z.union([
  z.object({ error: z.string() }),
  z.object({ vector: Vector, proven: z.number().int().min(0).max(4).optional(), bound: Bound.optional() }),
]);
export type ExpectedPlan = z.infer<typeof Expected>;

const PlanCase = z.object({ id: z.string(), input: NeutralInput.extend({ plan: Asked }), expected: Expected.optional() });
export type PlanCase = z.infer<typeof PlanCase>;
/** A file of plans: `cases` or `groups`, in words of no product as those of exact figures. */
export const PlanFile = z
  .union([z.object({ cases: z.array(PlanCase) }), z.object({ groups: z.array(PlanCase) })])
  .transform((file) => ('cases' in file ? file.cases : file.groups));

/** What `POST /plans` takes. Throws zod's error where the file asks for what no plan can be. */
export const planRequestOf = ({ input: { plan } }: PlanCase, ids: NeutralIds, seconds: number): PlanRequest => {
  const { locks, forbid, ...rules } = plan;
  const pair = ({ person, project }: z.infer<typeof Pair>) => ({
    person: ids.ulid('person', person),
    project: ids.ulid('project', project),
  });
  return PlanRequest.parse({
    ...rules,
    locks: locks.map((lock) => ({ ...pair(lock), weeks: lock.weeks })),
    forbid: forbid.map(pair),
    seconds,
  });
};

/** An answer as it is printed, in the ids of the file. */
export type PlayedPlan =
  | {
      id: string;
      status: 'proven' | 'bound';
      plan: { person: string; project: string; weeks: string[] }[];
      vector: number[];
      bound?: (number | null)[];
      seconds: number;
    }
  | { id: string; error: string };

/** The first goal and the third are the more the better, the others the less. */
const isBetter = (goal: number, a: number, b: number): boolean => (goal % 2 === 0 ? a > b + tolerance : a < b - tolerance);
/** Of the four decimals that files hold. */
const tolerance = 1e-9;

/**
 * Whether an answer is what the file expects: `equal` in every goal that is certain, and, where it says that all is proven, not worse
 * than the best known in the others; `bounded` where it ended before with bounds that nothing known contradicts; null without an
 * expectation.
 */
export function judge(answer: PlayedPlan, expected: ExpectedPlan | undefined): 'equal' | 'bounded' | 'different' | null {
  if (!expected) return null;
  if ('error' in answer || 'error' in expected)
    return 'error' in answer && 'error' in expected && answer.error === expected.error ? 'equal' : 'different';
  const { vector, bound } = answer;
  const certain = expected.proven ?? 4;
  for (const [goal, wanted] of expected.vector.entries()) {
    const got = vector[goal] ?? Number.NaN;
    const best = answer.status === 'proven' ? got : (bound?.[goal] ?? null);
    if (goal >= certain) {
      const excluded = expected.bound?.[goal];
      if (goal === certain && excluded != null && isBetter(goal, got, excluded)) return 'different';
      // Behind the best known, it may not say that nothing is better.
      if (best !== null && isBetter(goal, wanted, best)) return 'different';
      if (Math.abs(got - wanted) > tolerance) return 'equal';
      continue;
    }
    if (Math.abs(got - wanted) <= tolerance) continue;
    const isHonest = isBetter(goal, wanted, got) && best !== null && !isBetter(goal, wanted, best);
    return isHonest ? 'bounded' : 'different';
  }
  return 'equal';
}
