import { z } from 'zod';
import { Instant, IsoDay, IsoWeek, ListQuery, listOf, Ulid } from '../common.ts';
import { LaterChange, PreviewAnswer } from './changes.ts';
import { CoverageState } from './figures.ts';
import { ChangeAnswer } from './following.ts';

/** Weeks of one plan at most: what the timeline shows at once. */
export const mostPlanWeeks = 104;
/** Seconds that a plan may take at most. */
export const mostPlanSeconds = 600;

const Weeks = z.tuple([IsoWeek, IsoWeek]);
const Pair = z.strictObject({ person: Ulid, project: Ulid });
/** A person who is to be planned on a project in these weeks, both ends included. */
export const PlanLock = Pair.extend({ weeks: Weeks });
export type PlanLock = z.infer<typeof PlanLock>;

/** What is asked of a plan (ADR 35): the first and last week, and the rules. Left-out ones are those of the form. */
export const PlanRequest = z.strictObject({
  weeks: Weeks,
  /** Whether hours of tentative work are kept free. */
  reserveTentative: z.boolean().default(false),
  /** Projects that a person backs up at once, at most. */
  maxSidekickProjects: z.int().min(1).max(20).default(2),
  /** Weeks that somebody stays at least, where the gap is that long. */
  minStay: z.int().min(1).max(mostPlanWeeks).default(3),
  /** Different people planned on a project, at most. */
  maxSidekicks: z.int().min(1).max(20).default(2),
  locks: z.array(PlanLock).max(1_000).default([]),
  /** Who is not to be planned on which project. */
  forbid: z.array(Pair).max(5_000).default([]),
  /** A plan always ends by then, with the best that was found. */
  seconds: z.int().min(1).max(mostPlanSeconds).default(60),
});
export type PlanRequest = z.infer<typeof PlanRequest>;

/** The goals, in their order: filled weeks by priority, the highest load, fit, the largest share of sidekick work. */
const Vector = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const Bounds = z.array(z.number().nullable()).length(4);

export const PlanProgress = z.strictObject({
  /** The goal that is worked on, 1-4. */
  level: z.int().min(1).max(4),
  /** The best plan found so far. */
  vector: Vector,
  /** The best value of the goal that is not excluded yet. */
  bound: z.number().nullable(),
  /** How far the best found may be from it, as a share; null where no share can be told. */
  gap: z.number().min(0).nullable(),
  seconds: z.number().min(0),
  /** Project-weeks that the best plan found so far fills. */
  filled: z.int().min(0),
});
export type PlanProgress = z.infer<typeof PlanProgress>;

/** Why this person: what counted, at the head of the plan. */
export const PlanReason = z.strictObject({
  /** Hours of the project that are still known, and what they count for. */
  knowledge: z.number().min(0),
  knowledgeState: z.enum(['warm', 'cooling', 'cold']),
  volunteered: z.boolean(),
  /** Required skills that the person wishes to learn. */
  wishes: z.array(z.string()),
  /** Levels in what the project requires. */
  skills: z.array(z.strictObject({ skill: z.string(), level: z.int(), required: z.int() })),
  /** Hours left in the fullest of the weeks, before the plan. */
  leastFree: z.number(),
  /** Confirmed work and what is planned as a share of net hours, in the fullest of the weeks. */
  load: z.number().min(0),
  /** People, this one among them, who could take every one of these weeks by themselves. */
  could: z.int().min(1),
  /** The others among them, the best fit first: the first 20. */
  others: z.array(Ulid).max(20),
  isLocked: z.boolean(),
});
export type PlanReason = z.infer<typeof PlanReason>;

/** A stay: consecutive weeks of one person on one project, which becomes one assignment. */
export const PlanChoice = z.strictObject({
  /** Names the choice within its plan. */
  id: z.int().min(0),
  person: Ulid,
  project: Ulid,
  weeks: z.array(IsoWeek).min(1),
  from: IsoDay,
  to: IsoDay,
  hoursPerWeek: z.number().min(0),
  /** Effective hours of all its weeks. */
  hours: z.number().min(0),
  /** Coverage of each week as it was. */
  before: z.array(CoverageState),
  why: PlanReason,
});
export type PlanChoice = z.infer<typeof PlanChoice>;

/** Weeks of a gap that nobody fills. */
export const PlanOpen = z.strictObject({
  project: Ulid,
  weeks: z.array(IsoWeek).min(1),
  from: IsoDay,
  to: IsoDay,
  states: z.array(CoverageState),
  /** Who could take all of it by themselves: their hours went elsewhere, or a rule of the plan keeps them away. */
  could: z.array(Ulid),
  /** The first rule against each of the others; the codes of `GET /candidates`, and `forbidden`. */
  ruledOut: z.array(z.strictObject({ rule: z.string(), people: z.array(Ulid) })),
});
export type PlanOpen = z.infer<typeof PlanOpen>;

/** How near a goal is to the best there is. `proven`: no plan is better; `within`: as a share of the bound, null where it has none. */
export const PlanLevel = z.strictObject({
  status: z.enum(['proven', 'bound', 'open']),
  bound: z.number().nullable(),
  within: z.number().min(0).nullable(),
});
export type PlanLevel = z.infer<typeof PlanLevel>;

