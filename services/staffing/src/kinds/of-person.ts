import type { VersionedRecord } from '../state/state.ts';

const known = new WeakMap<object, ReadonlyMap<string, readonly { readonly person: string }[]>>();

/**
 * The records of a person. The maps of a state are immutable, so each is grouped once: a change set of thousands of records asks for
 * the others of each.
 */
export function ofPerson<T extends { readonly person: string }>(
  records: ReadonlyMap<string, VersionedRecord<T>>,
  person: string,
): readonly T[] {
  const groups = known.get(records) ?? grouped(records);
  known.set(records, groups);
  return (groups.get(person) ?? []) as readonly T[];
}

function grouped<T extends { readonly person: string }>(records: ReadonlyMap<string, VersionedRecord<T>>): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const { record } of records.values()) {
    const group = groups.get(record.person);
    if (group) group.push(record);
    else groups.set(record.person, [record]);
  }
  return groups;
}
