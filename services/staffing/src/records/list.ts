import { InvalidInput } from '@sidekick/service-kit';
import type { Kept } from '../state/state.ts';

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

/** Records in the order of their ids, after the one that the cursor names. */
export function pageOf<T extends { id: string }>(
  records: Iterable<Kept<T>>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  keep: (record: T) => boolean,
): { items: Kept<T>[]; nextCursor: string | null } {
  const after = cursor === undefined ? '' : decode(cursor);
  const rest = [...records].filter(({ record }) => record.id > after && keep(record));
  rest.sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
  const items = rest.slice(0, limit);
  return { items, nextCursor: rest.length > limit ? encode(items.at(-1)?.record.id ?? '') : null };
}
