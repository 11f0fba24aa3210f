import { z } from 'zod';
import { IsoDay, IsoWeek, Ulid } from '../common.ts';

export const CoverageState = z.enum(['alone', 'none', 'tentative', 'off', 'thin', 'below-skill', 'covered']);
export type CoverageState = z.infer<typeof CoverageState>;

const Weeks = z.tuple([IsoWeek, IsoWeek]);
const Days = z.tuple([IsoDay, IsoDay]);

/** One bucket (`date`, `week`), the list of single answers (`eachDay`, `eachWeek`) or one figure over a range (`weeks`, `days`). */
const bucket = {
  date: IsoDay.optional(),
  week: IsoWeek.optional(),
  weeks: Weeks.optional(),
  days: Days.optional(),
  eachDay: Days.optional(),
  eachWeek: Weeks.optional(),
  withTentative: z.boolean().optional(),
};
const ask = <const W extends string, T extends z.ZodRawShape>(what: W, args: T) =>
  z.strictObject({ what: z.literal(what), args: z.strictObject(args) });

/**
 * The figures of infra/docs/counting.md, in the words of its questions. Answers are unrounded. `team` cuts a figure to the people of a
 * team: those that range over people take it (`remaining` and `utilisation` of nobody named, `fairness`). A figure of a project (coverage, hours,
 * knowledge) is that of everybody who works on it, and a ratio of project-weeks has no people to cut.
 */
export const Question = z.discriminatedUnion('what', [
  ask('gross', { person: Ulid, ...bucket }),
  ask('net', { person: Ulid, ...bucket }),
  ask('planned', { assignment: Ulid, ...bucket }),
  ask('effective', { assignment: Ulid, ...bucket }),
  ask('projectPlanned', { project: Ulid, ...bucket }),
  ask('projectEffective', { project: Ulid, ...bucket }),
  ask('shortfall', { project: Ulid, ...bucket }),
  /** Hours of open places, which nobody does yet: in no other figure. */
  ask('wanted', { project: Ulid, ...bucket }),
  ask('capacity', { person: Ulid, ...bucket }),
  ask('remaining', { person: Ulid.optional(), team: Ulid.optional(), ...bucket }),
  ask('utilisation', { person: Ulid.optional(), team: Ulid.optional(), ...bucket }),
  ask('overAllocated', { person: Ulid, ...bucket }),
  /** Confirmed hours above net; of a range those of its weeks, each judged by itself. */
  ask('overHours', { person: Ulid, ...bucket }),
  ask('coverage', { project: Ulid, ...bucket }),
  ask('coverageRatio', { project: Ulid.optional(), ...bucket }),
  ask('gaps', { project: Ulid, weeks: Weeks }),
  ask('knowledge', { person: Ulid, project: Ulid, on: IsoDay.optional() }),
  ask('knowledgeState', { person: Ulid, project: Ulid, on: IsoDay.optional() }),
  ask('absenceFactor', { project: Ulid, on: IsoDay.optional() }),
  ask('absenceFactorOf', { values: z.array(z.number().min(0)).max(1000) }),
  ask('takeoverRatio', { project: Ulid, lead: Ulid, sidekick: Ulid, ...bucket }),
  ask('fairness', { team: Ulid.optional(), ...bucket }),
  ask('fairnessOf', { values: z.array(z.number().min(0)).max(1000) }),
  ask('absenceTest', { person: Ulid, days: Days }),
  ask('jointAbsence', { project: Ulid, days: Days, approve: z.array(Ulid).max(200).optional() }),
  ask('load', { person: Ulid, weeks: Weeks }),
  ask('knows', { person: Ulid, on: IsoDay.optional() }),
  ask('crew', { project: Ulid, weeks: Weeks }),
  ask('wholeGaps', { project: Ulid, weeks: Weeks }),
  ask('knowledgeOverTime', { project: Ulid, weeks: Weeks }),
  /** For managers alone: minor units of the currency, and the day on which the budget runs out. */
  ask('spent', { project: Ulid }),
  ask('forecast', { project: Ulid }),
  ask('sidekickCost', { project: Ulid }),
  ask('runsOut', { project: Ulid }),
]);
export type Question = z.infer<typeof Question>;

