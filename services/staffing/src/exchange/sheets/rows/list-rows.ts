import { type Day, isoDay } from '@sidekick/calendar';
import type { SheetFault, SheetReading } from '@sidekick/contracts';
import { Refused } from '../cells/refused.ts';
import type { Cell, Row, Sheet } from '../cells/sheet.ts';
import { collapsed, emptyRow } from '../cells/sheet.ts';
import { entriesOf, type Work } from '../entries/entry.ts';
import { isLeave, roleOf, type SheetRole, statusOf } from '../entries/words.ts';
import type { Columns } from '../header/columns.ts';
import { formOf, knownDay, settled } from '../header/heads.ts';
import { type Origins, rounded } from './book.ts';
import type { Names } from './names.ts';
import type { Notes } from './notes.ts';
import { cellAt, isSectionRow, isTotalRow, nameIn } from './row-of.ts';
import { type PersonWeek, readWeek, weekOf } from './week.ts';
import { hoursIn, portionOf } from './weeks.ts';

export interface List {
  readonly sheet: Sheet;
  readonly columns: Columns;
  readonly notes: Notes;
  readonly people: Names;
  readonly projects: Names;
  /** Of people by their keys. */
  readonly weeks: Map<string, PersonWeek>;
  /** Where each record begins in the sheet. */
  readonly origins: Origins;
}
type Records = Pick<SheetReading, 'assignments' | 'timeOff'>;

interface ListRow {
  readonly row: number;
  readonly cells: Row;
  /** Key of the person; null where the cell names nobody. */
  readonly person: string | null;
}

/** Layout D: a row a record, its dates as they stand (S23). Throws Refused where days and months cannot be told apart. */
export function readList(list: List, rows: readonly number[]): Records {
  const { sheet, columns, notes, people, weeks } = list;
  const read: ListRow[] = [];
  for (const row of rows) {
    if (isTotalRow(sheet, row, columns)) notes.ignore({ row, why: 'total-row' });
    else if (isSectionRow(sheet, row, columns, true)) notes.ignore({ row, why: 'section-row' });
    else {
      const cells = sheet.rows[row] ?? emptyRow;
      const cell = cellAt(cells, columns.person);
      const hasWork = [columns.project, columns.from, columns.to, columns.hours].some((column) => cellAt(cells, column));
      const name = nameIn(cell, { row, column: columns.person ?? 1 }, hasWork, notes);
      const isNobody = name === null && (!hasWork || cell?.is === 'error' || cell?.is === 'formula');
      if (isNobody) continue;
      const person = name === null ? null : people.take(name);
      if (person !== null) {
        readWeek(weekOf(weeks, person), sheet, row, columns, notes);
      }
      read.push({ row, cells, person });
    }
  }
  const dayFirst = orderOf(read, columns);
  const records: Records = { assignments: [], timeOff: [] };
  for (const one of read) readRow(list, one, dayFirst, one.person === null ? undefined : weeks.get(one.person), records);
  return records;
}

const formAt = (cells: Row, column: number | undefined) => {
  const cell = cellAt(cells, column);
  return cell ? formOf(cell) : null;
};

/** Whether the day stands first in dates with slashes: as all of them are days, and from ≤ to in every row. */
function orderOf(rows: readonly ListRow[], { from, to }: Columns): boolean {
  const forms = rows.map(({ cells }) => [formAt(cells, from), formAt(cells, to)] as const);
  const slashed = forms.flat().filter((form) => form?.is === 'slash' && form.year !== null);
  const daysBy = (dayFirst: boolean) => slashed.map((form) => (form ? settled(form, dayFirst) : null));
  const isWhole = (dayFirst: boolean) => !daysBy(dayFirst).includes(null);
  const isRising = (dayFirst: boolean) =>
    forms.every(([first, last]) => {
      const [a, b] = [first && settled(first, dayFirst), last && settled(last, dayFirst)];
      const [begin, end] = [a && knownDay(a), b && lastDay(b)];
      return begin === null || end === null || begin <= end;
    });
  const whole = [true, false].filter(isWhole);
  const rising = whole.length > 1 ? whole.filter(isRising) : whole;
  if (rising.length === 1) return rising[0] as boolean;
  if (JSON.stringify(daysBy(true)) === JSON.stringify(daysBy(false))) return true;
  throw new Refused('ambiguous-dates');
}

type DateForm = NonNullable<ReturnType<typeof settled>>;
const lastDay = (form: DateForm): Day | null => {
  const day = knownDay(form);
  return day !== null && form.is === 'week' ? day + 6 : day;
};

