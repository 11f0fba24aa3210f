import { z } from 'zod';
import { digits, IsoDay, IsoWeek, Ulid } from '../common.ts';
import { AssignmentRole } from './records.ts';

/**
 * `GET /candidates?project&role&from&to&hours&opening`: who could take the slot, in the order that `order` says, and why the others cannot.
 * Of an open place of the project it is the skills of the place that are asked, with those that the project asks of its sidekick.
 */
export const CandidatesQuery = z.strictObject({
  project: Ulid,
  role: AssignmentRole,
  from: IsoDay,
  to: IsoDay,
  hours: digits(z.number().min(0).max(168)).default(8),
  opening: Ulid.optional(),
});
export const CandidatesAnswer = z.strictObject({
  head: z.number().int().min(0),
  /** What the order goes by, first term first, in words: "every required skill", "most hours left". */
  order: z.array(z.string()).optional(),
  candidates: z.array(
    z.strictObject({
      person: Ulid,
      /** Remaining hours of each week of the range (net − operations share − confirmed work). */
      free: z.array(z.strictObject({ week: IsoWeek, hours: z.number() })),
      leastFree: z.number(),
      knowledge: z.number(),
      knowledgeState: z.enum(['warm', 'cooling', 'cold']),
      /** The person's levels in what the project requires. */
      skills: z.array(z.strictObject({ skill: z.string(), level: z.number().int(), required: z.number().int() })),
      /** Whether the person has every required level. */
      skilled: z.boolean().optional(),
      /** Whether the person offers to back the project up. */
      volunteered: z.boolean().optional(),
      /** Skills that the project requires and the person wishes to learn. */
      wishes: z.array(z.string()).optional(),
      /** Work as contributor on the project in these days: the slot may be a change of its role, or an addition. */
      already: z
        .array(
          z.strictObject({ assignment: Ulid, role: AssignmentRole, hoursPerWeek: z.number(), state: z.enum(['confirmed', 'tentative']) }),
        )
        .optional(),
    }),
  ),
  ruledOut: z.array(
    z.strictObject({
      person: Ulid,
      rule: z.string(),
      message: z.string(),
      volunteered: z.boolean().optional(),
      wishes: z.array(z.string()).optional(),
    }),
  ),
});
export type CandidatesAnswer = z.infer<typeof CandidatesAnswer>;
