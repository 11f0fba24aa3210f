import { keyOf } from '../state/names.ts';
import type { VersionedRecord } from '../state/state.ts';

const known = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

/**
 * Ids of the records of a kind by the key of each name that they bear. The maps of a state are immutable, so each is gone over once: a
 * change set of thousands of records asks for each.
 */
function bearersOf<T extends { readonly id: string }>(
  records: ReadonlyMap<string, VersionedRecord<T>>,
  namesOf: (record: T) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const found = known.get(records);
  if (found) return found;
  const bearers = new Map<string, string[]>();
  for (const { record } of records.values()) {
    for (const name of namesOf(record)) bearers.set(keyOf(name), [...(bearers.get(keyOf(name)) ?? []), record.id]);
  }
  known.set(records, bearers);
  return bearers;
}

/** Another record than this one that bears a name, in whatever spelling. */
export function otherBearer<T extends { readonly id: string }>(
  records: ReadonlyMap<string, VersionedRecord<T>>,
  namesOf: (record: T) => readonly string[],
  { id }: T,
  name: string,
): T | undefined {
  const other = bearersOf(records, namesOf)
    .get(keyOf(name))
    ?.find((one) => one !== id);
  return other === undefined ? undefined : records.get(other)?.record;
}
