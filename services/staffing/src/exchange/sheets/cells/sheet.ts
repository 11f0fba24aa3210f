import type { Day } from '@sidekick/calendar';

/** A range of merged cells; rows and columns count from 1, both ends included. */
export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A cell with something in it. One that is merged stands, as the same object, in each place of its range. */
export interface Cell {
  /** As it reads, without blanks around: a number as its shortest decimal, a formula without value as it was written. */
  readonly text: string;
  readonly is: 'text' | 'number' | 'date' | 'error' | 'formula';
  /** Of a date alone. */
  readonly day?: Day;
  /** The first of a month in a format that shows no day, such as `Dec 2026`. */
  readonly isMonth?: boolean;
  readonly range?: Range;
}

/** By its column, from 1. Blank cells have no place. */
export type Row = readonly (Cell | undefined)[];

export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface Sheet {
  /** By their number, from 1. */
  readonly rows: readonly (Row | undefined)[];
  readonly hiddenRows: ReadonlySet<number>;
  isHiddenColumn(column: number): boolean;
  readonly comments: readonly Place[];
}

export const lastRow = 20_000;
export const lastColumn = 1_000;

export const emptyRow: Row = [];

/** The cells of a row with their columns; those that are merged once, or in each place. */
export function* cellsOf(row: Row | undefined): Generator<[number, Cell]> {
  for (const column in row ?? []) {
    const cell = row?.[Number(column)];
    if (cell) yield [Number(column), cell];
  }
}

/** Where a cell is told: a merged one at its first. */
export const placeOf = (cell: Cell | undefined, row: number, column: number): Place =>
  cell?.range ? { row: cell.range.top, column: cell.range.left } : { row, column };

/** Without blanks around, and each blank inside one space; no-break spaces are blanks. */
export const collapsed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

export const isBlankSheet = ({ rows }: Sheet): boolean => !rows.some((row) => row?.some(Boolean));
