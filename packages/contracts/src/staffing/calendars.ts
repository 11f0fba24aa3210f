import { z } from 'zod';
import { Instant, IsoDay, Ulid } from '../common.ts';
import { Assignment, AssignmentRole, TimeOff } from './records.ts';

/** Days of an entry, both included. `changedAt` and `version` are of the change set that last touched what it shows. */
const entry = { from: IsoDay, to: IsoDay, changedAt: Instant, version: z.number().int().min(1) };
/** Whether it is agreed: what is asked for, proposed or tentative is not. */
const tentative = z.boolean();

/** One's own work on a project. `open`: it has no end, and `to` is as far as calendars show it. */
export const WorkEntry = z.strictObject({
  kind: z.literal('work'),
  id: Ulid,
  ...entry,
  project: z.string(),
  role: AssignmentRole,
  hoursPerWeek: Assignment.shape.hoursPerWeek,
  open: z.boolean(),
  tentative,
});
/** One's own leave: neither its kind nor a note. */
export const LeaveEntry = z.strictObject({ kind: z.literal('leave'), id: Ulid, ...entry, amount: TimeOff.shape.amount, tentative });
/** Weeks of a project with the same crew; `tentative` where nobody of it is agreed. */
export const CrewEntry = z.strictObject({
  kind: z.literal('crew'),
  id: Ulid,
  ...entry,
  project: z.string(),
  people: z.array(z.strictObject({ name: z.string(), role: AssignmentRole, hoursPerWeek: z.number(), tentative })),
  tentative,
});
/** Somebody is away, and nothing else of it. */
export const AwayEntry = z.strictObject({
  kind: z.literal('away'),
  id: Ulid,
  ...entry,
  person: z.string(),
  amount: TimeOff.shape.amount,
});
export const CalendarEntry = z.discriminatedUnion('kind', [WorkEntry, LeaveEntry, CrewEntry, AwayEntry]);
export type CalendarEntry = z.infer<typeof CalendarEntry>;

/** `GET /calendars/...`: what a calendar program shows of a person, a project or the group's absences; the same whoever asks, so nothing private. */
export const CalendarView = z.strictObject({ name: z.string(), entries: z.array(CalendarEntry) });
export type CalendarView = z.infer<typeof CalendarView>;
