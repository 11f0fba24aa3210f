import type { RecordKind, Records } from '@sidekick/contracts';
import type { AnyRecord } from '../../../kinds/change.ts';
import type { State } from '../../../state/state.ts';
import type { Writing } from '../cells/values.ts';

/** What cells are written and read by beside their record. */
export interface Book {
  readonly state: State;
  /** That rates are kept in. */
  readonly currency: string;
  /** ISO day. */
  readonly today: string;
  /** Of the installation: whoever is new lives there unless their row says otherwise. */
  readonly timeZone: string;
}

/** What a blank cell of a record that is there already does: it is an error, or the member gets this value. */
type Cleared = { readonly to: unknown } | 'refused';

export interface FieldColumn {
  readonly head: string;
  /** Where it stands in the body of the record. */
  readonly path: string;
  /** Words of people, which no spreadsheet may run. */
  readonly isText: boolean;
  /** Decimals, which half of the world writes with a comma. */
  readonly isNumber: boolean;
  readonly isDay: boolean;
  /** With a decimal point, unescaped. */
  readonly write: (record: AnyRecord, book: Book) => string;
  /** The value of a cell that is not blank. Throws Fault. */
  readonly read: (text: string, writing: Writing, book: Book) => unknown;
  readonly cleared: Cleared;
}

/** A person or project that a record names, in two columns: by name and by id. */
export interface RefColumns {
  readonly path: 'person' | 'project';
  /** Where the record may name none. */
  readonly mayBeNone: boolean;
}

export interface CsvSpec {
  readonly kind: RecordKind;
  /** In order; those who are named come first. */
  readonly refs: readonly RefColumns[];
  readonly columns: readonly FieldColumn[];
  /**
   * What a record without an id is known by, so that the same file twice makes nothing twice: a record that has one of these keys is the
   * same.
   */
  readonly keys: (record: AnyRecord) => readonly string[];
  /** By what that is, in words: "by name". */
  readonly knownBy: string;
  /** One, many: `assignment`, `assignments`. */
  readonly words: readonly [string, string];
  /** What is not a matter of one cell: throws Fault, or changes the body that is to be saved. */
  readonly finish?: (body: Record<string, unknown>, isNew: boolean, book: Book) => void;
}

type Part<R> = Partial<Omit<FieldColumn, 'write' | 'head' | 'path'>> & {
  readonly write: (record: R, book: Book) => string | number | null | undefined;
};

/** A column of one kind of record. */
export const columnOf =
  <K extends RecordKind>() =>
  (head: string, path: string, { write, ...part }: Part<Records[K]>): FieldColumn => ({
    ...{ head, path, isText: false, isNumber: false, isDay: false, cleared: 'refused', read: (text) => text },
    ...part,
    write: (record, book) => {
      const value = write(record as Records[K], book);
      return value === null || value === undefined ? '' : String(value);
    },
  });

/** The spec of one kind, whose keys see its records. */
export const specOf = <K extends RecordKind>(
  kind: K,
  { keys, ...spec }: Omit<CsvSpec, 'kind' | 'keys'> & { keys: (record: Records[K]) => readonly string[] },
): CsvSpec => ({ kind, ...spec, keys: (record) => keys(record as Records[K]) });
