import { RecordKind, type Records } from '@sidekick/contracts';

/** A record at one head; `version` is the number of the change set that last changed it. */
export interface Kept<T> {
  readonly record: T;
  readonly version: number;
}

/** All records at one head: the projection of the log. Treated as immutable; `apply` makes the next one. */
export type State = { readonly head: number } & { readonly [K in RecordKind]: ReadonlyMap<string, Kept<Records[K]>> };

const noRecords = Object.fromEntries(RecordKind.options.map((kind) => [kind, new Map()])) as unknown as Omit<State, 'head'>;
export const emptyState: State = { head: 0, ...noRecords };

/** The records of a kind that is known when the program runs alone. */
export const recordsOf = (state: State, kind: RecordKind): ReadonlyMap<string, Kept<Records[RecordKind]>> => state[kind];
