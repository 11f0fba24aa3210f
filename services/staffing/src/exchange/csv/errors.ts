import type { CsvError } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import type { TableRow } from './cells/table.ts';
import { clipped } from './cells/values.ts';
import type { FoundColumns } from './columns/found.ts';

/** So many are told one by one. */
const most = 1_000;

export interface RowErrors {
  readonly all: CsvError[];
  readonly rows: ReadonlySet<number>;
  readonly more: number;
  /** `at`: the place of the column from 0; null for the row as a whole. */
  add(row: TableRow, at: number | null, words: string): void;
  /** An error of a body, at the column that holds the member. */
  addField(row: TableRow, error: FieldError): void;
}

/** The errors of a file, in the order of rows once it is read. */
export function rowErrors({ heads, fields, refs }: FoundColumns): RowErrors {
  const all: CsvError[] = [];
  const rows = new Set<number>();
  let more = 0;
  const placeOf = (path: string): number | null => {
    const found = fields.find(
      ({ column }) => path === column.path || path.startsWith(`${column.path}.`) || column.path.startsWith(`${path}.`),
    );
    const named = refs.find(({ ref }) => path === ref.path);
    return found?.at ?? named?.name ?? named?.id ?? null;
  };
  const add: RowErrors['add'] = ({ row, cells }, at, words) => {
    rows.add(row);
    if (all.length >= most) more += 1;
    else
      all.push({
        ...{ row, column: at === null ? null : at + 1, head: at === null ? null : (heads[at] ?? null) },
        ...{ text: at === null ? '' : clipped(cells[at] ?? ''), words },
      });
  };
  return {
    ...{ all, rows, add },
    get more() {
      return more;
    },
    addField(row, { path, message }) {
      const at = placeOf(path);
      add(row, at, at === null && path !== '' ? `${path}: ${message}` : message);
    },
  };
}
