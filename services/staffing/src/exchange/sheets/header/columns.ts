import type { Cell, Row, Sheet } from '../cells/sheet.ts';
import { emptyRow, placeOf } from '../cells/sheet.ts';
import type { HeadRow, ListRow } from './find.ts';
import { monthIn } from './months.ts';
import { type ColumnKind, columnKind } from './words.ts';

type Known = Exclude<ColumnKind, 'total-column' | 'notes-column'>;
export type Columns = Readonly<Partial<Record<Known, number>>>;

export interface ColumnsRead {
  readonly columns: Columns;
  readonly ignored: readonly { column: number; why: 'total-column' | 'notes-column' | 'extra-column' }[];
  /** Between two heads. */
  readonly unknown: readonly { row: number; column: number; text: string; why: 'head' | 'error-value' | 'formula-without-value' }[];
}

const ofGrid: readonly Known[] = ['person', 'project', 'role', 'week', 'days'];
const ofList: readonly Known[] = ['person', 'project', 'role', 'week', 'days', 'from', 'to', 'hours', 'status'];

/** What each column beside the heads holds (S10). A role column is one of layout C, which is known only later: in others it is told as extra. */
export function columnsOf(sheet: Sheet, header: HeadRow | ListRow): ColumnsRead {
  const cells = sheet.rows[header.row] ?? emptyRow;
  const above = header.is === 'heads' && header.months ? (sheet.rows[header.row - 1] ?? emptyRow) : emptyRow;
  const heads = new Set(header.is === 'heads' ? header.heads.map(({ column }) => column) : []);
  const filled = filledBelow(sheet, header.row);
  const columns: Partial<Record<Known, number>> = {};
  const ignored: ColumnsRead['ignored'][number][] = [];
  const unknown: ColumnsRead['unknown'][number][] = [];
  const rest: { column: number; label: Cell | undefined }[] = [];
  const [first, last] = [Math.min(...heads), Math.max(...heads)];
  const wanted = header.is === 'list' ? ofList : ofGrid;
  for (let column = 1; column < Math.max(cells.length, above.length, filled.length); column++) {
    if (heads.has(column)) continue;
    const label = labelAt(cells, above, column);
    const kind = label && label.is !== 'error' && label.is !== 'formula' ? columnKind(label.text, header.is === 'list') : null;
    if (kind === 'total-column' || kind === 'notes-column') ignored.push({ column, why: kind });
    else if (kind && wanted.includes(kind) && columns[kind] === undefined) columns[kind] = column;
    else if (label && kind === null && column > first && column < last)
      unknown.push({ ...placeOf(label, header.row, column), text: label.text, why: whyOf(label) });
    else if (label || filled[column]) rest.push({ column, label });
  }
  if (columns.person === undefined && columns.project === undefined) {
    const isFree = (label: Cell | undefined) => !label || columnKind(label.text, false) === null;
    const person = rest.find(({ column, label }) => column < first && filled[column] && isFree(label));
    if (person) columns.person = person.column;
  }
  for (const { column } of rest) if (column !== columns.person) ignored.push({ column, why: 'extra-column' });
  return { columns, ignored, unknown };
}

const whyOf = ({ is }: Cell) => (is === 'error' ? 'error-value' : is === 'formula' ? 'formula-without-value' : 'head');

/** The text of the header, or where that is blank what stands there among the months. */
function labelAt(cells: Row, above: Row, column: number): Cell | undefined {
  if (cells[column]) return cells[column];
  const over = above[column];
  return over && monthIn(over) === null ? over : undefined;
}

/** Whether a column has anything below the header. */
function filledBelow({ rows }: Sheet, header: number): boolean[] {
  const filled: boolean[] = [];
  for (let row = header + 1; row < rows.length; row++) {
    const cells = rows[row];
    if (!cells) continue;
    for (let column = 1; column < cells.length; column++) if (cells[column]) filled[column] = true;
  }
  return filled;
}
