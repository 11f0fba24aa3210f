import { z } from 'zod';
import { IsoDay, IsoWeek, Ulid } from '../common.ts';
import { CoverageState } from './figures.ts';

/** `GET /decisions?weeks`: what needs a decision from today on, most urgent first. */
export const DecisionsQuery = z.strictObject({ weeks: z.coerce.number().int().min(1).max(104).default(16) });

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
  }),
  z.strictObject({ kind: z.literal('open-lead'), ...dated, project: Ulid }),
  z.strictObject({
    kind: z.literal('leave-request'),
    ...dated,
    person: Ulid,
    timeOff: Ulid,
    lostCover: z.number().int(),
    strandedHours: z.number(),
  }),
  z.strictObject({ kind: z.literal('over-allocated'), ...dated, person: Ulid, hours: z.number() }),
  z.strictObject({ kind: z.literal('proposal'), ...dated, project: Ulid }),
  z.strictObject({ kind: z.literal('contract-end'), ...dated, person: Ulid }),
]);
export type Decision = z.infer<typeof Decision>;
export const DecisionsAnswer = z.strictObject({ head: z.number().int().min(0), today: IsoDay, items: z.array(Decision) });
export type DecisionsAnswer = z.infer<typeof DecisionsAnswer>;

/** `GET /holidays/proposals?region&year`: days that published calendars name; nothing is kept until a change set says so. */
export const HolidayProposals = z.strictObject({ items: z.array(z.strictObject({ date: IsoDay, name: z.string(), portion: z.number() })) });

/** `GET /sample`: sample records, and what was made by hand that names them and would go too. */
export const SampleView = z.strictObject({
  records: z.strictObject({
    person: z.number().int(),
    project: z.number().int(),
    assignment: z.number().int(),
    timeOff: z.number().int(),
    holiday: z.number().int(),
  }),
  madeByHand: z.array(z.strictObject({ kind: z.string(), id: Ulid, text: z.string() })),
});

/** `GET /skills`: every skill that people have or projects require, by name, and how many people have it. */
export const SkillsAnswer = z.strictObject({ items: z.array(z.strictObject({ skill: z.string(), people: z.number().int() })) });
