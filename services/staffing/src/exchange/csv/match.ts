import { Ulid } from '@sidekick/contracts';
import { recordOf } from '../../deciding/bodies.ts';
import { asStored } from '../../deciding/following.ts';
import type { AnyRecord } from '../../kinds/change.ts';
import { type History, lastTouch } from '../../log/ledger.ts';
import { keyOf } from '../../state/names.ts';
import { recordsOf, type VersionedRecord } from '../../state/state.ts';
import { unescaped } from './cells/escape.ts';
import type { Table, TableRow } from './cells/table.ts';
import { isYes, type Writing } from './cells/values.ts';
import type { Book, CsvSpec } from './columns/column.ts';
import type { FoundColumns } from './columns/found.ts';
import { refOf } from './columns/heads.ts';
import { type RowErrors, rowErrors } from './errors.ts';
import { finderOf } from './named.ts';
import { bodyFrom, cellOf, guarded, nameHead, noId, type Work } from './row-body.ts';

/** A record that a row makes, changes or removes. */
export interface Matched {
  readonly row: TableRow;
  readonly foundBy: 'id' | 'name' | null;
  readonly old: VersionedRecord<AnyRecord> | null;
  /** Null: it goes. A new record has no id yet. */
  readonly record: AnyRecord | null;
}
export interface Matching {
  readonly matched: readonly Matched[];
  readonly stale: Readonly<Work['stale']>;
  readonly same: number;
  readonly byName: number;
  readonly errors: RowErrors;
  readonly writing: Writing;
}

/** What the rows of a table change, each by itself; nothing of it is held against the other records yet. Throws FileRefused. */
export async function match(
  spec: CsvSpec,
  table: Table,
  columns: FoundColumns,
  book: Book,
  history: History,
  dayOrder: Writing['dayOrder'],
): Promise<Matching> {
  const records = recordsOf(book.state, spec.kind);
  const writing = { takesCommas: table.separator !== ',', dayOrder };
  const errors = rowErrors(columns);
  const work: Work = {
    ...{ spec, columns, book, history, records, writing, errors, finder: finderOf(book) },
    ...{ byKey: null, met: new Map(), stale: [] },
  };
  const matched: Matched[] = [];
  let [same, byName] = [0, 0];
  await table.each((row) => {
    const found = matchRow(work, row);
    if (found === 'same' || found === 'same by name') same += 1;
    if (found === 'same by name' || (typeof found === 'object' && found?.foundBy === 'name')) byName += 1;
    if (typeof found === 'object' && found && !errors.rows.has(row.row)) matched.push(found);
  });
  return { matched, stale: work.stale, same, byName, errors, writing };
}

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
