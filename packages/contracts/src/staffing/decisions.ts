import { z } from 'zod';
import { digits, IsoDay, IsoWeek, nameOf, Ulid } from '../common.ts';
import { CoverageState } from './figures.ts';
import { AssignmentRole, SkillView } from './records.ts';

/** `GET /decisions?weeks`: what needs a decision from today on, most urgent first. */
export const DecisionsQuery = z.strictObject({ weeks: digits(z.int().min(1).max(104)).default(16) });

const dated = {
  /** Stable while the matter stands, e.g. `gap:<project>:2026-W50`. */
  id: z.string(),
  from: IsoDay,
  to: IsoDay,
  /** The last working day before it begins, never before today. */
  decideBy: IsoDay,
  /** One line with names and dates, and one with what it costs and who could help. */
  title: z.string(),
  detail: z.string(),
};
export const Decision = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('gap'),
    ...dated,
    project: Ulid,
    weeks: z.array(z.strictObject({ week: IsoWeek, state: CoverageState })),
    hours: z.number(),
    /** It has no end yet: its weeks are counted for two years. */
    open: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('open-lead'), ...dated, project: Ulid }),
  z.strictObject({
    kind: z.literal('leave-request'),
    ...dated,
    person: Ulid,
    timeOff: Ulid,
    lostCover: z.number().int(),
    strandedHours: z.number(),
    /** What the leave takes of the person's pattern. */
    days: z.number().optional(),
    hours: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('over-allocated'), ...dated, person: Ulid, hours: z.number() }),
  z.strictObject({ kind: z.literal('proposal'), ...dated, project: Ulid }),
  z.strictObject({ kind: z.literal('contract-end'), ...dated, person: Ulid }),
  /** A region whose holidays are not loaded for a year in use, or that no calendar knows: free hours of its people are too high. */
  z.strictObject({
    kind: z.literal('no-calendar'),
    ...dated,
    region: z.string(),
    /** False: no region is called so; choose another for its people. */
    known: z.boolean(),
    years: z.array(z.number().int()),
    people: z.array(Ulid),
  }),
  /** Confirmed work no longer fits the budget of a project that goes on. For managers alone. */
  z.strictObject({
    kind: z.literal('budget-runs-out'),
    ...dated,
    project: Ulid,
    /** The first day whose work no longer fits, which may be past. */
    runsOut: z.strictObject({ money: IsoDay.nullable(), hours: IsoDay.nullable() }),
    /** What is over at the end of the project; null where it fits or there is no such budget. */
    over: z.strictObject({ money: z.number().int().nullable(), hours: z.number().nullable() }),
    /** ISO 4217: money is in its minor units. */
    currency: z.string(),
  }),
  /** A place that begins within six weeks and that nobody fills yet. For managers alone. */
  z.strictObject({ kind: z.literal('open-place'), ...dated, project: Ulid, opening: Ulid, role: AssignmentRole, hoursPerWeek: z.number() }),
  /** One skill in several spellings at one person or project, kept from before names had one form: `POST /skills/merge`. */
  z.strictObject({
    kind: z.literal('skill-spellings'),
    ...dated,
    skill: z.string(),
    spellings: z.array(z.string()),
    people: z.array(Ulid),
    projects: z.array(Ulid),
  }),
]);
export type Decision = z.infer<typeof Decision>;
export const DecisionsAnswer = z.strictObject({ head: z.number().int().min(0), today: IsoDay, items: z.array(Decision) });
export type DecisionsAnswer = z.infer<typeof DecisionsAnswer>;

/** `GET /holidays/proposals?region&year`: days that published calendars name; nothing is kept until a change set says so. */
export const HolidayProposals = z.strictObject({ items: z.array(z.strictObject({ date: IsoDay, name: z.string(), portion: z.number() })) });

/** `GET /holidays/regions`: what a region may be, by name. `calendar`: whether published calendars know its holidays. */
export const RegionsAnswer = z.strictObject({
  items: z.array(z.strictObject({ code: z.string(), name: z.string(), calendar: z.boolean() })),
});
export type RegionsAnswer = z.infer<typeof RegionsAnswer>;

/** `GET /sample`: sample records, and what was made by hand that names them and would go too. */
export const SampleView = z.strictObject({
  /** How many, by kind. */
  records: z.record(z.string(), z.number().int()),
  madeByHand: z.array(z.strictObject({ kind: z.string(), id: Ulid, text: z.string() })),
});

/**
 * `GET /skills`: every skill that people have, projects require or that has a record, once by name (`nameKey`), as its record calls it or
 * else in the spelling used most, and how many people have it. `twice` are people and projects that hold it in two spellings: one of `POST /skills/merge` mends them.
 */
export const SkillsAnswer = z.strictObject({
  items: z.array(
    z.strictObject({
      skill: z.string(),
      people: z.number().int(),
      projects: z.number().int(),
      spellings: z.array(z.strictObject({ spelling: z.string(), uses: z.number().int() })),
      twice: z.strictObject({ people: z.array(Ulid), projects: z.array(Ulid) }),
      /** The record that names it; left out where a skill is used and has none. */
      record: SkillView.pick({ id: true, version: true, spellings: true }).optional(),
    }),
  ),
});
export type SkillsAnswer = z.infer<typeof SkillsAnswer>;

/**
 * `POST /skills/merge`: everywhere `spellings` (and all that are the same name) become `skill`; of two levels the higher stays. Of records
 * that bear one of these names one is left, with all of them.
 */
export const SkillMerge = z.strictObject({
  id: Ulid,
  skill: nameOf(120),
  spellings: z.array(z.string().min(1).max(120)).min(1).max(100),
  reason: z.string().trim().max(2000).optional(),
});
export type SkillMerge = z.infer<typeof SkillMerge>;
