import { z } from 'zod';
import { IsoDay, IsoWeek, TimeZone, Ulid } from '../common.ts';

/** A name as it may be stored; bodies take names by `nameOf` alone. */
const Word = z.string().min(1).max(120);
const Text = z.string().max(2000);
/** Hours a day. */
const DayHours = z.number().min(0).max(24);

export const SkillLevel = z.strictObject({ skill: Word, level: z.number().int().min(1).max(5) });
export type SkillLevel = z.infer<typeof SkillLevel>;
/** What was stored before names had one form may hold a skill in two spellings (`nameKey`); nothing new may. */
const Skills = z.array(SkillLevel).max(100);

/** Weekly pattern in force from a day on: hours of Monday to Sunday. */
export const Pattern = z.strictObject({ from: IsoDay, hours: z.array(DayHours).length(7) });
export type Pattern = z.infer<typeof Pattern>;

/** The last day of a range; null is open. */
const OpenEnd = IsoDay.nullable();

/** Another region of holidays from a day on. */
export const Move = z.strictObject({ from: IsoDay, region: z.string().min(1).max(20).nullable() });
export type Move = z.infer<typeof Move>;

export const Person = z.strictObject({
  id: Ulid,
  employment: z.enum(['employed', 'freelance']),
  timeZone: TimeZone,
  /** Region of the holiday calendar, e.g. `PT`, one of `GET /holidays/regions`; null has no holidays. */
  region: z.string().min(1).max(20).nullable(),
  /** Regions that follow it, each from a day on; absent: none does. The time zone stays. */
  moves: z.array(Move).max(50).optional(),
  patterns: z.array(Pattern).max(50),
  contract: z.strictObject({ from: IsoDay.nullable(), to: OpenEnd }),
  skills: Skills,
  /** Part of net capacity kept free of projects, 0-1. */
  operationsShare: z.number().min(0).max(1),
  /** Words about a person; blanked by redaction, never in a log line. */
  private: z.strictObject({ name: Word, email: z.email().max(200).nullable(), note: Text.nullable() }),
  sample: z.boolean(),
});
export type Person = z.infer<typeof Person>;

export const Project = z.strictObject({
  id: Ulid,
  name: Word,
  client: z.string().max(120),
  description: Text,
  from: IsoDay,
  to: OpenEnd,
  state: z.enum(['proposal', 'agreed', 'lost']),
  /** 1 is first. */
  priority: z.number().int().min(1).max(99),
  policy: z.enum(['sidekick', 'no-sidekick']),
  /** Effective sidekick hours a week below which a week is `thin`. */
  minimumHours: z.number().min(0).max(168),
  /** Sidekick hours a week that the project wants; measures the hours of a gap. */
  wantedHours: z.number().min(0).max(168),
  requiredSkills: Skills,
  /** The dates that it had before it slipped the first time; absent while it has not. */
  baseline: z.strictObject({ from: IsoDay, to: OpenEnd }).optional(),
  sample: z.boolean(),
});
export type Project = z.infer<typeof Project>;

export const AssignmentRole = z.enum(['lead', 'sidekick', 'contributor']);
export type AssignmentRole = z.infer<typeof AssignmentRole>;

export const Assignment = z.strictObject({
  id: Ulid,
  person: Ulid,
  project: Ulid,
  role: AssignmentRole,
  from: IsoDay,
  to: OpenEnd,
  hoursPerWeek: z.number().min(0).max(168),
  state: z.enum(['confirmed', 'tentative']),
  /** Codes of the rules that a manager accepted as broken when saving. Why, and a note on the work (absent: none), are for the person and managers. */
  accepted: z.array(z.string().max(60)).max(20),
  private: z.strictObject({ reason: Text.nullable(), note: Text.optional() }),
  sample: z.boolean(),
});
export type Assignment = z.infer<typeof Assignment>;

