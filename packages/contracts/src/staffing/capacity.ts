import { z } from 'zod';
import { digits, IsoDay, IsoWeek, nameOf, Ulid } from '../common.ts';

/**
 * How full a bucket is: `no-hours` (nothing to fill: no net hours), `idle` (no confirmed work), `under` (confirmed work below half of
 * net), `busy`, `over` (confirmed work above net by more than 0.01 h).
 */
export const Load = z.enum(['no-hours', 'idle', 'under', 'busy', 'over']);
export type Load = z.infer<typeof Load>;

/** Hours of one bucket or of the whole range, of a person or of several together. */
const Hours = z.strictObject({
  net: z.number(),
  /** The part of net that is kept free of projects. */
  operations: z.number(),
  confirmed: z.number(),
  tentative: z.number(),
  /** Net − operations − confirmed: what "free" means. */
  remaining: z.number(),
  /** Confirmed ÷ net, and confirmed and tentative ÷ net; null where net is 0. */
  utilisation: z.number().nullable(),
  withTentative: z.number().nullable(),
});
export type CapacityHours = z.infer<typeof Hours>;

/** Hours by bucket: one entry a bucket in every array. */
const hoursByBucket = {
  net: z.array(z.number()),
  operations: z.array(z.number()),
  confirmed: z.array(z.number()),
  tentative: z.array(z.number()),
  remaining: z.array(z.number()),
  utilisation: z.array(z.number().nullable()),
  withTentative: z.array(z.number().nullable()),
  load: z.array(Load),
  /** Of the range as one; no sum of the buckets where they end at weeks. */
  whole: Hours,
};
const CapacityPerson = z.strictObject({
  id: Ulid,
  ...hoursByBucket,
  /** Confirmed hours over net by more than 0.01, else 0. */
  over: z.array(z.number()),
  /** Approved leave in days of the person's pattern. */
  leaveDays: z.array(z.number()),
  /** Days of holidays that fall on hours. */
  holidays: z.array(z.number().int()),
  employed: z.array(z.boolean()),
});
const CapacityTeam = z.strictObject({
  /** Null: who is in no team. */
  id: Ulid.nullable(),
  /** Whose contract holds a day of the range. A person may be in several teams and counts in each. */
  people: z.number().int(),
  ...hoursByBucket,
  /** How many of them are over: the hours of one do not make up for those of another. */
  peopleOver: z.array(z.number().int()),
});

/** People with the weeks in which it holds, most hours first: free hours of the idle and under, hours above net of the over. */
const Listed = z.array(z.strictObject({ person: Ulid, buckets: z.array(z.string()), hours: z.number() }));

/**
 * `GET /figures/capacity?from&to&by&team`: how full everybody is. By week the range is that of whole weeks, at most 104; by day at most
 * 62 days. `team` cuts it to the people of one team, the group's sums too.
 */
export const CapacityQuery = z.strictObject({
  from: IsoDay,
  to: IsoDay,
  by: z.enum(['week', 'day']).default('week'),
  team: Ulid.optional(),
});
export type CapacityQuery = z.infer<typeof CapacityQuery>;
export const CapacityAnswer = z.strictObject({
  head: z.number().int().min(0),
  today: IsoDay,
  by: z.enum(['week', 'day']),
  /** Both ends as they were counted. */
  from: IsoDay,
  to: IsoDay,
  /** ISO weeks, or days. */
  buckets: z.array(z.strictObject({ id: z.string(), from: IsoDay, to: IsoDay })),
  /** Whose contract holds a day of the range, in the order of ids. */
  people: z.array(CapacityPerson),
  /** Every team (or the one asked for), in the order of ids, and last those in none. */
  teams: z.array(CapacityTeam),
  /** All people of the answer together, each once. */
  group: z.strictObject({ people: z.number().int(), ...hoursByBucket, peopleOver: z.array(z.number().int()) }),
  /** `idle` and `under` are judged by whole weeks, `over` by the buckets of the answer. */
  idle: Listed,
  under: Listed,
  over: Listed,
});
export type CapacityAnswer = z.infer<typeof CapacityAnswer>;

/** `GET /figures/free?skill&level&hours&from&to&team`: who has the skill at the level at least, and so many hours left in the range. */
export const FreeQuery = z.strictObject({
  /** In any spelling of it; left out, everybody is asked. */
  skill: nameOf(120, 1).optional(),
  level: digits(z.int().min(1).max(5)).default(1),
  /** Remaining hours of the whole range. */
  hours: digits(z.number().min(0).max(20_000)).default(1),
  from: IsoDay,
  to: IsoDay,
  team: Ulid.optional(),
});
export type FreeQuery = z.infer<typeof FreeQuery>;

const FreeHours = z.strictObject({
  person: Ulid,
  /** In the skill asked for; null where none is. */
  level: z.number().int().nullable(),
  /** Remaining hours of the range: net − operations − confirmed work. */
  hours: z.number(),
  /** The same by week, each cut at the range. */
  weeks: z.array(z.number()),
  /** Hours of tentative work in the range, which is not reserved. */
  tentative: z.number(),
});
export const FreeAnswer = z.strictObject({
  head: z.number().int().min(0),
  today: IsoDay,
  /** As the group calls it. */
  skill: z.string().nullable(),
  weeks: z.array(z.strictObject({ week: IsoWeek, from: IsoDay, to: IsoDay })),
  /** What the order of `people` goes by, first term first, in words. */
  order: z.array(z.string()),
  people: z.array(FreeHours),
  /**
   * Everybody else and the first reason that holds: no contract in the range, no such skill, a lower level, too few hours. Those who lack
   * hours alone come first, most hours first, then those with a lower level.
   */
  leftOut: z.array(
    z.strictObject({
      ...FreeHours.shape,
      reason: z.enum(['contract', 'skill', 'level', 'hours']),
      /** Follows the name: "12 h left". */
      message: z.string(),
    }),
  ),
});
export type FreeAnswer = z.infer<typeof FreeAnswer>;
