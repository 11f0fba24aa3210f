import type { AnyRecord, Change } from '../kinds/change.ts';
import type { ChangeSet } from './change-set.ts';
import { kindOf } from './kinds.ts';

/**
 * Entries of the log by schema: before 2 names were kept as they were typed. From 2 on they are tidy (`tidyName`), regions are codes as
 * published, and a skill named in two spellings at one level stands once; at two levels it stays twice until a manager merges it.
 */
export const changeSetUpcasts: readonly ((old: unknown) => unknown)[] = [
  (old) => {
    const entry = old as ChangeSet;
    return { ...entry, changes: entry.changes.map(tidyChange) };
  },
];

const tidyChange = (change: Change): Change => {
  const { tidy } = kindOf(change.kind);
  const tidied = (record: AnyRecord | null) => record && tidy(record);
  return { ...change, before: tidied(change.before), after: tidied(change.after) } as Change;
};
