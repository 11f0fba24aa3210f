import { Ulid } from '@sidekick/contracts';
import type { Collection, CollectionDef } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';

const Removal = z.strictObject({
  _id: Ulid,
  page: Ulid,
  /** Milliseconds since the epoch. */
  at: z.number(),
});
type Removal = z.infer<typeof Removal>;

/** Pages that are deleted: replicas that hold them in memory look for these notes, since a tombstone has no time to ask by. */
export const removals: CollectionDef<Removal, 'by-at'> = { name: 'removals', schema: Removal, indexes: { 'by-at': ['at'] } };
export type Removals = Collection<Removal, 'by-at'>;

const keep = 24 * 3_600_000;

/** Written before the page goes: a note without a removal costs others a look, a removal without a note would never be seen. */
export async function noteRemoval(notes: Removals, page: string): Promise<void> {
  await notes.insert({ _id: ulid(), page, at: Date.now() });
  const { items } = await notes.query({ index: 'by-at', range: { lt: Date.now() - keep }, limit: 100 });
  await notes.writeMany(items.map((old) => ({ do: 'remove' as const, old })));
}

/** Removals that were noted after that time. */
export async function removedSince(notes: Removals, at: number): Promise<Removal[]> {
  const found: Removal[] = [];
  let cursor: string | undefined;
  do {
    const page = await notes.query({ index: 'by-at', range: { gt: at }, limit: 200, cursor });
    found.push(...page.items.map(({ doc }) => doc));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}
