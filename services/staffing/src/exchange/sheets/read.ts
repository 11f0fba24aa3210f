import { dayOf } from '@sidekick/calendar';
import type { SheetReading, SheetRefusal } from '@sidekick/contracts';
import { csvSheet } from './cells/csv.ts';
import { Refused } from './cells/refused.ts';
import { type Retyped, retyped } from './cells/retyped.ts';
import { collapsed, emptyRow, isBlankSheet, type Sheet } from './cells/sheet.ts';
import { textOf } from './cells/text.ts';
import { workbookOf } from './cells/xlsx.ts';
import { columnsOf } from './header/columns.ts';
import { type DatedHead, datesOf } from './header/dates.ts';
import { type HeadRow, headerOf, headsIn, isListHeader, isSameRow, type ListRow } from './header/find.ts';
import { isByBlocks } from './rows/blocks.ts';
import { bookOf, type Origins } from './rows/book.ts';
import { readList } from './rows/list-rows.ts';
import { namesOf } from './rows/names.ts';
import { nearMisses } from './rows/near.ts';
import { byCodePoints, type Notes, notesOf } from './rows/notes.ts';
import { readPeople } from './rows/people-rows.ts';
import { readProjects } from './rows/project-rows.ts';
import { sorted } from './rows/sorted.ts';
import type { PersonWeek } from './rows/week.ts';

