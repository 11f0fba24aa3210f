import { type Cell, emptyRow, type Row, type Sheet } from '../cells/sheet.ts';
import type { Columns } from '../header/columns.ts';
import { isSection, isTotal, onlyCell } from './kinds.ts';
import { personIn } from './names.ts';
import type { Notes } from './notes.ts';

export const cellAt = (row: Row | undefined, column: number | undefined): Cell | undefined =>
  column === undefined ? undefined : row?.[column];

/** The cells of a person and a project in a row. */
export const cellsFor = (sheet: Sheet, row: number, { person, project }: Columns) => {
  const cells = sheet.rows[row] ?? emptyRow;
  return { person: cellAt(cells, person), project: cellAt(cells, project) };
};

/** Whether the row is one of sums, by its person or its project. */
export function isTotalRow(sheet: Sheet, row: number, columns: Columns): boolean {
  const { person, project } = cellsFor(sheet, row, columns);
  return [person, project].some((cell) => cell !== undefined && isTotal(cell.text));
}

/** Whether the row's only cell, of a person or a project, names a section. */
export function isSectionRow(sheet: Sheet, row: number, columns: Columns, mergedIsOne: boolean): boolean {
  const only = onlyCell(sheet, row);
  const { person, project } = cellsFor(sheet, row, columns);
  return only !== null && (only.cell === person || only.cell === project) && isSection(only.cell, mergedIsOne);
}

/**
 * The name that a row's person cell gives (S12); what it gives instead is told. `hasWork`: the row has weeks, or in a list a project,
 * days or hours.
 */
export function nameIn(cell: Cell | undefined, at: { row: number; column: number }, hasWork: boolean, notes: Notes): string | null {
  const { row, column } = at;
  if (cell?.is === 'error') notes.notUnderstood(cell, row, column, 'error-value');
  else if (cell?.is === 'formula') notes.notUnderstood(cell, row, column, 'formula-without-value');
  if (cell?.is === 'error' || cell?.is === 'formula') return null;
  const text = cell?.text ?? '';
  const is = personIn(text);
  if (is === 'name') return text;
  if (is === 'nobody') {
    if (cell || hasWork) notes.notUnderstood(cell, row, column, 'no-person');
  } else if (hasWork) notes.notUnderstood(cell, row, column, 'not-a-name');
  else notes.ignore({ row, why: 'note-row' });
  return null;
}
