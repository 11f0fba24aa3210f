import type { AnyRecord } from '../../../kinds/change.ts';
import { keyOf } from '../../../state/names.ts';
import { personName, projectName } from '../../../state/words.ts';
import type { Book, CsvSpec, RefColumns } from './column.ts';

export const idHead = 'id';
export const versionHead = 'version';
export const deleteHead = 'delete';
export const refHeads = ({ path }: RefColumns): [string, string] => [path, `${path} id`];

/** The heads of a file, in order. */
export const headsOf = ({ refs, columns }: CsvSpec): string[] => [
  ...[idHead, versionHead],
  ...refs.flatMap(refHeads),
  ...columns.map(({ head }) => head),
  deleteHead,
];

/** By which heads are the same: `Person ID`, `person_id` and `personId` are. */
export const headKey = (head: string): string => keyOf(head).replaceAll(/[\s_-]/g, '');

export const refOf = ({ path }: RefColumns, record: AnyRecord): string | null =>
  (record as Partial<Record<'person' | 'project', string | null>>)[path] ?? null;

export const refName = ({ path }: RefColumns, id: string, { state }: Book): string =>
  path === 'person' ? personName(state, id) : projectName(state, id);

/** Whom a record names: by name and by id. */
export function refCells(ref: RefColumns, record: AnyRecord, book: Book): [string, string] {
  const id = refOf(ref, record);
  return id === null ? ['', ''] : [refName(ref, id, book), id];
}
