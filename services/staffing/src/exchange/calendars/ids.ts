import { createHash } from 'node:crypto';

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What names an event of a calendar, less its words: the same event is the same leave. */
export const keyOf = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** The id that follows from a key, in the form of a ULID; `again`: of leave that was removed and is brought in once more. */
export function idOf(key: string, again: number): string {
  const bits = createHash('sha256').update(`${key} ${again}`).digest();
  // A ULID has 128 bits in 26 letters: the first holds three of them.
  return Array.from({ length: 26 }, (_, at) => letters[(bits[at] ?? 0) % (at === 0 ? 8 : 32)]).join('');
}
