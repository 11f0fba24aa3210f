import { z } from 'zod';
import { Instant, IsoWeek, nameOf, Ulid } from '../common.ts';
import { defaultCurrency } from './money.ts';
import {
  Assignment,
  Budget,
  Holiday,
  LeaveLength,
  Move,
  Opening,
  Person,
  Project,
  Rate,
  RecordKind,
  SavedView,
  Settings,
  Skill,
  SkillLevel,
  Team,
  TimeOff,
  Volunteer,
  WeekNote,
  Wish,
} from './records.ts';

const Version = z.number().int().min(1);

const Name = nameOf(120);
const Region = nameOf(20);
const Skills = z
  .array(SkillLevel.extend({ skill: Name }))
  .max(100)
  .default([]);

/** Bodies of a record without its id, with its defaults; what a rule writes (`accepted`) is not taken from outside. */
export const PersonBody = Person.omit({ id: true }).extend({
  region: Region.nullable().default(null),
  moves: z
    .array(Move.extend({ region: Region.nullable() }))
    .max(50)
    .optional(),
  contract: Person.shape.contract.default({ from: null, to: null }),
  skills: Skills,
  private: Person.shape.private.extend({ name: Name }),
  operationsShare: Person.shape.operationsShare.default(0.05),
  employment: Person.shape.employment.default('employed'),
  timeZone: Person.shape.timeZone.default('UTC'),
  sample: z.boolean().default(false),
});
export const ProjectBody = Project.omit({ id: true }).extend({
  name: Name,
  client: nameOf(120, 0).default(''),
  description: Project.shape.description.default(''),
  to: Project.shape.to.default(null),
  state: Project.shape.state.default('agreed'),
  priority: Project.shape.priority.default(3),
  policy: Project.shape.policy.default('sidekick'),
  minimumHours: Project.shape.minimumHours.default(4),
  wantedHours: Project.shape.wantedHours.default(8),
  requiredSkills: Skills,
  sample: z.boolean().default(false),
});
export const AssignmentBody = Assignment.omit({ id: true, accepted: true, private: true }).extend({
  to: Assignment.shape.to.default(null),
  state: Assignment.shape.state.default('confirmed'),
  /** The reason is kept by the rules; in a patch a note of null is none. */
  private: z.strictObject({ note: z.string().max(2000).nullable().optional() }).optional(),
  sample: z.boolean().default(false),
});
export const TimeOffBody = TimeOff.omit({ id: true, accepted: true }).extend({
  amount: TimeOff.shape.amount.default({ portion: 1 }),
  state: TimeOff.shape.state.default('requested'),
  private: z
    .strictObject({ kind: z.string().max(60).nullable().default(null), note: z.string().max(2000).nullable().default(null) })
    .default({ kind: null, note: null }),
  sample: z.boolean().default(false),
});
export const HolidayBody = Holiday.omit({ id: true }).extend({
  region: Region,
  name: Name,
  portion: Holiday.shape.portion.default(1),
  sample: z.boolean().default(false),
});
export const TeamBody = Team.omit({ id: true }).extend({
  name: Name,
  people: Team.shape.people.default([]),
  lead: Team.shape.lead.default(null),
  sample: z.boolean().default(false),
});
export const SkillBody = Skill.omit({ id: true }).extend({
  name: Name,
  spellings: z.array(Name).max(100).default([]),
  sample: z.boolean().default(false),
});
export const RateBody = Rate.omit({ id: true }).extend({
  project: Rate.shape.project.default(null),
  sample: z.boolean().default(false),
});
export const BudgetBody = Budget.omit({ id: true }).extend({
  money: Budget.shape.money.default(null),
  hours: Budget.shape.hours.default(null),
  sample: z.boolean().default(false),
});
export const SettingsBody = Settings.omit({ id: true }).extend({
  currency: Settings.shape.currency.default(defaultCurrency),
  sample: z.boolean().default(false),
});
export const VolunteerBody = Volunteer.omit({ id: true }).extend({
  private: z.strictObject({ note: Volunteer.shape.private.shape.note.default(null) }).default({ note: null }),
  sample: z.boolean().default(false),
});
export const WishBody = Wish.omit({ id: true }).extend({ skill: Name, sample: z.boolean().default(false) });
export const OpeningBody = Opening.omit({ id: true }).extend({
  to: Opening.shape.to.default(null),
  skills: Skills,
  private: z.strictObject({ note: Opening.shape.private.shape.note.default(null) }).default({ note: null }),
  sample: z.boolean().default(false),
});
export const SavedViewBody = SavedView.omit({ id: true }).extend({ name: Name, sample: z.boolean().default(false) });
export const WeekNoteBody = WeekNote.omit({ id: true }).extend({
  private: z.strictObject({ note: z.string().trim().min(1).max(2000).nullable() }),
  sample: z.boolean().default(false),
});
export const recordBodies = {
  person: PersonBody,
  project: ProjectBody,
  assignment: AssignmentBody,
  timeOff: TimeOffBody,
  holiday: HolidayBody,
  team: TeamBody,
  skill: SkillBody,
  rate: RateBody,
  budget: BudgetBody,
  settings: SettingsBody,
  volunteer: VolunteerBody,
  wish: WishBody,
  opening: OpeningBody,
  view: SavedViewBody,
  weekNote: WeekNoteBody,
} as const;

