import { setImmediate as turn } from 'node:timers/promises';
import { Ulid } from '@sidekick/contracts';
import { recordOf } from '../../deciding/bodies.ts';
import { asStored } from '../../deciding/following.ts';
import type { AnyRecord } from '../../kinds/change.ts';
import type { Body } from '../../kinds/kind.ts';
import { kindOf } from '../../log/kinds.ts';
import { type History, lastTouch } from '../../log/ledger.ts';
import { keyOf } from '../../state/names.ts';
import { recordsOf, type VersionedRecord } from '../../state/state.ts';
import { setAt } from './body.ts';
import { likewise, unescaped } from './cells/escape.ts';
import { Fault } from './cells/fault.ts';
import type { Table, TableRow } from './cells/table.ts';
import { isYes, orderShown, type Writing } from './cells/values.ts';
import type { Book, CsvSpec, FieldColumn } from './columns/column.ts';
import type { FoundColumns } from './columns/found.ts';
import { refOf } from './columns/heads.ts';
import { type RowErrors, rowErrors } from './errors.ts';
import { type Finder, finderOf, namedBy } from './named.ts';

/** A record that a row makes, changes or removes. */
export interface Matched {
  readonly row: TableRow;
  readonly foundBy: 'id' | 'name' | null;
  readonly old: VersionedRecord<AnyRecord> | null;
  /** Null: it goes. A new record has no id yet. */
  readonly record: AnyRecord | null;
}
/** A row that was exported before somebody else changed the record, or took it out. */
export interface StaleRow {
  readonly row: TableRow;
  readonly id: string;
  readonly version: number;
}
export interface Matching {
  readonly matched: readonly Matched[];
  readonly stale: readonly StaleRow[];
  readonly same: number;
  readonly byName: number;
  readonly errors: RowErrors;
  readonly writing: Writing;
}

/** Rows that are compared before others have a turn. */
const atOnce = 250;
const nameHead = 'name';
/** Stands for the id of a new record, which is made when it is saved. */
export const noId = '00000000000000000000000000';

