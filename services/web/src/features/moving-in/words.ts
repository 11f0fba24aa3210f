import type { SheetFault, SheetReading } from '@sidekick/contracts';
import { columnName } from './corrections.ts';

/** What is wrong with a cell, and what to type instead. */
export const faultWords: Readonly<Record<SheetFault, string>> = {
  'formula-without-value': 'A formula without its value. Type what it comes to',
  'error-value': 'The cell shows an error. Type what it should say',
  'date-value': 'A date where hours of work are expected',
  head: 'Neither a week nor a day. Type a date such as 2026-11-30, or leave the column out by clearing the cell',
  'bad-week': 'No hours of a week. Type a number such as 40',
  'no-person': 'Nobody is named here. Type a name',
  'not-a-name': 'This does not read as a name. Type the name alone',
  'no-project': 'No project is named. Type one, such as “Atlas 24”',
  'unknown-role': 'No role that is known. Type Lead, Sidekick or Contributor',
  'project-in-cell': 'The project comes from the row here. Type the hours alone',
  'two-amounts': 'Two numbers, and neither has a unit. Type “Phase 2 16h”',
  'no-hours': 'No hours. Type them behind the project, such as “Atlas 24”',
  negative: 'Hours below zero',
  'too-many-hours': 'More hours than there are',
  'unknown-word': 'A word that is neither a role nor “tentative”',
  'two-roles': 'Two roles for one piece of work',
  brackets: 'Brackets that do not read. Type “Atlas 24” or “Atlas 24 (SK)”',
  'no-date': 'No date. Type one such as 2026-11-30',
  'not-a-date': 'This does not read as a date. Type 2026-11-30',
  'no-year': 'The year is missing. Type 2026-11-30',
  'dates-reversed': 'The end is before the start',
};

const toldWords: Readonly<Record<Exclude<SheetReading['told'][number]['why'], 'near-miss'>, string>> = {
  'year-assumed': 'The heads name no year: the nearest one was taken',
  'heads-not-monday': 'Heads that are no Mondays stand for the week that holds them',
  'week-assumed': 'Hours a week are not told: 40 were taken to read days and percents',
  'duplicate-person': 'A second row of the same person: both are added up',
  'no-work': 'Somebody without any work',
  'hidden-row': 'A hidden row, read all the same',
  'hidden-column': 'A hidden column, read all the same',
  'weekend-work': 'Work on a Saturday or Sunday',
  'missing-weeks': 'Weeks are missing before this one: nothing is said of them',
};
const ignoredWords: Readonly<Record<SheetReading['ignored'][number]['why'], string>> = {
  'title-row': 'Above the header',
  'total-row': 'A row of sums',
  'section-row': 'A heading between the rows',
  'note-row': 'A note',
  'repeated-header': 'The header again',
  comment: 'A comment',
  'total-column': 'A column of sums',
  'notes-column': 'A column of notes',
  'extra-column': 'A column that is not needed',
  'other-sheet': 'Another sheet of the workbook',
  'hidden-sheet': 'A hidden sheet of the workbook',
};

export interface Note {
  /** `Row 3`, `Column F`, `C5`, or the name of a sheet. */
  readonly where: string;
  readonly words: string;
  readonly row: number | null;
  readonly column: number | null;
}

function placed(one: { row?: number; column?: number; sheet?: string }, words: string): Note {
  const { row = null, column = null, sheet } = one;
  const cell = row !== null && column !== null ? `${columnName(column)}${row}` : null;
  const line = row !== null ? `Row ${row}` : column !== null ? `Column ${columnName(column)}` : (sheet ?? '');
  return { where: cell ?? line, words, row, column };
}

/** What the portal took for granted; names that are nearly the same are told beside the names. */
export const toldNotes = ({ told }: Pick<SheetReading, 'told'>): Note[] =>
  told.flatMap((one) => (one.why === 'near-miss' ? [] : [placed(one, toldWords[one.why])]));
export const ignoredNotes = ({ ignored }: Pick<SheetReading, 'ignored'>): Note[] =>
  ignored.map((one) => placed(one, ignoredWords[one.why]));

export const layoutWords: Readonly<Record<SheetReading['layout'], string>> = {
  A: 'a row a person, a column a week',
  B: 'a row a person, a column a day',
  C: 'rows by project, a column a week',
  D: 'a list, a row each piece of work',
};

const kinds = { person: ['person', 'people'], project: ['project', 'projects'] } as const;
const records = { ...kinds, assignment: ['assignment', 'assignments'], timeOff: ['leave', 'leaves'] } as const;
const done = { create: 'new', change: 'changed', delete: 'removed' } as const;

/** `30 people new`, `1 assignment removed`. */
export const countWordsOf = (one: { do: keyof typeof done; kind: keyof typeof records; count: number }): string =>
  `${one.count} ${records[one.kind][one.count === 1 ? 0 : 1]} ${done[one.do]}`;
export const doWords = done;
