import { z } from 'zod';
import { IsoDay, nameOf, Ulid } from '../common.ts';
import { TimeOff } from './records.ts';

/** Bytes of a calendar that is brought in. */
export const largestCalendar = 5 * 1024 * 1024;

/** Why a calendar is not read at all. */
export const calendarRefusals = ['binary', 'empty', 'not-a-calendar', 'cut-short', 'too-big', 'too-costly', 'too-many-events'] as const;
export type CalendarRefusal = (typeof calendarRefusals)[number];

/** Why an event, or a part of it, did not become leave. */
export const calendarTold = [
  'bad-line',
  'no-start',
  'two-starts',
  'bad-end',
  'bad-rule',
  'many-repeats',
  'long-repeats',
  'this-and-future',
  'unknown-zone',
  'past',
  'too-far',
  'too-long',
  'other-words',
  'nobody',
  'two-people',
  'no-hours',
  'own-feed',
  'cancelled',
  'changed-here',
  'removed-here',
  'declined-here',
  'approved-already',
] as const;
export const CalendarTold = z.strictObject({
  why: z.enum(calendarTold),
  uid: z.string().nullable(),
  /** As the event says it: for whoever brings it in alone. */
  summary: z.string().nullable(),
});
export type CalendarTold = z.infer<typeof CalendarTold>;

const Bytes = z
  .base64()
  .max(Math.ceil((largestCalendar / 3) * 4) + 4)
  .meta({ examples: ['QkVHSU46VkNBTEVOREFSDQpFTkQ6VkNBTEVOREFSDQo='] });

/** `POST /calendars/preview`: what would become leave, and for whom. */
export const CalendarImport = z.strictObject({
  file: z.strictObject({ name: z.string().min(1).max(200), bytes: Bytes }),
  /** Whose leave it is; null (managers alone): by the e-mail addresses or the name that an event holds. */
  person: Ulid.nullable(),
  /** Events that ended before stay out; today where it is left out. */
  from: IsoDay.optional(),
  /** Events whose name holds one of these alone; none: all of them. */
  words: z.array(nameOf(60)).max(10).default([]),
  /** Whose an event is that names nobody, or somebody else. */
  people: z
    .array(z.strictObject({ uid: z.string().max(1000), person: Ulid }))
    .max(500)
    .default([]),
});
export type CalendarImport = z.infer<typeof CalendarImport>;

/** `POST /calendars/import`: one change set of what was shown, less what is left out; or nothing. */
export const CalendarCommit = CalendarImport.extend({
  /** Of the change set: the same again is done once. */
  id: Ulid,
  /** Of the preview: what came otherwise since is refused (409 `other-preview`). */
  digest: z.string().max(100),
  /** Keys of items that stay as they are. */
  without: z.array(z.string().max(100)).max(5_000).default([]),
  /** Leave of events that are there no more, to be removed. */
  remove: z.array(Ulid).max(5_000).default([]),
  accept: z.array(z.string().max(60)).max(20).default([]),
  reason: z.string().trim().max(2000).optional(),
});
export type CalendarCommit = z.infer<typeof CalendarCommit>;

const days = { from: IsoDay, to: IsoDay, amount: TimeOff.shape.amount };
/** Leave that an event asks for. Several where a part of its days is off in part. */
export const CalendarItem = z.strictObject({
  /** Names it in `without`. */
  key: z.string(),
  id: Ulid,
  uid: z.string(),
  summary: z.string().nullable(),
  person: Ulid,
  ...days,
  what: z.enum(['new', 'changed', 'same']),
  /** As it stands, of one that changed. */
  before: z.strictObject(days).nullable(),
});
export type CalendarItem = z.infer<typeof CalendarItem>;

export const CalendarPreview = z.union([
  z.strictObject({
    /** As the calendar calls itself. */
    name: z.string().nullable(),
    items: z.array(CalendarItem),
    /** Leave that came from this calendar, of events that are in it no more. */
    vanished: z.array(z.strictObject({ id: Ulid, person: Ulid, ...days })),
    /** At most 200; `more` were left out. */
    told: z.array(CalendarTold),
    more: z.number().int().min(0),
    digest: z.string(),
  }),
  z.strictObject({ refused: z.enum(calendarRefusals), words: z.string() }),
]);
export type CalendarPreview = z.infer<typeof CalendarPreview>;

/** `number` is the change set; null: there was nothing to do. */
export const CalendarImported = z.strictObject({
  number: z.number().int().nullable(),
  made: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
});
export type CalendarImported = z.infer<typeof CalendarImported>;
