import { recordOf } from '../../deciding/bodies.ts';
import type { AnyRecord } from '../../kinds/change.ts';
import type { Body } from '../../kinds/kind.ts';
import { kindOf } from '../../log/kinds.ts';
import type { History } from '../../log/ledger.ts';
import type { VersionedRecord } from '../../state/state.ts';
import { setAt } from './body.ts';
import { likewise, unescaped } from './cells/escape.ts';
import { Fault } from './cells/fault.ts';
import type { TableRow } from './cells/table.ts';
import type { Writing } from './cells/values.ts';
import type { Book, CsvSpec, FieldColumn } from './columns/column.ts';
import type { FoundColumns } from './columns/found.ts';
import { refOf } from './columns/heads.ts';
import type { RowErrors } from './errors.ts';
import { type Finder, namedBy } from './named.ts';

export const nameHead = 'name';
/** Stands for the id of a new record, which is made when it is saved. */
export const noId = '00000000000000000000000000';

/** A row that was exported before somebody else changed the record, or took it out. */
interface StaleRow {
  readonly row: TableRow;
  readonly id: string;
  readonly version: number;
}
/** What rows are read by, and what is noted of them. */
export interface Work {
  readonly spec: CsvSpec;
  readonly columns: FoundColumns;
  readonly book: Book;
  readonly history: History;
  readonly records: ReadonlyMap<string, VersionedRecord<AnyRecord>>;
  readonly finder: Finder;
  readonly writing: Writing;
  readonly errors: RowErrors;
  /** Ids of records by what they are known by; made when the first row without an id comes. */
  byKey: ReadonlyMap<string, readonly string[]> | null;
  /** Rows by the id, or by what new records are known by. */
  readonly met: Map<string, number>;
  readonly stale: StaleRow[];
}

export const cellOf = ({ cells }: TableRow, at: number | undefined): string | undefined => (at === undefined ? undefined : cells[at]);

/** The body of a row: of a new record, or what was kept with the cells that differ. Null where one has an error. */
export function bodyFrom(work: Work, row: TableRow, old: null): Body | null;
export function bodyFrom(work: Work, row: TableRow, old: AnyRecord, foundBy: 'id' | 'name'): Body | 'same' | null;
export function bodyFrom(work: Work, row: TableRow, old: AnyRecord | null, foundBy: 'id' | 'name' = 'id'): Body | 'same' | null {
  const { columns, spec, book, finder } = work;
  const set: [string, unknown][] = [];
  const failed: string[] = [];
  const take = (path: string, at: number | undefined, read: () => [string, unknown] | null) => {
    const value = guarded(work, row, at, read);
    if (value === undefined) failed.push(path);
    else if (value !== null) set.push(value);
  };
  for (const { ref, name, id } of columns.refs) {
    const kept = old ? refOf(ref, old) : undefined;
    const raw = cellOf(row, name);
    const written = { name: raw === undefined ? undefined : unescaped(raw), id: cellOf(row, id) };
    take(ref.path, name ?? id, () => {
      const found = namedBy(finder, book, ref, written, kept);
      return found === undefined ? null : [ref.path, found];
    });
  }
  for (const { column, at } of columns.fields) {
    // What it was found by, in whatever spelling, is no other name for it.
    if (foundBy === 'name' && column.head === nameHead) continue;
    take(column.path, at, () => fieldOf(work, row, column, at, old));
  }
  if (set.length === 0 && failed.length === 0 && old) return 'same';
  const body = old ? structuredClone(kindOf(spec.kind).bodyOf(old)) : {};
  for (const [path, value] of set) setAt(body, path, value);
  const done = guarded(work, row, undefined, () => spec.finish?.(body, old === null, book) ?? true);
  if (failed.length > 0) addOthers(work, row, body, old, failed);
  return done === undefined || failed.length > 0 ? null : body;
}

/** What is wrong with a body beside what could not be read of it: all is told at once. */
function addOthers({ spec, errors }: Work, row: TableRow, body: Body, old: AnyRecord | null, failed: readonly string[]): void {
  const record = recordOf(spec.kind, old?.id ?? noId, body, old);
  const isAbout = (path: string, part: string) => path === part || path.startsWith(`${part}.`) || part.startsWith(`${path}.`);
  if (Array.isArray(record)) for (const error of record) if (!failed.some((path) => isAbout(error.path, path))) errors.addField(row, error);
}

/** A member that a cell sets, with its value; null where it says what is there. Throws Fault. */
function fieldOf(work: Work, row: TableRow, column: FieldColumn, at: number, old: AnyRecord | null): [string, unknown] | null {
  const { book, writing } = work;
  const raw = row.cells[at];
  const current = old ? column.write(old, book) : '';
  if (raw === undefined) {
    if (current !== '') throw new Fault('The row ends before this column. Fill it in, or leave it blank to clear it');
    return null;
  }
  const text = column.isText ? unescaped(raw) : raw;
  if (text === current || likewise(text) === likewise(current)) return null;
  if (column.isNumber && writing.takesCommas && text.replace(',', '.') === current) return null;
  if (text.trim() !== '') return [column.path, column.read(text, writing, book)];
  if (current === '') return null;
  if (column.cleared === 'refused') throw new Fault('This may not be blank. Take the column out of the file to leave it as it is');
  return [column.path, column.cleared.to];
}

/** Undefined after a Fault, which is noted at its cell. */
export function guarded<T>({ errors }: Work, row: TableRow, at: number | undefined, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    errors.add(row, at ?? null, error.message);
    return undefined;
  }
}
