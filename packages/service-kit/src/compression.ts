import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

export type Encoding = 'br' | 'gzip' | 'identity';

/** The best encoding that a client takes (RFC 9110 §12.5.3). */
export function encodingFor(accept: string | undefined): Encoding {
  if (accept === undefined) return 'identity';
  const taken = accept.split(',').map((part) => part.trim().toLowerCase());
  const takes = (name: string) => taken.some((part) => part === name || (part.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(part)));
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : 'identity';
}

/** Fewer bytes are not worth it: they fit into one packet. */
export const leastToCompress = 1_000;
const keptBytes = 32 * 1_048_576;

/** By what the bytes are, never by their address: one address says different things to different readers. */
const kept = new LRUCache<string, Buffer>({ maxSize: keptBytes, sizeCalculation: ({ length }) => length + 200, maxEntrySize: 1_048_576 });

/** Packs bytes; what was packed before is not packed again. */
export async function compressed(plain: Buffer, encoding: Exclude<Encoding, 'identity'>): Promise<Buffer> {
  const key = `${encoding} ${hash('sha256', plain, 'base64')}`;
  const known = kept.get(key);
  if (known) return known;
  const made = encoding === 'br' ? await brotli(plain) : await promisify(gzip)(plain, { level: 6 });
  kept.set(key, made);
  return made;
}

const brotli = (plain: Buffer): Promise<Buffer> =>
  promisify(brotliCompress)(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  });

/** The name of the same thing packed: it is another representation, so the strong name may not be the same (RFC 9110 §8.8.3). */
export const weakEtag = (etag: string): string => (etag.startsWith('W/') ? etag : `W/${etag}`);
