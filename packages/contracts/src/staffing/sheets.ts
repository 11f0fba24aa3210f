import { z } from 'zod';
import { IsoDay } from '../common.ts';

/** Why a sheet is not read at all. */
export const sheetRefusals = [
  ...(['binary', 'damaged', 'too-big', 'forbidden-xml', 'not-a-sheet', 'old-or-locked', 'empty'] as const),
  ...(['no-header', 'two-headers', 'no-person-column', 'no-rows'] as const),
  ...(['ambiguous-dates', 'repeated-heads', 'heads-out-of-order', 'uneven-heads'] as const),
] as const;
export type SheetRefusal = (typeof sheetRefusals)[number];

/** Why a cell is not understood. */
export const sheetFaults = [
  ...(['formula-without-value', 'error-value', 'date-value', 'head', 'bad-week'] as const),
  ...(['no-person', 'not-a-name', 'no-project', 'unknown-role', 'project-in-cell'] as const),
  ...(['two-amounts', 'no-hours', 'negative', 'too-many-hours', 'unknown-word', 'two-roles', 'brackets'] as const),
  ...(['no-date', 'not-a-date', 'no-year', 'dates-reversed'] as const),
] as const;
export type SheetFault = (typeof sheetFaults)[number];

const Row = z.int().min(1);
const Column = z.int().min(1);
const Named = z.strictObject({ name: z.string() });

/** Rows and columns count from 1, as the spreadsheet shows them. */
export const SheetReading = z.strictObject({
  /** A: a row a person, a column a week; B: a column a day; C: rows or blocks a project; D: a list. */
  layout: z.enum(['A', 'B', 'C', 'D']),
  people: z.array(Named),
  projects: z.array(Named),
  assignments: z.array(
    z.strictObject({
      person: z.string(),
      project: z.string(),
      role: z.enum(['lead', 'sidekick', 'contributor']),
      from: IsoDay,
      to: IsoDay,
      hoursPerWeek: z.number(),
      state: z.enum(['confirmed', 'tentative']),
    }),
  ),
  timeOff: z.array(
    z.strictObject({
      person: z.string(),
      from: IsoDay,
      to: IsoDay,
      portion: z.number(),
      state: z.enum(['approved', 'requested']),
    }),
  ),
  notUnderstood: z.array(z.strictObject({ row: Row, column: Column, text: z.string(), why: z.enum(sheetFaults) })),
  ignored: z.array(
    z.union([
      z.strictObject({ row: Row, why: z.enum(['title-row', 'total-row', 'section-row', 'note-row', 'repeated-header']) }),
      z.strictObject({ row: Row, column: Column, why: z.literal('comment') }),
      z.strictObject({ column: Column, why: z.enum(['total-column', 'notes-column', 'extra-column']) }),
      z.strictObject({ sheet: z.string(), why: z.enum(['other-sheet', 'hidden-sheet']) }),
    ]),
  ),
  told: z.array(
    z.union([
      z.strictObject({
        row: Row,
        why: z.enum(['year-assumed', 'heads-not-monday', 'week-assumed', 'duplicate-person', 'no-work', 'hidden-row']),
      }),
      z.strictObject({ row: Row, column: Column, why: z.literal('weekend-work') }),
      z.strictObject({ column: Column, why: z.enum(['missing-weeks', 'hidden-column']) }),
      z.strictObject({ why: z.literal('near-miss'), kind: z.enum(['person', 'project']), names: z.array(z.string()) }),
    ]),
  ),
});
export type SheetReading = z.infer<typeof SheetReading>;

/** `words`: what is wrong with the sheet, and what to do. */
export const SheetRefused = z.strictObject({ refused: z.enum(sheetRefusals), words: z.string() });
export type SheetRefused = z.infer<typeof SheetRefused>;

/** `POST /staffing-sheets/preview`: how a capacity sheet is read; nothing is written. */
export const SheetPreview = z.union([SheetReading, SheetRefused]);
export type SheetPreview = z.infer<typeof SheetPreview>;

/** The name of the file, whose ending says whether it is a workbook or CSV. */
export const SheetQuery = z.strictObject({ name: z.string().min(1).max(300) });