export interface SheetFile {
  /** Only its ending counts: a workbook, or CSV. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly today: string;
}

/** What whoever sends a sheet says before it is read (S8, S16); names by their keys. */
export interface Given {
  readonly cells: readonly Retyped[];
  readonly year?: number | undefined;
  readonly weeks: ReadonlyMap<string, PersonWeek>;
}
const nothingGiven: Given = { cells: [], weeks: new Map() };

/** A reading with what it was read from. */
export interface Traced {
  readonly reading: SheetReading;
  readonly sheet: Sheet;
  readonly header: number;
  readonly heads: readonly DatedHead[];
  readonly by: 'week' | 'day' | null;
  readonly weeks: ReadonlyMap<string, PersonWeek>;
  readonly origins: Origins;
}

/** Why a sheet is not read, with its cells where it has some. */
export class NotRead extends Error {
  readonly code: SheetRefusal;
  readonly sheet: Sheet | null;
  constructor(code: SheetRefusal, sheet: Sheet | null) {
    super(code);
    this.code = code;
    this.sheet = sheet;
  }
}

const isWorkbook = (name: string): boolean => /\.(?:xls|xlsx|xlsm|xlsb|xltx|xltm)$/i.test(name);

/** How a capacity sheet is read, by the readings S1 to S24. Throws Refused. */
export async function readSheet({ name, bytes, today }: SheetFile): Promise<SheetReading> {
  const notes = notesOf();
  const { sheet } = isWorkbook(name) ? await fromWorkbook(bytes, notes) : fromCsv(bytes);
  return readCells(sheet, today, notes, nothingGiven).reading;
}

/** The same with what is given beside the sheet, and with where each record stands. Throws NotRead. */
export async function traceSheet({ name, bytes, today }: SheetFile, given: Given): Promise<Traced> {
  const notes = notesOf();
  let sheet: Sheet | null = null;
  try {
    sheet = (isWorkbook(name) ? await fromWorkbook(bytes, notes) : fromCsv(bytes)).sheet;
    sheet = retyped(sheet, given.cells);
    return readCells(sheet, today, notes, given);
  } catch (error) {
    throw error instanceof Refused ? new NotRead(error.code, sheet) : error;
  }
}

function readCells(sheet: Sheet, today: string, notes: Notes, given: Given): Traced {
  const header = headerOf(sheet);
  if (!header) throw new Refused('no-header');
  return readBelow(sheet, header, today, notes, given);
}

function fromCsv(bytes: Uint8Array): { sheet: Sheet } {
  const text = textOf(bytes);
  if (!/[^\s,;"]/.test(text)) throw new Refused('empty');
  const sheet = csvSheet(text, (one) => headerOf(one)?.row ?? null);
  if (isBlankSheet(sheet)) throw new Refused('empty');
  return { sheet };
}

/** The first visible sheet with a header, or without any the first with a cell; others are told. */
async function fromWorkbook(bytes: Uint8Array, notes: Notes): Promise<{ sheet: Sheet }> {
  const sheets = await workbookOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  const read = visible.find(({ sheet }) => headerOf(sheet) !== null) ?? visible.find(({ sheet }) => !isBlankSheet(sheet));
  if (!read) throw new Refused(sheets.every(({ sheet }) => isBlankSheet(sheet)) ? 'empty' : 'no-header');
  for (const { name, isHidden, sheet } of sheets)
    if (sheet !== read.sheet && !isBlankSheet(sheet)) notes.ignore({ sheet: name, why: isHidden ? 'hidden-sheet' : 'other-sheet' });
  for (const { row, column } of read.sheet.comments) notes.ignore({ row, column, why: 'comment' });
  tellHidden(read.sheet, notes);
  return { sheet: read.sheet };
}

function tellHidden({ rows, hiddenRows, isHiddenColumn }: Sheet, notes: Notes): void {
  const filled = new Set<number>();
  for (const [row, cells] of rows.entries()) {
    if (!cells?.some(Boolean)) continue;
    if (hiddenRows.has(row)) notes.tell({ row, why: 'hidden-row' });
    for (let column = 1; column < cells.length; column++) if (cells[column]) filled.add(column);
  }
  for (const column of filled) if (isHiddenColumn(column)) notes.tell({ column, why: 'hidden-column' });
}

function readBelow(sheet: Sheet, header: HeadRow | ListRow, today: string, notes: Notes, given: Given): Traced {
  const rows = rowsBelow(sheet, header, notes);
  const dated = header.is === 'heads' ? datesOf(sheet, header, dayOf(today), given.year) : null;
  if (rows.length === 0) throw new Refused('no-rows');
  const { columns, ignored, unknown } = columnsOf(sheet, header);
  if (columns.person === undefined) throw new Refused('no-person-column');
  for (const { row, column, text, why } of unknown) notes.notUnderstood(sheet.rows[row]?.[column], row, column, why, collapsed(text));
  for (const one of ignored) notes.ignore(one);
  for (const one of dated?.told ?? []) notes.tell(one as Parameters<Notes['tell']>[0]);
  const [people, projects] = [namesOf(), namesOf()];
  const weeks = new Map([...given.weeks].map(([key, week]) => [key, { ...week }]));
  const origins: Origins = new Map();
  const { layout, records } = ((): Pick<SheetReading, 'layout'> & { records: Pick<SheetReading, 'assignments' | 'timeOff'> } => {
    if (!dated) return { layout: 'D', records: readList({ sheet, columns, notes, people, projects, weeks, origins }, rows) };
    const book = bookOf(dated.by, people, projects);
    const grid = { sheet, header: header.row, columns, dated, notes, people, projects, book, weeks, entries: new Map() };
    const isByProject = columns.project !== undefined || isByBlocks(sheet, header.row, columns, dated.heads, rows);
    if (isByProject) readProjects(grid, rows);
    else {
      if (columns.role !== undefined) notes.ignore({ column: columns.role, why: 'extra-column' });
      readPeople(grid, rows);
    }
    return { layout: isByProject ? 'C' : dated.by === 'week' ? 'A' : 'B', records: book.records(origins) };
  })();
  for (const [kind, names] of [['person', people] as const, ['project', projects] as const])
    for (const pair of nearMisses(names.all)) notes.tell({ why: 'near-miss', kind, names: pair.sort(byCodePoints) });
  const reading = sorted({ layout, people: people.all, projects: projects.all, ...records, ...notes.lists });
  return { reading, sheet, header: header.row, heads: dated?.heads ?? [], by: dated?.by ?? null, weeks, origins };
}

/** The rows with anything in them below the header; above it are titles, and the same header again counts for nothing. Throws Refused for another. */
function rowsBelow(sheet: Sheet, header: HeadRow | ListRow, notes: Notes): number[] {
  const isHeader = (row: number) => (header.is === 'list' ? isListHeader(sheet, row) : headsIn(sheet, row) !== null);
  const rows: number[] = [];
  const monthRow = header.is === 'heads' && header.months ? header.row - 1 : 0;
  for (const [row, cells] of sheet.rows.entries()) {
    if (!(cells ?? emptyRow).some(Boolean) || row === header.row || row === monthRow) continue;
    if (row < header.row) notes.ignore({ row, why: 'title-row' });
    else if (!isHeader(row)) rows.push(row);
    else if (isSameRow(sheet, header.row, row)) notes.ignore({ row, why: 'repeated-header' });
    else throw new Refused('two-headers');
  }
  return rows;
}
