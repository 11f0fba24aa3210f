import type { SheetReading } from '@sidekick/contracts';
import { type CellValue, type SheetOf, zippedWorkbook } from '@sidekick/testing/sheets';
import { Refused } from '../cells/refused.ts';
import { readSheet } from '../read.ts';

export const today = '2026-11-23';

/** A CSV sheet as it is read; a refusal is its code. */
export const reading = async (text: string | Uint8Array, name = 'sheet.csv'): Promise<SheetReading> =>
  readSheet({ name, bytes: typeof text === 'string' ? Buffer.from(text) : text, today });

export async function refusal(text: string | Uint8Array, name = 'sheet.csv'): Promise<string> {
  try {
    await reading(text, name);
    return 'read';
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

type Given = SheetOf | readonly (readonly CellValue[])[];
const isRows = (sheet: Given): sheet is readonly (readonly CellValue[])[] => Array.isArray(sheet);

export const workbook = (...sheets: readonly Given[]): Buffer =>
  zippedWorkbook(sheets.map((sheet) => (isRows(sheet) ? { rows: sheet } : sheet)));
export const readingOf = (...sheets: readonly Given[]): Promise<SheetReading> => reading(workbook(...sheets), 'sheet.xlsx');

/** `Mia Atlas 8 2026-11-30..2026-12-06`, with the role and state where they are not the usual. */
export const lines = ({ assignments, timeOff }: SheetReading): string[] => [
  ...assignments.map(({ person, project, role, from, to, hoursPerWeek, state }) =>
    [
      person,
      project,
      hoursPerWeek,
      `${from}..${to}`,
      ...(role === 'contributor' ? [] : [role]),
      ...(state === 'confirmed' ? [] : [state]),
    ].join(' '),
  ),
  ...timeOff.map(({ person, from, to, portion, state }) =>
    [person, 'away', portion, `${from}..${to}`, ...(state === 'approved' ? [] : [state])].join(' '),
  ),
];
/** `3:2 Atlas no-hours`. */
export const faults = ({ notUnderstood }: SheetReading): string[] =>
  notUnderstood.map(({ row, column, text, why }) => `${row}:${column} ${text} ${why}`);
/** `row 3 total-row`, `column 2 extra-column`. */
export const said = (some: SheetReading['ignored'] | SheetReading['told']): string[] =>
  some.map((one) =>
    [
      ...('row' in one ? [`row ${one.row}`] : []),
      ...('column' in one ? [`column ${one.column}`] : []),
      ...('sheet' in one ? [`sheet ${one.sheet}`] : []),
      one.why,
      ...('names' in one ? [one.kind, ...one.names] : []),
    ].join(' '),
  );

/** One cell of Mia in the week of 30 November, 40 hours a week being told by the sheet. */
export const cell = (text: string): Promise<SheetReading> =>
  reading(`Name\tHours/week\t2026-11-30\t2026-12-07\nMia\t40\t"${text.replaceAll('"', '""')}"\t\n`);

/** A CSV sheet of rows whose cells `|` parts. */
export const sheet = (...rows: string[]): string =>
  rows
    .map((row) =>
      row
        .split('|')
        .map((text) => text.trim())
        .join('\t'),
    )
    .join('\n');
export const read = (...rows: string[]): Promise<SheetReading> => reading(sheet(...rows));
