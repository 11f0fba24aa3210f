import { z } from 'zod';
import { IsoDay, nameOf, TimeZone, Ulid } from '../common.ts';
import { BrokenRule } from './changes.ts';
import { AssignmentRole } from './records.ts';
import { SheetReading, SheetRefused } from './sheets.ts';

const Row = z.int().min(1).max(20_000);
const Column = z.int().min(1).max(1_000);
const Name = z.string().min(1).max(2_000);

/** Who or what a name of the sheet is: a record that stands here, another name of the sheet, a new record, or nobody. */
export const SheetNameIs = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('record'), id: Ulid }),
  z.strictObject({ is: z.literal('name'), name: Name }),
  z.strictObject({ is: z.literal('new') }),
  z.strictObject({ is: z.literal('out') }),
]);
export type SheetNameIs = z.infer<typeof SheetNameIs>;

const NameChoice = z.strictObject({ name: Name, as: SheetNameIs });

/** What whoever sends a sheet says of its reading. Names are those of the sheet, in any case and spacing. */
export const SheetCorrections = z.strictObject({
  /** Cells retyped, read by the same rules; a blank one counts as empty. A merged cell is retyped at any of its places. */
  cells: z
    .array(z.strictObject({ row: Row, column: Column, text: z.string().max(2_000) }))
    .max(5_000)
    .default([]),
  /** Of the first head, where no head has one. */
  year: z.int().min(2000).max(2099).nullable().default(null),
  people: z.array(NameChoice).max(5_000).default([]),
  projects: z.array(NameChoice).max(5_000).default([]),
  /** What a person works in a week, in hours and days. */
  weeks: z
    .array(z.strictObject({ name: Name, hours: z.number().min(0).max(168), days: z.number().min(0).max(7).nullable().default(null) }))
    .max(5_000)
    .default([]),
  /** The role of all that a person does on a project. */
  roles: z
    .array(z.strictObject({ person: Name, project: Name, role: AssignmentRole }))
    .max(20_000)
    .default([]),
  /** What new people get; null hours are those of the sheet, or 40 in five days. */
  newPeople: z
    .strictObject({
      region: nameOf(20).nullable().default(null),
      timeZone: TimeZone.default('UTC'),
      hours: z.array(z.number().min(0).max(24)).length(7).nullable().default(null),
    })
    .default({ region: null, timeZone: 'UTC', hours: null }),
  /** Records that stand here and stay as they are, whatever the sheet says. */
  keep: z.array(Ulid).max(5_000).default([]),
  /** Records that were made by hand, are not in the sheet, and go. */
  remove: z.array(Ulid).max(5_000).default([]),
});
export type SheetCorrections = z.infer<typeof SheetCorrections>;

/** A sheet of 10 MB as base64. */
const longestContent = Math.ceil((10 * 1024 * 1024) / 3) * 4;

/** `POST /staffing-sheets/moves/preview`: a sheet by its bytes, with what is said of its reading. */
export const SheetMove = z.strictObject({
  /** Of the file, whose ending says whether it is a workbook or CSV. */
  name: z.string().trim().min(1).max(300),
  /** The bytes of the file as base64. */
  content: z.string().min(4).max(longestContent),
  corrections: SheetCorrections.prefault({}),
});
export type SheetMove = z.infer<typeof SheetMove>;

/**
 * `POST /staffing-sheets/commit`. The same id again answers what is stored. `expects` is the `digest` of a preview: other changes than it
 * told are refused with 409 `other-changes`. `reason` takes the place of "Moved in from …".
 */
export const SheetCommit = SheetMove.extend({
  id: Ulid,
  expects: z.string().max(100).optional(),
  reason: z.string().trim().min(1).max(2_000).optional(),
});
export type SheetCommit = z.infer<typeof SheetCommit>;

/** The cells of a sheet that hold something, as they read, with what was retyped. */
export const SheetGrid = z.strictObject({
  rows: z.array(z.strictObject({ row: Row, cells: z.array(z.tuple([Column, z.string()])) })),
  columns: z.int().min(0),
  /** Null where no header was found. */
  header: Row.nullable(),
  /** The days of the heads, the Monday of a week. */
  heads: z.array(z.strictObject({ column: Column, day: IsoDay })),
});
export type SheetGrid = z.infer<typeof SheetGrid>;