export const FiguresRequest = z.strictObject({ questions: z.array(Question).min(1).max(2000) });
export const FiguresAnswer = z.strictObject({
  head: z.number().int().min(0),
  /** The installation's day. Absent in an answer of an older release. */
  today: IsoDay.optional(),
  answers: z.array(z.unknown()),
});

/** A person's days, where they are asked for; arrays of figures have one entry a day of the weeks, from Monday. */
const PersonDays = z.strictObject({
  net: z.array(z.number()),
  confirmed: z.array(z.number()),
  tentative: z.array(z.number()),
  remaining: z.array(z.number()),
  /** Hours over net of the day by more than 0.01, else 0: within its week the same person may have room. */
  over: z.array(z.number()),
  leaveDays: z.array(z.number()),
  employed: z.array(z.boolean()),
});
/** A person's weeks on the timeline, and the answer to `load`: one entry a week. */
export const LoadWeeks = z.strictObject({
  net: z.array(z.number()),
  confirmed: z.array(z.number()),
  tentative: z.array(z.number()),
  remaining: z.array(z.number()),
  /** Hours over net by more than 0.01, else 0. */
  over: z.array(z.number()),
  /** Approved leave in days of the person's pattern. */
  leaveDays: z.array(z.number()),
  /** Dates of holidays of the person's region in that week that fall on hours. */
  holidays: z.array(z.array(z.string())),
  /** Whether the contract holds any day of the week: work of other weeks is not done. */
  employed: z.array(z.boolean()),
});
export type LoadWeeks = z.infer<typeof LoadWeeks>;
/** `days` with `by=day`. */
const TimelinePerson = LoadWeeks.extend({ id: Ulid, days: PersonDays.optional() });

/**
 * A gap with its own ends, which may lie outside of the range asked for: weeks and hours are those of `GET /decisions`. A run that goes
 * on today is cut at this week, since what is past cannot be filled; `open`: it has no end yet.
 */
const WholeGap = z.strictObject({
  from: IsoWeek,
  to: IsoWeek,
  weeks: z.number().int(),
  states: z.array(CoverageState),
  hours: z.number(),
  open: z.boolean().optional(),
});
/** Answer to `wholeGaps`: those that touch the range. */
export const WholeGaps = z.array(WholeGap);
export type WholeGaps = z.infer<typeof WholeGaps>;

/** Answer to `crew`: who is named on the project in each week of the range, and what that makes of its coverage. Ids are sorted. */
export const CrewWeeks = z.array(
  z.strictObject({
    week: IsoWeek,
    /** Null: the week does not count. */
    coverage: CoverageState.nullable(),
    active: z.boolean(),
    /** Holidays leave nobody who leads or backs up any hours. */
    closed: z.boolean(),
    leads: z.array(Ulid),
    /** Those of `leads` whose contract holds an active day. */
    leading: z.array(Ulid),
    sidekicks: z.array(Ulid),
    tentative: z.array(Ulid),
    sidekickHours: z.number(),
    tentativeHours: z.number(),
  }),
);
export type CrewWeeks = z.infer<typeof CrewWeeks>;

const Warmth = z.enum(['warm', 'cooling', 'cold']);
export type Warmth = z.infer<typeof Warmth>;
/** Answer to `knows`: the projects of which the person holds knowledge, most first. */
export const KnownProjects = z.array(z.strictObject({ project: Ulid, hours: z.number(), state: Warmth }));
export type KnownProjects = z.infer<typeof KnownProjects>;

/** Answer to `knowledgeOverTime`: at the end of each week who of those still here holds how much, most first, and the absence factor. */
export const KnowledgeOverTime = z.array(
  z.strictObject({
    week: IsoWeek,
    /** The Sunday of the week. */
    on: IsoDay,
    holders: z.array(z.strictObject({ person: Ulid, hours: z.number() })),
    absenceFactor: z.number().int(),
  }),
);
export type KnowledgeOverTime = z.infer<typeof KnowledgeOverTime>;