/**
 * One command of a change set. `create` takes the whole body (a ULID made by the client), `change` a JSON merge patch
 * (RFC 7396) on the version that was read, `delete` the version that was read.
 */
export const Command = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('create'), kind: RecordKind, id: Ulid, record: z.record(z.string(), z.unknown()) }),
  z.strictObject({
    do: z.literal('change'),
    kind: RecordKind,
    id: Ulid,
    version: Version,
    patch: z.record(z.string(), z.unknown()),
    /** Of a project that becomes agreed: which of its assignments are confirmed; all others become tentative. Absent: each stays as it is kept. */
    confirm: z.union([z.enum(['all', 'none']), z.array(Ulid).max(1000)]).optional(),
  }),
  z.strictObject({ do: z.literal('delete'), kind: RecordKind, id: Ulid, version: Version }),
]);
export type Command = z.infer<typeof Command>;

/** `POST /changes`. The same id again answers what is stored. `accept` names the codes of broken rules that a manager takes, with `reason`. */
export const ChangeRequest = z
  .strictObject({
    id: Ulid,
    commands: z.array(Command).min(1).max(5000),
    reason: z.string().trim().max(2000).optional(),
    accept: z.array(z.string().max(60)).max(20).default([]),
  })
  .meta({
    examples: [
      {
        id: '01KB9ZQ4T0C5W8J1M6R3V7X2YD',
        commands: [
          {
            ...{ do: 'create', kind: 'assignment', id: '01KB9ZQ4T0D6X9K2N7S4W8Y3ZE' },
            record: {
              ...{ person: '01KB9ZQ4T0E7Y0M3P8T5X9Z4AF', project: '01KB9ZQ4T0F8Z1N4Q9V6Y0A5BG', role: 'sidekick' },
              ...{ from: '2026-12-07', to: '2027-01-29', hoursPerWeek: 16, state: 'confirmed' },
            },
          },
        ],
        reason: 'Agreed in the capacity meeting',
        accept: ['over-allocated'],
      },
    ],
  });
export type ChangeRequest = z.infer<typeof ChangeRequest>;

/** `POST /people/{id}/redact`. `accounts` are those of the person: their name as the one who changed something goes too. */
export const RedactRequest = z.strictObject({ id: Ulid.optional(), accounts: z.array(z.string().min(1).max(60)).max(20).default([]) });
export type RedactRequest = z.infer<typeof RedactRequest>;