interface Work {
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

/** What the rows of a table change, each by itself; nothing of it is held against the other records yet. */
export async function match(spec: CsvSpec, table: Table, columns: FoundColumns, book: Book, history: History): Promise<Matching> {
  const records = recordsOf(book.state, spec.kind);
  const writing = { takesCommas: table.separator !== ',', dayOrder: dayOrderOf(table, columns) };
  const errors = rowErrors(columns);
  const work: Work = {
    ...{ spec, columns, book, history, records, writing, errors, finder: finderOf(book) },
    ...{ byKey: null, met: new Map(), stale: [] },
  };
  const matched: Matched[] = [];
  let [same, byName] = [0, 0];
  for (const [index, row] of table.rows.entries()) {
    if (index % atOnce === 0) await turn();
    const wrongBefore = errors.rows.has(row.row);
    const found = matchRow(work, row);
    if (found === 'same' || found === 'same by name') same += 1;
    if (found === 'same by name' || (typeof found === 'object' && found?.foundBy === 'name')) byName += 1;
    if (typeof found === 'object' && found && !wrongBefore && !errors.rows.has(row.row)) matched.push(found);
  }
  return { matched, stale: work.stale, same, byName, errors, writing };
}

/** Days with slashes: one that can only be read in one way tells of all; where the file has both, none does. */
function dayOrderOf({ rows }: Table, { fields }: FoundColumns): Writing['dayOrder'] {
  const places = fields.filter(({ column }) => column.isDay).map(({ at }) => at);
  const shown = new Set(rows.flatMap(({ cells }) => places.map((at) => orderShown(cells[at] ?? '')).filter((order) => order !== null)));
  return shown.size === 1 ? ([...shown][0] ?? null) : null;
}

const cellOf = ({ cells }: TableRow, at: number | undefined): string | undefined => (at === undefined ? undefined : cells[at]);

/** Null: the row has an error, which is noted. */
function matchRow(work: Work, row: TableRow): Matched | 'same' | 'same by name' | null {
  const { columns, errors, records } = work;
  if (row.cells.slice(columns.heads.length).some((text) => text.trim() !== '')) {
    const words = `The row has ${row.cells.length} cells and the header ${columns.heads.length}. A text that holds the separator stands in quotes`;
    errors.add(row, null, words);
    return null;
  }
  const id = cellOf(row, columns.id)?.trim().toUpperCase() ?? '';
  const goes = guarded(work, row, columns.delete, () => isYes(cellOf(row, columns.delete) ?? ''));
  if (goes === undefined) return null;
  if (id === '') return goes ? noneToRemove(work, row) : withoutId(work, row);
  const kept = records.get(id);
  if (!Ulid.safeParse(id).success || !kept) return unknownId(work, row, id);
  if (isMetAgain(work, row, id, columns.id ?? null, 'This id')) return null;
  const version = versionOf(work, row);
  if (version === null) return null;
  if (version > kept.version) {
    errors.add(row, columns.version ?? null, 'There is no such version. Export again, and take the row from that file');
    return null;
  }
  const isStale = version !== kept.version;
  const found = goes ? { row, foundBy: 'id' as const, old: kept, record: null } : compare(work, row, kept, 'id');
  if (found === null || typeof found === 'string' || !isStale) return found;
  work.stale.push({ row, id, version });
  return null;
}

function noneToRemove({ errors, columns }: Work, row: TableRow): null {
  errors.add(row, columns.id ?? null, 'A row that says delete needs the id of what goes. Export again, and take the row from that file');
  return null;
}

function unknownId({ errors, columns, history, spec, stale }: Work, row: TableRow, id: string): null {
  if (lastTouch(history, id) > 0 && history.touches.get(id)?.kind === spec.kind) stale.push({ row, id, version: 0 });
  else errors.add(row, columns.id ?? null, `There is no ${spec.words[0]} of this id. Clear the id for a new one`);
  return null;
}

function isMetAgain({ met, errors }: Work, row: TableRow, key: string, at: number | null, what: string): boolean {
  const earlier = met.get(key);
  if (earlier === undefined) {
    met.set(key, row.row);
    return false;
  }
  errors.add(row, at, `${what} stands in row ${earlier} already. Keep one of the two`);
  return true;
}

function versionOf({ errors, columns }: Work, row: TableRow): number | null {
  const text = cellOf(row, columns.version)?.trim() ?? '';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const words = text === '' ? 'The version is missing' : 'A version is a whole number';
  errors.add(row, columns.version ?? null, `${words}: it tells what others changed meanwhile. Export again, and take it from that file`);
  return null;
}

/** A record of the same name, or by whatever this kind is known; else a new one. */
function withoutId(work: Work, row: TableRow): Matched | 'same' | 'same by name' | null {
  const { spec, columns, errors, book } = work;
  const named = columns.fields.find(({ column }) => column.head === nameHead && spec.knownBy.startsWith(nameHead));
  const name = named && keyOf(unescaped(cellOf(row, named.at) ?? ''));
  const early = name ? keptBy(work, [name]) : [];
  if (early.length > 0) return known(work, row, early, named?.at ?? null);
  const made = bodyFrom(work, row, null);
  if (made === null) return null;
  const record = recordOf(spec.kind, noId, made, null);
  if (Array.isArray(record)) {
    for (const error of record) errors.addField(row, error);
    return null;
  }
  const stored = asStored(book.state, spec.kind, record);
  const keys = spec.keys(stored);
  const late = keptBy(work, keys);
  if (late.length > 0) return known(work, row, late, null);
  if (keys.some((key) => isMetAgain(work, row, `key ${key}`, named?.at ?? null, `The same (${spec.knownBy})`))) return null;
  return { row, foundBy: null, old: null, record: stored };
}

function keptBy(work: Work, keys: readonly string[]): string[] {
  work.byKey ??= keysOf(work);
  return [...new Set(keys.flatMap((key) => work.byKey?.get(key) ?? []))];
}

function keysOf({ records, spec }: Work): ReadonlyMap<string, readonly string[]> {
  const byKey = new Map<string, string[]>();
  for (const { record } of records.values()) {
    for (const key of spec.keys(record)) {
      const ids = byKey.get(key);
      if (ids) ids.push(record.id);
      else byKey.set(key, [record.id]);
    }
  }
  return byKey;
}

function known(work: Work, row: TableRow, ids: readonly string[], at: number | null): Matched | 'same by name' | null {
  const { records, spec, errors } = work;
  const [id = ''] = ids;
  const kept = records.get(id);
  if (ids.length > 1 || !kept) {
    errors.add(
      row,
      at,
      `${ids.length} ${spec.words[1]} are the same by ${spec.knownBy}. Write the id and the version of the one that is meant`,
    );
    return null;
  }
  if (isMetAgain(work, row, id, at, `The same (${spec.knownBy})`)) return null;
  const found = compare(work, row, kept, 'name');
  return found === 'same' ? 'same by name' : found;
}

/** What a row changes of a record. */
function compare(work: Work, row: TableRow, kept: VersionedRecord<AnyRecord>, foundBy: 'id' | 'name'): Matched | 'same' | null {
  const { spec, errors, book } = work;
  const body = bodyFrom(work, row, kept.record, foundBy);
  if (body === null || body === 'same') return body;
  const record = recordOf(spec.kind, kept.record.id, body, kept.record);
  if (Array.isArray(record)) {
    for (const error of record) errors.addField(row, error);
    return null;
  }
  const stored = asStored(book.state, spec.kind, record);
  return differs(work, kept.record, stored) ? { row, foundBy, old: kept, record: stored } : 'same';
}

const differs = ({ spec, book }: Work, one: AnyRecord, other: AnyRecord): boolean =>
  spec.refs.some((ref) => refOf(ref, one) !== refOf(ref, other)) ||
  spec.columns.some(({ write }) => write(one, book) !== write(other, book));

/** The body of a row: of a new record, or what was kept with the cells that differ. Null where one has an error. */
function bodyFrom(work: Work, row: TableRow, old: null): Body | null;
function bodyFrom(work: Work, row: TableRow, old: AnyRecord, foundBy: 'id' | 'name'): Body | 'same' | null;
function bodyFrom(work: Work, row: TableRow, old: AnyRecord | null, foundBy: 'id' | 'name' = 'id'): Body | 'same' | null {
  const { columns, spec, book, finder } = work;
  const set: [string, unknown][] = [];
  let isWhole = true;
  const take = (at: number | undefined, read: () => [string, unknown] | null | undefined) => {
    const value = guarded(work, row, at, read);
    if (value === undefined) isWhole = false;
    else if (value !== null) set.push(value);
  };
  for (const { ref, name, id } of columns.refs) {
    const kept = old ? refOf(ref, old) : undefined;
    const raw = cellOf(row, name);
    const written = { name: raw === undefined ? undefined : unescaped(raw), id: cellOf(row, id) };
    take(name ?? id, () => {
      const found = namedBy(finder, book, ref, written, kept);
      return found === undefined ? null : [ref.path, found];
    });
  }
  for (const { column, at } of columns.fields) {
    // What it was found by, in whatever spelling, is no other name for it.
    if (foundBy === 'name' && column.head === nameHead) continue;
    take(at, () => fieldOf(work, row, column, at, old));
  }
  if (!isWhole) return null;
  if (set.length === 0 && old) return 'same';
  const body = old ? structuredClone(kindOf(spec.kind).bodyOf(old)) : {};
  for (const [path, value] of set) setAt(body, path, value);
  const done = guarded(work, row, undefined, () => spec.finish?.(body, old === null, book) ?? true);
  return done === undefined ? null : body;
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
function guarded<T>({ errors }: Work, row: TableRow, at: number | undefined, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    errors.add(row, at ?? null, error.message);
    return undefined;
  }
}
