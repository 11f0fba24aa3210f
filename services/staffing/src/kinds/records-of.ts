import type { VersionedRecord } from '../state/state.ts';

type Kept<T> = ReadonlyMap<string, VersionedRecord<T>>;

/**
 * The records of one person or project. The maps of a state are immutable, so each is grouped once: a change set of thousands of
 * records asks for the others of each.
 */
const groupedBy = <Key extends string>(key: Key) => {
  const known = new WeakMap<object, ReadonlyMap<string, readonly unknown[]>>();
  return <T extends Readonly<Record<Key, string>>>(records: Kept<T>, id: string): readonly T[] => {
    const groups = known.get(records) ?? grouped(records, key);
    known.set(records, groups);
    return (groups.get(id) ?? []) as readonly T[];
  };
};

function grouped<Key extends string, T extends Readonly<Record<Key, string>>>(records: Kept<T>, key: Key): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const { record } of records.values()) {
    const group = groups.get(record[key]);
    if (group) group.push(record);
    else groups.set(record[key], [record]);
  }
  return groups;
}

export const ofPerson = groupedBy('person');
export const ofProject = groupedBy('project');
