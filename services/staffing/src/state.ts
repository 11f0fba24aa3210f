import type { RecordKind, Records } from '@sidekick/contracts';

/** A record at one head; `version` is the number of the change set that last changed it. */
export interface Kept<T> {
  readonly record: T;
  readonly version: number;
}

/** All records at one head: the projection of the log. Treated as immutable; `apply` makes the next one. */
export type State = { readonly head: number } & { readonly [K in RecordKind]: ReadonlyMap<string, Kept<Records[K]>> };

export const emptyState: State = {
  head: 0,
  person: new Map(),
  project: new Map(),
  assignment: new Map(),
  timeOff: new Map(),
  holiday: new Map(),
};