const Called = z.strictObject({ id: Ulid, name: z.string() });
const nameRead = {
  name: z.string(),
  /** `here`: a record that stands here; `same`: another name of the sheet. */
  as: z.enum(['here', 'same', 'new', 'out']),
  /** That record, or that other name. */
  here: Called.nullable(),
  same: z.string().nullable(),
  /** Records and names of the sheet that differ by a slip of the hand. */
  near: z.array(Called),
  nearNames: z.array(z.string()),
};

const SheetKind = z.enum(['person', 'project', 'assignment', 'timeOff']);
const place = { row: Row.nullable(), column: Column.nullable() };

export const SheetChange = z.strictObject({
  do: z.enum(['create', 'change', 'delete']),
  kind: SheetKind,
  /** Of a record that stands here. */
  id: Ulid.nullable(),
  /** A sentence, e.g. "Noor Haddad sidekick on Atlas, 8 h a week, 7 Dec – 27 Dec". */
  words: z.string(),
  /** How it stood before. */
  was: z.string().nullable(),
  /** A record that somebody made or changed here since a sheet last did. */
  byHand: z.boolean(),
  ...place,
});
export type SheetChange = z.infer<typeof SheetChange>;

/** What stands here in the weeks of the sheet, of people who are in it, and is not in the sheet; `goes`: it will be removed. */
export const SheetMissing = z.strictObject({
  kind: SheetKind,
  id: Ulid,
  words: z.string(),
  byHand: z.boolean(),
  goes: z.boolean(),
});
export type SheetMissing = z.infer<typeof SheetMissing>;

export const SheetMoveRead = z.strictObject({
  reading: SheetReading,
  grid: SheetGrid,
  /** First and last day of the sheet. */
  range: z.strictObject({ from: IsoDay, to: IsoDay }).nullable(),
  people: z.array(
    z.strictObject({
      ...nameRead,
      /** Of a week, as the sheet or a correction says; null: neither does. */
      hours: z.number().nullable(),
      /** Of the record that stands here. */
      hoursHere: z.number().nullable(),
    }),
  ),
  projects: z.array(z.strictObject({ ...nameRead, from: IsoDay.nullable(), to: IsoDay.nullable() })),
  /** Whoever works on a project, as what, and with how many hours in all. */
  pairs: z.array(z.strictObject({ person: z.string(), project: z.string(), roles: z.array(AssignmentRole).min(1), hours: z.number() })),
  changes: z.array(SheetChange),
  counts: z.array(z.strictObject({ do: SheetChange.shape.do, kind: SheetKind, count: z.int() })),
  /** More changes than this are not written at once. */
  most: z.int(),
  missing: z.array(SheetMissing),
  /** What stands here stays, since the sheet was told to keep it. */
  kept: z.array(SheetMissing.omit({ goes: true })),
  /** Of what would be written; the first 200. All are accepted with the reason. */
  broken: z.array(BrokenRule),
  brokenCount: z.int(),
  /** What keeps the sheet from being written. */
  faults: z.array(z.strictObject({ ...place, message: z.string() })),
  /** Of the changes: the same changes have the same. */
  digest: z.string(),
});
export type SheetMoveRead = z.infer<typeof SheetMoveRead>;

/** A refusal with the cells, where they could be read, so that they can be retyped. */
const SheetMoveRefused = SheetRefused.extend({ grid: SheetGrid.nullable() });
export const SheetMovePreview = z.union([SheetMoveRead, SheetMoveRefused]);
export type SheetMovePreview = z.infer<typeof SheetMovePreview>;

export const SheetMoved = z.strictObject({
  /** Of the change set; null where there was nothing to do. */
  number: z.int().min(1).nullable(),
  counts: SheetMoveRead.shape.counts,
  notUnderstood: z.int(),
});
export type SheetMoved = z.infer<typeof SheetMoved>;

/** `GET /staffing-sheets/export`: what is planned, as a capacity sheet that is read back as the same. */
export const SheetExportQuery = z.strictObject({
  layout: z.enum(['A', 'B', 'C', 'D']).default('A'),
  from: IsoDay,
  to: IsoDay,
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type SheetExportQuery = z.infer<typeof SheetExportQuery>;