const TimelineProject = z.strictObject({
  id: Ulid,
  coverage: z.array(CoverageState.nullable()),
  /** Weeks in which the project is active without a confirmed lead whose contract still runs. */
  openLead: z.array(z.boolean()),
  /** Runs of such weeks that touch the range, with their own ends as `GET /decisions` tells them. */
  openLeads: z.array(z.strictObject({ from: IsoWeek, to: IsoWeek, weeks: z.number().int(), open: z.boolean() })).optional(),
  /** Confirmed effective hours of the sidekicks. */
  sidekickHours: z.array(z.number()),
  /** Hours of tentative sidekicks, shown apart. */
  sidekickTentative: z.array(z.number()).optional(),
  gaps: WholeGaps,
  absenceFactor: z.number().int(),
});
const TimelineAssignment = z.strictObject({
  id: Ulid,
  planned: z.array(z.number()),
  effective: z.array(z.number()),
  /** How it counts: a proposal's work is tentative whatever was kept, that of a lost project counts nowhere. */
  counts: z.enum(['confirmed', 'tentative', 'nowhere']).optional(),
  /** Codes of the rules accepted as broken, and why for the person and managers; null for others. */
  accepted: z.array(z.string()).optional(),
  reason: z.string().nullable().optional(),
  /** With `by=day`: one entry a day of the weeks, from Monday. */
  days: z.strictObject({ planned: z.array(z.number()), effective: z.array(z.number()) }).optional(),
});
/** Of everybody and every project. */
const TimelineGroup = z.strictObject({
  covered: z.number().int(),
  needed: z.number().int(),
  confirmedHours: z.number(),
  tentativeHours: z.number(),
  netHours: z.number(),
  fairness: z.number(),
});

/** `GET /timeline?from&to`: up to 104 weeks; arrays of figures have one entry a week of `weeks`. With `by=day`, up to 8, also by day. */
export const TimelineQuery = z.strictObject({ from: IsoWeek, to: IsoWeek, by: z.enum(['week', 'day']).optional() });
export type TimelineQuery = z.infer<typeof TimelineQuery>;
export const TimelineAnswer = z.strictObject({
  head: z.number().int().min(0),
  today: IsoDay,
  weeks: z.array(IsoWeek),
  /** Monday of each week. */
  mondays: z.array(IsoDay),
  /** Everybody, all projects, and the assignments that hold a day of the range, each in the order of ids. */
  people: z.array(TimelinePerson),
  projects: z.array(TimelineProject),
  assignments: z.array(TimelineAssignment),
  group: TimelineGroup,
});
export type TimelineAnswer = z.infer<typeof TimelineAnswer>;

/** The rows of a timeline that may have changed, in place of those of the same ids; rows of `gone` are there no more. */
export const TimelineRows = z.strictObject({
  people: z.array(TimelinePerson),
  projects: z.array(TimelineProject),
  assignments: z.array(TimelineAssignment),
  gone: z.array(Ulid),
  group: TimelineGroup,
});
export type TimelineRows = z.infer<typeof TimelineRows>;

const Spent = z.strictObject({
  /** Minor units of `currency`: what the hours cost on which a rate is in force. */
  money: z.number().int(),
  /** All hours, and those of them on days without a rate. */
  hours: z.number(),
  unpriced: z.number(),
});
/** `GET /projects/{id}/burn`, for managers alone: what a project has cost to yesterday and comes to by its end, against its budget. */
export const BurnAnswer = z.strictObject({
  head: z.number().int().min(0),
  today: IsoDay,
  project: Ulid,
  /** ISO 4217. */
  currency: z.string(),
  spent: Spent,
  /** Confirmed work from today on. */
  forecast: Spent,
  /** Tentative work from today on, in neither of the two. */
  tentative: Spent,
  /** What is of sidekicks, of the first two. */
  sidekicks: z.strictObject({ spent: Spent, forecast: Spent }),
  /** The last day looked at; `open`: the project has no end, and two years from today are. */
  until: IsoDay,
  open: z.boolean(),
  budget: z.strictObject({ money: z.number().int().nullable(), hours: z.number().nullable() }).nullable(),
  /** The first day whose confirmed work no longer fits; null where all of it does. */
  runsOut: z.strictObject({ money: IsoDay.nullable(), hours: IsoDay.nullable() }),
  /** Hours of people on days without a rate: in `hours`, and in no amount of money. */
  unpriced: z.array(
    z.strictObject({ person: Ulid, from: IsoDay, to: IsoDay, days: z.number().int(), hours: z.number(), tentative: z.boolean() }),
  ),
});
export type BurnAnswer = z.infer<typeof BurnAnswer>;
