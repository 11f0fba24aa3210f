import { type CsvKind, CsvKind as Kinds } from '@sidekick/contracts';
import { FileRefused, type TableRow } from '../cells/table.ts';
import type { CsvSpec, FieldColumn, RefColumns } from './column.ts';
import { deleteHead, headKey, headsOf, idHead, refHeads, versionHead } from './heads.ts';
import { specs } from './specs.ts';

/** Where the columns of a kind stand in a file, from 0. */
export interface FoundColumns {
  readonly id: number | undefined;
  readonly version: number | undefined;
  readonly delete: number | undefined;
  readonly refs: readonly { readonly ref: RefColumns; readonly name: number | undefined; readonly id: number | undefined }[];
  readonly fields: readonly { readonly column: FieldColumn; readonly at: number }[];
  /** As they are written in the file. */
  readonly heads: readonly string[];
  readonly ignored: readonly { readonly column: number; readonly head: string }[];
}

const meta = new Set([idHead, versionHead, deleteHead].map(headKey));
const keysOf = new Map(Kinds.options.map((kind) => [kind, new Set(headsOf(specs[kind]).map(headKey))]));
const knownIn = (kind: CsvKind, heads: readonly string[]): number =>
  new Set(heads.map(headKey).filter((key) => !meta.has(key) && keysOf.get(kind)?.has(key))).size;

/** What goes needs its id alone. */
const isToRemove = (heads: readonly string[]): boolean => [...meta].every((key) => heads.some((head) => headKey(head) === key));

/** How many heads of a row are those of any kind; 0: it is no header. */
export const knownHeads = (heads: readonly string[]): number =>
  Math.max(isToRemove(heads) ? 1 : 0, ...Kinds.options.map((kind) => knownIn(kind, heads)));

/** Throws FileRefused for the file of another kind, one without a column of this kind, and a column that stands twice. */
export function columnsIn(kind: CsvKind, { cells }: TableRow): FoundColumns {
  const heads = cells.map((head) => head.trim());
  const known = knownIn(kind, heads);
  const other = Kinds.options.find((one) => knownIn(one, heads) > known + 1);
  if (other) throw new FileRefused('other-kind', other);
  if (known === 0 && !isToRemove(heads)) throw new FileRefused('no-header');
  const places = new Map<string, number>();
  for (const [at, head] of heads.entries()) {
    const key = headKey(head);
    const earlier = places.get(key);
    if (earlier !== undefined && keysOf.get(kind)?.has(key))
      throw new FileRefused('repeated-column', `${head}: ${earlier + 1} and ${at + 1}`);
    if (earlier === undefined) places.set(key, at);
  }
  return placed(specs[kind], heads, (head) => places.get(headKey(head)));
}

function placed({ refs, columns, ...spec }: CsvSpec, heads: readonly string[], at: (head: string) => number | undefined): FoundColumns {
  const all = new Set(headsOf({ refs, columns, ...spec }).map(headKey));
  return {
    ...{ id: at(idHead), version: at(versionHead), delete: at(deleteHead), heads },
    refs: refs.map((ref) => ({ ref, name: at(refHeads(ref)[0]), id: at(refHeads(ref)[1]) })),
    fields: columns.flatMap((column) => {
      const place = at(column.head);
      return place === undefined ? [] : [{ column, at: place }];
    }),
    ignored: heads.flatMap((head, place) => (head === '' || all.has(headKey(head)) ? [] : [{ column: place + 1, head }])),
  };
}