export const TimeOff = z.strictObject({
  id: Ulid,
  person: Ulid,
  from: IsoDay,
  to: IsoDay,
  /** What each day of the range loses: a portion of the day's hours (0-1], or hours. */
  amount: z.union([z.strictObject({ portion: z.number().gt(0).max(1) }), z.strictObject({ hours: z.number().gt(0).max(24) })], {
    error: 'A portion of each day (0-1) or hours of each day (0-24), not both; in a patch send the other as null',
  }),
  state: z.enum(['requested', 'approved', 'declined']),
  /** For the person and managers; everyone else sees "away". */
  private: z.strictObject({ kind: z.string().max(60).nullable(), note: Text.nullable(), reason: Text.nullable() }),
  accepted: z.array(z.string().max(60)).max(20),
  /** What was asked for at once, such as every second Friday, names the same set; absent: it was asked for by itself. */
  set: Ulid.optional(),
  sample: z.boolean(),
});
export type TimeOff = z.infer<typeof TimeOff>;

export const Holiday = z.strictObject({
  id: Ulid,
  /** `*` is every region: a day off for everybody. */
  region: z.string().min(1).max(20),
  date: IsoDay,
  name: Word,
  /** Portion of the day that is off, (0-1]. */
  portion: z.number().gt(0).max(1),
  sample: z.boolean(),
});
export type Holiday = z.infer<typeof Holiday>;

/** A named set of people, one of whom may lead it. Whoever leaves the group leaves it. */
export const Team = z.strictObject({
  id: Ulid,
  name: Word,
  people: z.array(Ulid).max(500),
  /** One of `people`. */
  lead: Ulid.nullable(),
  sample: z.boolean(),
});
export type Team = z.infer<typeof Team>;

/** One name for a skill in the group. People and projects name skills by words: in any of the spellings it is this one. */
export const Skill = z.strictObject({
  id: Ulid,
  name: Word,
  /** What else it is called; no two records share one (`nameKey`). */
  spellings: z.array(Word).max(100),
  sample: z.boolean(),
});
export type Skill = z.infer<typeof Skill>;

/** A person offers to back up a project. What they say to it is for them and managers. */
export const Volunteer = z.strictObject({
  id: Ulid,
  person: Ulid,
  project: Ulid,
  private: z.strictObject({ note: Text.nullable() }),
  sample: z.boolean(),
});
export type Volunteer = z.infer<typeof Volunteer>;

/** A person wants to learn a skill, which is named by its word as in `Person.skills`. */
export const Wish = z.strictObject({ id: Ulid, person: Ulid, skill: Word, sample: z.boolean() });
export type Wish = z.infer<typeof Wish>;

/**
 * An open place: work on a project that nobody does yet. It is wanted and never work, so no other figure knows it. `skills` are asked of
 * whoever fills it. The note is for managers.
 */
export const Opening = z.strictObject({
  id: Ulid,
  project: Ulid,
  role: AssignmentRole,
  from: IsoDay,
  to: OpenEnd,
  hoursPerWeek: z.number().gt(0).max(168),
  skills: Skills,
  private: z.strictObject({ note: Text.nullable() }),
  sample: z.boolean(),
});
export type Opening = z.infer<typeof Opening>;

/** What an hour of a person costs from a day on, in minor units of the installation's currency. For managers alone. */
export const Rate = z.strictObject({
  id: Ulid,
  person: Ulid,
  /** Null: on every project that has no rate of its own for the person. */
  project: Ulid.nullable(),
  from: IsoDay,
  amount: z.number().int().min(0).max(1_000_000_000),
  sample: z.boolean(),
});
export type Rate = z.infer<typeof Rate>;

/** What a project may cost, in minor units of the installation's currency, in hours or in both. For managers alone. */
export const Budget = z.strictObject({
  id: Ulid,
  project: Ulid,
  money: z.number().int().min(0).max(10_000_000_000_000).nullable(),
  hours: z.number().min(0).max(10_000_000).nullable(),
  sample: z.boolean(),
});
export type Budget = z.infer<typeof Budget>;

/** What managers note on a week of a project; one a week. For managers alone. Null: somebody who has been made anonymous stood in it. */
export const WeekNote = z.strictObject({
  id: Ulid,
  project: Ulid,
  week: IsoWeek,
  private: z.strictObject({ note: Text.nullable() }),
  sample: z.boolean(),
});
export type WeekNote = z.infer<typeof WeekNote>;

