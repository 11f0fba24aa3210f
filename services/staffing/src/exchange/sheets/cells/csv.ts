import { parse } from 'csv-parse/sync';
import { Refused } from './refused.ts';
import { type Cell, lastColumn, lastRow, type Row, type Sheet } from './sheet.ts';

/** How many rows are looked at for a header. */
export const headerRows = 30;
export const separators = ['\t', ';', ','] as const;

interface Records {
  rows: (Row | undefined)[];
  /** A quote never closes: what stands behind it is not here. */
  isDamaged: boolean;
}

class Enough extends Error {}

/** RFC 4180 with any line ends; a quote inside of a cell that does not begin with one stands for itself. */
export const csvOptions = (separator: string) => ({
  ...{ delimiter: separator, record_delimiter: ['\r\n', '\n', '\r'], relax_quotes: true, relax_column_count: true },
  skip_empty_lines: false,
});

/** Throws Refused beyond the limits. */
function recordsOf(text: string, separator: string, most: number): Records {
  const rows: (Row | undefined)[] = [undefined];
  let count = 0;
  const take = (record: readonly string[]) => {
    count += 1;
    if (count > most) throw new Enough();
    const row = rowOf(record);
    if (row && (count > lastRow || row.length > lastColumn + 1)) throw new Refused('too-big');
    if (row) rows[count] = row;
    return null;
  };
  try {
    parse(text, { ...csvOptions(separator), on_record: take });
  } catch (error) {
    if ((error as { code?: string }).code === 'CSV_QUOTE_NOT_CLOSED') return { rows, isDamaged: true };
    if (!(error instanceof Enough)) throw error;
  }
  return { rows, isDamaged: false };
}

function rowOf(record: readonly string[]): Row | undefined {
  let row: Cell[] | undefined;
  for (const [at, written] of record.entries()) {
    const text = written.trim();
    if (text === '') continue;
    row ??= [];
    row[at + 1] = { text, is: 'text' };
  }
  return row;
}

const sheetOf = (rows: Sheet['rows']): Sheet => ({ rows, hiddenRows: new Set(), isHiddenColumn: () => false, comments: [] });
const cellsIn = (row: Row | undefined): number => row?.reduce((count) => count + 1, 0) ?? 0;

/** A first line `sep=X`, and how long it is. */
export function namedSeparator(text: string): { separator: string; length: number } | null {
  const named = /^"?sep=(.)"?(?:\r\n|\n|\r|$)/u.exec(text);
  return named?.[1] ? { separator: named[1], length: named[0].length } : null;
}

/**
 * The cells of a CSV file. A first line `sep=X` names the separator, else it is the one with which there is a header: the one with most
 * cells there. `headerIn` says in which row of a sheet. Throws Refused.
 */
export function csvSheet(text: string, headerIn: (sheet: Sheet) => number | null): Sheet {
  const named = namedSeparator(text);
  if (named) return whole(text.slice(named.length), [named.separator]);
  const found = separators.flatMap((separator) => {
    const { rows } = recordsOf(text, separator, headerRows);
    const header = headerIn(sheetOf(rows));
    return header === null ? [] : [{ separator, cells: cellsIn(rows[header]) }];
  });
  if (found.length > 0)
    return whole(
      text,
      found.sort((a, b) => b.cells - a.cells).map(({ separator }) => separator),
    );
  const meant = separators.filter((separator) => text.includes(separator));
  return whole(text, meant.length > 0 ? meant : separators);
}

/** With the first separator that leaves no quote open. */
function whole(text: string, some: readonly string[]): Sheet {
  for (const separator of some) {
    const { rows, isDamaged } = recordsOf(text, separator, Number.POSITIVE_INFINITY);
    if (!isDamaged) return sheetOf(rows);
  }
  throw new Refused('damaged');
}
