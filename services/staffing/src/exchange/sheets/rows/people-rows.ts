import type { Cell } from '../cells/sheet.ts';
import { cellsFor, isSectionRow, isTotalRow, nameIn } from './row-of.ts';
import { readWeek, weekOf } from './week.ts';
import { type Grid, type PersonRow, readWeeks, weekCells } from './weeks.ts';

/** Rows of people, a column a week or a day: layouts A and B. */
export function readPeople(grid: Grid, rows: readonly number[]): void {
  const { sheet, columns, notes, people, weeks } = grid;
  const read: PersonRow[] = [];
  const firstCells = new Map<string, Cell | undefined>();
  for (const row of rows) {
    if (isTotalRow(sheet, row, columns)) notes.ignore({ row, why: 'total-row' });
    else if (isSectionRow(sheet, row, columns, true)) notes.ignore({ row, why: 'section-row' });
    else {
      const { person: cell } = cellsFor(sheet, row, columns);
      const hasWork = weekCells(grid, row).length > 0;
      const name = nameIn(cell, { row, column: columns.person ?? 1 }, hasWork, notes);
      if (name === null) continue;
      const person = people.take(name);
      if (firstCells.has(person) && (!cell?.range || firstCells.get(person) !== cell)) notes.tell({ row, why: 'duplicate-person' });
      if (!firstCells.has(person)) firstCells.set(person, cell);
      if (!hasWork) notes.tell({ row, why: 'no-work' });
      const week = weekOf(weeks, person);
      readWeek(week, sheet, row, columns, notes);
      read.push({ row, person, of: null, role: 'contributor' });
    }
  }
  for (const row of read) readWeeks(grid, row, weeks.get(row.person));
}
