import { z } from 'zod';
import { digits, IsoDay, Ulid } from '../common.ts';
import { BrokenRule, ChangeSetView, KindName } from './changes.ts';
import { TimelineRows } from './figures.ts';

/**
 * What a browser holds and wants brought up: the query of `GET /changes?after=`, and in the same form the header `Staffing-Follow` of a
 * write, whose answer then holds the same. A part of an older release refuses the query and passes by the header.
 */
export const FollowQuery = z.strictObject({
  /** The head at which the oldest of it was read. */
  after: digits(z.int().min(0)),
  /** `Staffing-View` of the answers that it was read in. */
  view: z.string().min(1).max(200),
  /** First and last week of the timeline held, with `/day` behind them where it is held by day. */
  weeks: z
    .string()
    .regex(/^\d{4}-W[0-5]\d\/\d{4}-W[0-5]\d(\/day)?$/, 'Two weeks such as 2026-W49/2027-W22')
    .optional(),
  /** How many of the newest change sets are held. */
  history: digits(z.int().min(1).max(200)).optional(),
});
export type FollowQuery = z.infer<typeof FollowQuery>;

/** What is to be said now of a change set that stays as it is: by which it was undone, what its records are called, whether it can be taken back. */
const Standing = ChangeSetView.pick({ number: true, undoneBy: true, summary: true, undo: true });

const at = {
  /** Everything up to this change set is in it. */
  head: z.number().int().min(0),
  /** In which database and as whose eyes it was read: what was read in another view is no base for it. */
  view: z.string(),
};
/**
 * Records, change sets and figures as they stand at `head`, of what may have changed after `after`; put over what was read at any head
 * from `after` on, it makes what would be read now.
 */
export const ChangesSince = z.discriminatedUnion('reset', [
  /** Too much has changed, or nothing can be put over what is held (another database, other rights, a redaction): fetch it again. */
  z.strictObject({ ...at, reset: z.literal(true) }),
  z.strictObject({
    ...at,
    reset: z.literal(false),
    /** Records as lists answer them; null: gone. */
    items: z.array(z.strictObject({ kind: KindName, id: Ulid, record: z.record(z.string(), z.unknown()).nullable() })),
    /** Change sets after `after`, newest first. */
    changes: z.array(ChangeSetView),
    /** Of those up to `after`, among the newest `history`. */
    standing: z.array(Standing),
    /** The installation's day, on which figures depend as well. */
    today: IsoDay,
    /** Null where no weeks were named, or so many rows may differ that the timeline is better read again. */
    timeline: TimelineRows.nullable(),
  }),
]);
export type ChangesSince = z.infer<typeof ChangesSince>;

/** Answer to `POST /changes`: the records as they stand now (null: deleted). */
export const ChangeAnswer = z.strictObject({
  number: z.number().int().min(1),
  items: z.array(
    z.strictObject({ kind: KindName, id: Ulid, version: z.number().int().min(1), record: z.record(z.string(), z.unknown()).nullable() }),
  ),
  warnings: z.array(BrokenRule),
  /** What a writer who named it in `Staffing-Follow` holds, brought up; absent where that could not be told. */
  followed: ChangesSince.optional(),
});
export type ChangeAnswer = z.infer<typeof ChangeAnswer>;
