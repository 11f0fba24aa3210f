import { type Cell, collapsed } from '../cells/sheet.ts';
import { roleInName } from '../entries/entry.ts';
import { isLeave, roleOf, type SheetRole } from '../entries/words.ts';
import { blockIn } from './blocks.ts';
import { onlyCell } from './kinds.ts';
import { personIn } from './names.ts';
import { cellAt, cellsFor, isSectionRow, isTotalRow, nameIn } from './row-of.ts';
import { type PersonWeek, readWeek, weekOf } from './week.ts';
import { type Grid, type PersonRow, readWeeks, weekCells } from './weeks.ts';

interface Rows {
  readonly read: PersonRow[];
  readonly weeks: Map<string, PersonWeek>;
}

/** Layout C: a project column beside the people, or blocks below the name of a project. */
export function readProjects(grid: Grid, rows: readonly number[]): void {
  const taken: Rows = { read: [], weeks: grid.weeks };
  if (grid.columns.project === undefined) readBlocks(grid, rows, taken);
  else readColumns(grid, rows, taken);
  for (const row of taken.read) readWeeks(grid, row, taken.weeks.get(row.person));
}

type Of = NonNullable<PersonRow['of']>;
const projectOf = ({ projects }: Grid, text: string): Of => (isLeave(text) ? 'leave' : { project: projects.take(text) });

function readColumns(grid: Grid, rows: readonly number[], taken: Rows): void {
  const { sheet, columns, notes, people } = grid;
  const { person: personColumn = 0, project: projectColumn = 0 } = columns;
  const personIsLeft = personColumn < projectColumn;
  let above: Cell | undefined;
  for (const row of rows) {
    if (isTotalRow(sheet, row, columns)) notes.ignore({ row, why: 'total-row' });
    else if (isSectionRow(sheet, row, columns, false)) notes.ignore({ row, why: 'section-row' });
    else {
      const own = cellsFor(sheet, row, columns);
      const left = personIsLeft ? own.person : own.project;
      const right = personIsLeft ? own.project : own.person;
      if (left) above = left;
      const hasWork = weekCells(grid, row).length > 0;
      if (left && onlyCell(sheet, row)?.cell === left) {
        setLeft(grid, row, left, personIsLeft);
        continue;
      }
      // Neither a name nor weeks: a role or a note alone.
      if (!right && !hasWork) continue;
      // Whoever is nobody above is nobody here.
      const carried = above && personIn(above.text) === 'name' ? above : undefined;
      const person = personIsLeft ? (left ?? carried) : right;
      const at = { row, column: personColumn };
      const name = nameIn(person, at, hasWork, notes);
      if (name === null) continue;
      const project = personIsLeft ? right : above;
      take(grid, taken, { row, name: people.take(name), project, role: cellAt(sheet.rows[row], columns.role), hasWork });
    }
  }
}

/** A row with the left of person and project alone names it for those below. */
function setLeft(grid: Grid, row: number, left: Cell, isPerson: boolean): void {
  const column = (isPerson ? grid.columns.person : grid.columns.project) ?? 1;
  if (isPerson) {
    const name = nameIn(left, { row, column }, false, grid.notes);
    if (name !== null) grid.people.take(name);
  } else if (!hasFault(grid, left, row, column)) projectOf(grid, left.text);
}

function hasFault({ notes }: Grid, cell: Cell, row: number, column: number): boolean {
  if (cell.is === 'error') notes.notUnderstood(cell, row, column, 'error-value');
  else if (cell.is === 'formula') notes.notUnderstood(cell, row, column, 'formula-without-value');
  return cell.is === 'error' || cell.is === 'formula';
}

interface Read {
  readonly row: number;
  readonly name: string;
  readonly project: Cell | undefined;
  readonly role: Cell | undefined;
  readonly hasWork: boolean;
}

function take(grid: Grid, taken: Rows, { row, name, project, role, hasWork }: Read): void {
  const { notes, columns, sheet } = grid;
  const column = columns.project ?? 1;
  const week = weekOf(taken.weeks, name);
  readWeek(week, sheet, row, columns, notes);
  if (!hasWork) notes.tell({ row, why: 'no-work' });
  if (!project) notes.notUnderstood(undefined, row, column, 'no-project');
  if (!project || hasFault(grid, project, row, column)) return;
  const of = projectOf(grid, project.text);
  const known = roleAt(grid, row, role);
  if (known !== null) taken.read.push({ row, person: name, of, role: known });
}

/** Contributor without a role; null for a cell that is none, which is told. */
function roleAt(grid: Grid, row: number, cell: Cell | undefined): SheetRole | null {
  if (!cell) return 'contributor';
  const column = grid.columns.role ?? 1;
  if (hasFault(grid, cell, row, column)) return null;
  const role = roleOf(cell.text);
  if (role === null) grid.notes.notUnderstood(cell, row, column, 'unknown-role');
  return role;
}

function readBlocks(grid: Grid, rows: readonly number[], taken: Rows): void {
  const { sheet, columns, notes, people, header } = grid;
  const column = columns.person ?? 1;
  let block: Of | null = null;
  for (const row of rows) {
    const begun = blockIn(sheet, row, header, columns);
    if (isTotalRow(sheet, row, columns)) notes.ignore({ row, why: 'total-row' });
    else if (begun !== null) block = projectOf(grid, begun);
    else if (isSectionRow(sheet, row, columns, true)) notes.ignore({ row, why: 'section-row' });
    else {
      const { person: cell } = cellsFor(sheet, row, columns);
      const hasWork = weekCells(grid, row).length > 0;
      const { name: bare, role } = roleInName(collapsed(cell?.text ?? ''));
      const named = cell && role ? { ...cell, text: bare } : cell;
      const name = nameIn(named, { row, column }, hasWork, notes);
      if (name === null) continue;
      const person = people.take(name);
      const week = weekOf(taken.weeks, person);
      readWeek(week, sheet, row, columns, notes);
      if (!hasWork) notes.tell({ row, why: 'no-work' });
      const known = role ?? roleAt(grid, row, cellAt(sheet.rows[row], columns.role));
      if (block === null) notes.notUnderstood(cell, row, column, 'no-project');
      else if (known !== null) taken.read.push({ row, person, of: block, role: known });
    }
  }
}