function readRow(list: List, { row, cells, person }: ListRow, dayFirst: boolean, week: PersonWeek | undefined, records: Records): void {
  const { columns, notes, projects } = list;
  let isWhole = person !== null;
  const fault = (column: number | undefined, why: SheetFault, text?: string) => {
    isWhole = false;
    notes.notUnderstood(cellAt(cells, column), row, column ?? columns.to ?? 1, why, text);
  };
  const project = projectAt(cellAt(cells, columns.project), (why) => fault(columns.project, why));
  const isAway = project !== null && isLeave(project);
  const key = project === null || isAway ? null : projects.take(project);
  const role = roleAt(cellAt(cells, columns.role), (why) => fault(columns.role, why));
  const from = dateAt(cellAt(cells, columns.from), dayFirst, knownDay, (why) => fault(columns.from, why));
  const to = dateAt(cellAt(cells, columns.to), dayFirst, lastDay, (why) => fault(columns.to, why));
  if (from !== null && to !== null && from > to) fault(columns.to, 'dates-reversed');
  const work = hoursAt(cellAt(cells, columns.hours), isAway, (why, text) => fault(columns.hours, why, text));
  const hours = work?.amount ? hoursIn(work.amount, week, 'week') : null;
  if (hours !== null && hours > 168) fault(columns.hours, 'too-many-hours');
  const roles = new Set([role, work?.role].filter((one) => one !== null && one !== undefined));
  if (roles.size > 1) fault(columns.hours, 'two-roles');
  const status = statusAt(cellAt(cells, columns.status), (why) => fault(columns.status, why));
  if (!isWhole || person === null || from === null || to === null || work === null) return;
  if (work.amount && (isAway || work.amount.unit !== 'hours') && (week?.hours ?? null) === null) notes.tell({ row, why: 'week-assumed' });
  const isTentative = status === 'tentative' || work.isTentative;
  const shared = { person: list.people.all.get(person) ?? person, from: isoDay(from), to: isoDay(to) };
  const at = { row, column: columns.hours ?? columns.project ?? 1 };
  if (isAway) {
    const portion = hours === null ? 1 : rounded(portionOf(hours, week, 'week'), 4);
    const record = { ...shared, portion, state: isTentative ? ('requested' as const) : ('approved' as const) };
    records.timeOff.push(record);
    list.origins.set(record, at);
  } else if (key !== null && hours !== null && hours > 0) {
    const [named = 'contributor'] = roles;
    const record = {
      ...{ ...shared, project: projects.all.get(key) ?? key, role: named as SheetRole },
      ...{ hoursPerWeek: rounded(hours, 2), state: isTentative ? ('tentative' as const) : ('confirmed' as const) },
    };
    records.assignments.push(record);
    list.origins.set(record, at);
  }
}

type Tell = (why: SheetFault, text?: string) => void;
const valueFault = ({ is }: Cell): SheetFault | null =>
  is === 'error' ? 'error-value' : is === 'formula' ? 'formula-without-value' : null;

function projectAt(cell: Cell | undefined, tell: Tell): string | null {
  if (cell && valueFault(cell) === null) return cell.text;
  tell(cell ? (valueFault(cell) as SheetFault) : 'no-project');
  return null;
}

/** Null without one; what is none is told. */
function roleAt(cell: Cell | undefined, tell: Tell): SheetRole | null {
  if (!cell) return null;
  const role = roleOf(cell.text);
  if (role === null) tell(valueFault(cell) ?? 'unknown-role');
  return role;
}

function dateAt(cell: Cell | undefined, dayFirst: boolean, dayIn: (form: DateForm) => Day | null, tell: Tell): Day | null {
  if (!cell) return tell('no-date') ?? null;
  if (cell.is === 'date' && cell.day !== undefined) return cell.day;
  const found = formOf(cell);
  const form = found && settled(found, dayFirst);
  const day = form && dayIn(form);
  if (day === null) tell(valueFault(cell) ?? (found ? 'no-year' : 'not-a-date'));
  return day;
}

const none: Work = { project: null, amount: null, isLeave: false, role: null, isTentative: false };

/** What the cell of hours says; null for a fault, which is told. Work of no hours has no amount. */
function hoursAt(cell: Cell | undefined, isAway: boolean, tell: Tell): Work | null {
  if (!cell) return isAway ? none : (tell('no-hours', '') ?? null);
  const fault = valueFault(cell) ?? (cell.is === 'date' ? 'date-value' : null);
  if (fault) return tell(fault) ?? null;
  const [entry, other] = entriesOf(cell.text, 'elsewhere');
  if (!entry) return { ...none, amount: { value: 0, unit: 'hours', hasUnit: false } };
  if (other) return tell('two-amounts') ?? null;
  return 'fault' in entry ? (tell(entry.fault) ?? null) : entry.work;
}

function statusAt(cell: Cell | undefined, tell: Tell): 'confirmed' | 'tentative' {
  const status = statusOf(collapsed(cell?.text ?? ''));
  if (status === null) tell((cell && valueFault(cell)) ?? 'unknown-word');
  return status ?? 'confirmed';
}
