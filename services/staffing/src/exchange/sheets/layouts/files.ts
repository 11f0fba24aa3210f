import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';
import { beginsFormula } from '../matching/cell-names.ts';
import type { CellOut, Table } from './table.ts';

/** What a spreadsheet would run stands behind an apostrophe, which it takes for the sign of a text. */
const safe = (cell: CellOut): string => {
  const text = cell === null ? '' : String(cell);
  return typeof cell === 'string' && beginsFormula(text) ? `'${text}` : text;
};

/** With a byte order mark, by which spreadsheets know UTF-8. */
export const csvOf = (table: Table): string =>
  stringify(
    table.map((row) => row.map(safe)),
    { bom: true, record_delimiter: '\r\n' },
  );

/** Each text is of the type of a text, which no spreadsheet runs. */
export async function xlsxOf(table: Table): Promise<Buffer> {
  const width = Math.max(...table.map((row) => row.length));
  const rows = table.map((row) => Array.from({ length: width }, (_, at) => cellOf(row[at] ?? null)));
  const columns = Array.from({ length: width }, (_, at) => ({ width: at === 0 ? 24 : 16 }));
  const header = table.findIndex((row) => row.length > 1);
  const file = writeExcelFile(rows, { sheet: 'Capacity', columns, stickyRowsCount: header + 1, stickyColumnsCount: 1 });
  return file.toBuffer();
}

const cellOf = (cell: CellOut) => {
  if (cell === null) return null;
  return typeof cell === 'number' ? { type: Number, value: cell } : { type: String, value: cell };
};
