import { z } from 'zod';
import { Ulid } from '../common.ts';
import { BrokenRule } from './changes.ts';

/** What goes out and comes in as CSV, a file a kind: `people.csv`. */
export const CsvKind = z.enum(['people', 'skills', 'projects', 'assignments', 'time-off', 'holidays', 'rates']);
export type CsvKind = z.infer<typeof CsvKind>;

/** How a file is written: for spreadsheets that part columns by commas, or by semicolons and write decimals with a comma. */
export const CsvQuery = z.strictObject({ separator: z.enum(['comma', 'semicolon']).default('comma') });
export type CsvQuery = z.infer<typeof CsvQuery>;

/** Why a file is not read at all. */
export const csvRefusals = [
  ...(['binary', 'damaged', 'empty', 'no-header', 'other-kind', 'repeated-column'] as const),
  ...(['no-version', 'no-rows', 'too-many-rows', 'too-many-columns'] as const),
] as const;
export type CsvRefusal = (typeof csvRefusals)[number];
/** `words`: what is wrong with the file, and what to do; `kind`: what it holds, of one of another kind. */
export const CsvRefused = z.strictObject({ refused: z.enum(csvRefusals), words: z.string(), kind: CsvKind.optional() });
export type CsvRefused = z.infer<typeof CsvRefused>;

const Row = z.int().min(1);

/** What is wrong with a row; rows and columns count from 1, as a spreadsheet shows them. */
export const CsvError = z.strictObject({
  row: Row,
  /** Null where the row as a whole is wrong. */
  column: z.int().min(1).nullable(),
  /** The head of the column, and the beginning of what stands there. */
  head: z.string().nullable(),
  text: z.string(),
  /** What is wrong, and what to do. */
  words: z.string(),
});
export type CsvError = z.infer<typeof CsvError>;

export const CsvChange = z.strictObject({
  row: Row,
  does: z.enum(['new', 'change', 'remove']),
  /** Null for a new record. */
  id: Ulid.nullable(),
  /** What it is called: `Noor Haddad`, `Noor Haddad sidekick on Atlas, …`. */
  name: z.string(),
  /** By its id, or by what names it where the row has none; a new record by nothing. */
  foundBy: z.enum(['id', 'name']).nullable(),
  /** As they stand in the file; of a record that goes, none. */
  fields: z.array(z.strictObject({ head: z.string(), before: z.string(), after: z.string() })),
});
export type CsvChange = z.infer<typeof CsvChange>;

/** `POST /staffing-import/{kind}/preview`: what a file would change; nothing is written. */
export const CsvReading = z.strictObject({
  kind: CsvKind,
  /** Names exactly these changes: sent with the import, it is refused if it came to others meanwhile. */
  digest: z.string(),
  rows: z.int().min(0),
  counts: z.strictObject({
    ...{ same: z.int(), new: z.int(), changed: z.int(), removed: z.int() },
    /** Rows with an error. */
    wrong: z.int(),
  }),
  /** Columns that are not known, which nothing is read from. */
  ignored: z.array(z.strictObject({ column: z.int().min(1), head: z.string() })),
  /** What was assumed, in sentences. */
  told: z.array(z.string()),
  /** The first of them; `moreErrors` counts the rest. */
  errors: z.array(CsvError),
  moreErrors: z.int().min(0),
  /** The first of them, as many as one import may change. */
  changes: z.array(CsvChange),
  /** What saving would break, the first of it: `accept` names the rules that must be accepted with a reason. */
  broken: z.array(BrokenRule),
  moreBroken: z.int().min(0),
  accept: z.array(z.string()),
  /** More changes than one change set holds: how to part the rows. */
  tooMany: z.strictObject({ words: z.string(), parts: z.array(z.strictObject({ from: Row, to: Row })) }).nullable(),
});
export type CsvReading = z.infer<typeof CsvReading>;

export const CsvPreview = z.union([CsvReading, CsvRefused]);
export type CsvPreview = z.infer<typeof CsvPreview>;

/** The name of the file, by which the history calls it. */
export const CsvFileQuery = z.strictObject({ name: z.string().trim().min(1).max(300) });

/** `POST /staffing-import/{kind}`: the id of the change set, and the digest of the preview. */
export const CsvImportQuery = CsvFileQuery.extend({
  id: Ulid,
  digest: z.string().min(1).max(100),
  accept: z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.string().max(60)).max(20)),
  reason: z.string().trim().max(1500).optional(),
});

/** The number of the change set, by which it is undone; null where nothing had to be written. */
export const CsvImported = z.strictObject({
  number: z.int().min(1).nullable(),
  ...{ new: z.int(), changed: z.int(), removed: z.int() },
});
export type CsvImported = z.infer<typeof CsvImported>;