/** `not-accepted` breaks refuse the change set; `warning` never does. */
export const BrokenRule = z.strictObject({
  code: z.enum([
    'sidekick-leads',
    'over-allocated',
    'outside-contract',
    'outside-project',
    'joint-absence',
    'freelance-lead',
    'overlapping-leave',
    'leave-not-worked',
    'leave-over-day',
    'hours-freed',
    'hours-tentative',
    'other-units',
  ]),
  severity: z.enum(['rule', 'warning']),
  /** One sentence for a person, with names, days and hours. */
  message: z.string(),
  person: Ulid.nullable(),
  project: Ulid.nullable(),
  assignment: Ulid.nullable(),
  weeks: z.array(IsoWeek),
});
export type BrokenRule = z.infer<typeof BrokenRule>;
export type RuleCode = BrokenRule['code'];

/** The kind of a record in an answer: one that is not in `RecordKind` is known to a newer release alone. */
export const KindName = z.string().min(1).max(60);

/** Before and after of one record; null where it is not there. A kind that the reader may not read is not among the changes. */
export const RecordChange = z.strictObject({
  kind: KindName,
  id: Ulid,
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type RecordChange = z.infer<typeof RecordChange>;

/** A change set as `GET /changes` answers it; private parts are blanked for those who may not read them. */
export const ChangeSetView = z.strictObject({
  number: z.number().int().min(1),
  id: Ulid,
  at: Instant,
  by: z.strictObject({ account: z.string(), name: z.string() }),
  reason: z.string().nullable(),
  accepted: z.array(z.string()),
  undoes: z.number().int().nullable(),
  /** Number of the change set that undid this one. */
  undoneBy: z.number().int().nullable(),
  /** One sentence, e.g. "Noor Haddad sidekick on Atlas, 8 h a week, 7 Dec – 27 Dec". */
  summary: z.string(),
  /** All of them; where one record is asked about, those of it and of what names it. A list has the first 20, and says so in `all`. */
  changes: z.array(RecordChange),
  /** In a list, where `changes` are not all: how many there are, and of which kinds. `GET /changes/{number}` has each. */
  all: z.strictObject({ changes: z.number().int(), kinds: z.array(KindName) }).optional(),
  /** Of the reader's own change sets: whether it can be taken back now, and by which change sets it was overtaken. */
  undo: z.strictObject({ possible: z.boolean(), why: z.string().nullable(), changedBy: z.array(z.number().int()) }).optional(),
});
export type ChangeSetView = z.infer<typeof ChangeSetView>;

/** An account that changed something, by the name that it had when it did so last, and the number of that change set. */
export const ChangeAuthor = z.strictObject({ account: z.string(), name: z.string(), newest: z.number().int().min(1) });
export type ChangeAuthor = z.infer<typeof ChangeAuthor>;
export const ChangeAuthors = z.strictObject({ items: z.array(ChangeAuthor) });

/** What the refusal `changed-since` of an undo tells in `changedBy`: the newest change sets that came over it, ascending; `numbers` are all. */
export const LaterChange = ChangeSetView.pick({ number: true, at: true, by: true, summary: true });
export type LaterChange = z.infer<typeof LaterChange>;

/** Answer to `POST /changes/preview`: what saving would break and what the touched weeks look like before and after. */
export const PreviewAnswer = z.strictObject({
  head: z.number().int().min(0),
  broken: z.array(BrokenRule),
  coverage: z.array(z.strictObject({ project: Ulid, week: IsoWeek, before: z.string().nullable(), after: z.string().nullable() })),
  load: z.array(
    z.strictObject({
      person: Ulid,
      week: IsoWeek,
      /** Confirmed effective hours and net hours of the week. */
      before: z.strictObject({ hours: z.number(), net: z.number() }),
      after: z.strictObject({ hours: z.number(), net: z.number() }),
    }),
  ),
  /** What each leave that is asked for or changed takes of the person's pattern. */
  leave: z.array(LeaveLength.extend({ timeOff: Ulid })).optional(),
});
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;
