import { InvalidInput } from '@sidekick/service-kit';
import type { VersionedRecord } from '../state/state.ts';

const encode = (id: string) => Buffer.from(id).toString('base64url');

function decode(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!/^[0-9A-Z]{26}$/.test(id)) {
    throw new InvalidInput('invalid-cursor', 'The cursor is not one of this list', [
      { path: 'cursor', message: 'Not a cursor of this list' },
    ]);
  }
  return id;
}

const known = new WeakMap<object, readonly VersionedRecord<{ id: string }>[]>();

/** The maps of a state are immutable, so each is sorted once: a list of many pages asks for it again and again. */
function sorted<T extends { id: string }>(records: ReadonlyMap<string, VersionedRecord<T>>): readonly VersionedRecord<T>[] {
  const found = known.get(records) ?? [...records.values()].sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
  known.set(records, found);
  return found as readonly VersionedRecord<T>[];
}

/** The first place whose id comes after; its length where none does. */
function placeAfter(records: readonly VersionedRecord<{ id: string }>[], id: string): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.record.id ?? '') > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Records in the order of their ids, after the one that the cursor names. */
export function pageOf<T extends { id: string }>(
  records: ReadonlyMap<string, VersionedRecord<T>>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  keep: (record: T) => boolean,
): { items: VersionedRecord<T>[]; nextCursor: string | null } {
  const all = sorted(records);
  const items: VersionedRecord<T>[] = [];
  for (let at = cursor === undefined ? 0 : placeAfter(all, decode(cursor)); at < all.length; at += 1) {
    const kept = all[at];
    if (!kept || !keep(kept.record)) continue;
    if (items.length === limit) return { items, nextCursor: encode(items.at(-1)?.record.id ?? '') };
    items.push(kept);
  }
  return { items, nextCursor: null };
}