/** What holds for the whole installation; there is one such record at most. */
export const Settings = z.strictObject({
  id: Ulid,
  /** ISO 4217: amounts are counted in its minor units. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'Three letters such as EUR'),
  sample: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** What a screen shows, saved under a name for everybody. */
export const SavedView = z.strictObject({
  id: Ulid,
  name: Word,
  screen: z.string().regex(/^[a-z][a-z-]{0,39}$/, 'A screen such as timeline'),
  /** As an address holds it, without the question mark; days are told from today on. A screen applies what it knows of it. */
  query: z
    .string()
    .max(2000)
    .regex(/^[!-~]*$/, 'As an address holds it, without blanks'),
  sample: z.boolean(),
});
export type SavedView = z.infer<typeof SavedView>;

/** Every kind of record of the staffing log, by the word that names it in a change. */
export const records = {
  person: Person,
  project: Project,
  assignment: Assignment,
  timeOff: TimeOff,
  holiday: Holiday,
  team: Team,
  skill: Skill,
  rate: Rate,
  budget: Budget,
  settings: Settings,
  volunteer: Volunteer,
  wish: Wish,
  opening: Opening,
  view: SavedView,
  weekNote: WeekNote,
} as const;
export type RecordKind = keyof typeof records;
export const RecordKind = z.enum([
  'person',
  'project',
  'assignment',
  'timeOff',
  'holiday',
  'team',
  'skill',
  'rate',
  'budget',
  'settings',
  'volunteer',
  'wish',
  'opening',
  'view',
  'weekNote',
]);
export type Records = { [K in RecordKind]: z.infer<(typeof records)[K]> };

const versioned = { version: z.number().int().min(1) };
/** A record as the API answers it: `version` is the number of the change set that last changed it, and its ETag. */
export const PersonView = Person.extend(versioned);
export const ProjectView = Project.extend(versioned);
export const AssignmentView = Assignment.extend(versioned);
export const HolidayView = Holiday.extend(versioned);
export const TeamView = Team.extend(versioned);
export const SkillView = Skill.extend(versioned);
export const RateView = Rate.extend(versioned);
export const BudgetView = Budget.extend(versioned);
export const SettingsView = Settings.extend(versioned);
/** What leave takes of the person's pattern, holidays aside: halves of days are .5. */
export const LeaveLength = z.strictObject({ days: z.number().min(0), hours: z.number().min(0) });
export type LeaveLength = z.infer<typeof LeaveLength>;
/** `private` is null for anyone but the person and managers. `length` is there where a list is read. */
export const TimeOffView = TimeOff.extend({ ...versioned, private: TimeOff.shape.private.nullable(), length: LeaveLength.optional() });
/** `private` is null for anyone but the person and managers. */
export const VolunteerView = Volunteer.extend({ ...versioned, private: Volunteer.shape.private.nullable() });
export const WishView = Wish.extend(versioned);
/** `private` is null for anyone but managers. */
export const OpeningView = Opening.extend({ ...versioned, private: Opening.shape.private.nullable() });
export const SavedViewView = SavedView.extend(versioned);
export const WeekNoteView = WeekNote.extend(versioned);
export type PersonView = z.infer<typeof PersonView>;
export type ProjectView = z.infer<typeof ProjectView>;
export type AssignmentView = z.infer<typeof AssignmentView>;
export type TimeOffView = z.infer<typeof TimeOffView>;
export type HolidayView = z.infer<typeof HolidayView>;
export type TeamView = z.infer<typeof TeamView>;
export type SkillView = z.infer<typeof SkillView>;
export type RateView = z.infer<typeof RateView>;
export type BudgetView = z.infer<typeof BudgetView>;
export type SettingsView = z.infer<typeof SettingsView>;
export type VolunteerView = z.infer<typeof VolunteerView>;
export type WishView = z.infer<typeof WishView>;
export type OpeningView = z.infer<typeof OpeningView>;
export type SavedViewView = z.infer<typeof SavedViewView>;
export type WeekNoteView = z.infer<typeof WeekNoteView>;