export const PlanAnswer = z.strictObject({
  /** The records that it was made of. */
  head: z.int().min(0),
  status: z.enum(['proven', 'bound']),
  plan: z.array(Pair.extend({ weeks: z.array(IsoWeek).min(1) })),
  vector: Vector,
  /** Equal to the vector where proven, then the best value not excluded, then null; null where all is proven. */
  bound: Bounds.nullable(),
  levels: z.array(PlanLevel).length(4),
  /** Time that the search took. */
  seconds: z.number().min(0),
  /** Project-weeks of the range that want a sidekick, and how many of them the plan fills. */
  slots: z.int().min(0),
  filled: z.int().min(0),
  choices: z.array(PlanChoice),
  open: z.array(PlanOpen),
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;

/** A rule that the locks break: they cannot all hold. */
export const PlanError = z.strictObject({
  rule: z.enum(['P1', 'P2', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9']),
  /** In words, without the names of those below. */
  message: z.string(),
  /** The first lock that it is broken by, where it can be told. */
  person: Ulid.nullable(),
  project: Ulid.nullable(),
  week: IsoWeek.nullable(),
});
export type PlanError = z.infer<typeof PlanError>;

const AcceptedAs = z.enum(['tentative', 'confirmed']);
/** Choices that became assignments, by the change set that made them. */
export const PlanAcceptance = z.strictObject({
  number: z.int().min(1),
  at: Instant,
  state: AcceptedAs,
  choices: z.array(z.int().min(0)),
  /** Whether it stands: nobody took it back. */
  stands: z.boolean(),
});
export type PlanAcceptance = z.infer<typeof PlanAcceptance>;

export const PlanView = z.strictObject({
  id: Ulid,
  state: z.enum(['waiting', 'running', 'done', 'dead', 'cancelled']),
  /** The account that asked for it. */
  by: z.string(),
  askedAt: Instant,
  endedAt: Instant.nullable(),
  /** Plans that wait before this one. */
  ahead: z.int().min(0),
  request: PlanRequest,
  progress: PlanProgress.nullable(),
  /** Why it is dead, in words. */
  reason: z.string().nullable(),
  error: PlanError.nullable(),
  /** Of one that was cancelled: the best that was found by then, if anything was. */
  answer: PlanAnswer.nullable(),
  accepted: z.array(PlanAcceptance),
});
export type PlanView = z.infer<typeof PlanView>;

/** A plan in a list: without its choices. */
export const PlanSummary = PlanView.omit({ answer: true, request: true, progress: true }).extend({
  weeks: Weeks,
  outcome: PlanAnswer.pick({ status: true, vector: true, slots: true, filled: true, seconds: true }).nullable(),
});
export type PlanSummary = z.infer<typeof PlanSummary>;
export const PlanList = listOf(PlanSummary);
/** `GET /plans`, newest first. */
export const PlansQuery = ListQuery;

const Chosen = z.array(z.int().min(0)).min(1).max(5_000);

/** `POST /plans/{id}/accept`: the choices become assignments, all of them or none. The same `id` again answers what is stored. */
export const PlanAcceptRequest = z.strictObject({
  id: Ulid,
  choices: Chosen,
  state: AcceptedAs.default('confirmed'),
  accept: z.array(z.string().max(60)).max(20).default([]),
  reason: z.string().trim().max(2_000).optional(),
});
export type PlanAcceptRequest = z.infer<typeof PlanAcceptRequest>;
export const PlanAcceptAnswer = ChangeAnswer;

/** `POST /plans/{id}/compare`: what the group looks like with these choices confirmed; none: without the plan. */
export const PlanCompareRequest = z.strictObject({ choices: z.array(z.int().min(0)).max(5_000) });
export type PlanCompareRequest = z.infer<typeof PlanCompareRequest>;

/** Figures of the weeks of a plan, over everybody and every project. */
export const PlanFigures = z.strictObject({
  covered: z.int().min(0),
  needed: z.int().min(0),
  gaps: z.int().min(0),
  aloneWeeks: z.int().min(0),
  peopleOver: z.int().min(0),
  hoursOver: z.number().min(0),
  /** The highest share of net hours in a week, and whose it is. */
  peak: z.strictObject({ share: z.number().min(0), person: Ulid, week: IsoWeek }).nullable(),
  /** Confirmed hours as a share of net hours; null where there are none. */
  utilisation: z.number().nullable(),
  /** Effective. */
  sidekickHours: z.number().min(0),
  /** Jain index, 1 is even. */
  fairness: z.number().min(0),
});
export type PlanFigures = z.infer<typeof PlanFigures>;

export const PlanComparison = z.strictObject({
  head: z.int().min(0),
  before: PlanFigures,
  after: PlanFigures,
  /** Rules that accepting would break. */
  broken: PreviewAnswer.shape.broken,
  /** What changed of these people and projects since the plan was made, newest last; empty: it can be accepted. */
  changedBy: z.array(LaterChange),
  /** Numbers of all of these change sets. */
  changed: z.array(z.int().min(1)),
});
export type PlanComparison = z.infer<typeof PlanComparison>;
