import { createHash } from 'node:crypto';
import type { Identity } from '@sidekick/contracts';

/** What shared caches may do: a page made internal must be gone at once, so they ask every time. */
export const cachingFor = (identity: Identity | null): Record<string, string> => ({
  'cache-control': identity ? 'private, no-cache' : 'public, no-cache',
  vary: 'Cookie',
});

const digests = new WeakMap<Buffer, string>();

/** Names what is answered and nothing else: an ETag that followed all pages would tell outsiders of changes they may not see. */
export function digestOf(body: Buffer): string {
  const known = digests.get(body) ?? createHash('sha256').update(body).digest('hex').slice(0, 24);
  digests.set(body, known);
  return known;
}
