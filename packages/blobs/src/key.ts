import { createHash } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';

/** Bytes hashed at a stretch: one or two milliseconds. */
const stretch = 1_048_576;

/** SHA-256 of the bytes, in hexadecimal digits. A large file does not hold the event loop for others. */
export async function keyOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += stretch) {
    if (at > 0) await othersFirst();
    hash.update(bytes.subarray(at, at + stretch));
  }
  return hash.digest('hex');
}
export const isKey = (text: string): boolean => /^[0-9a-f]{64}$/.test(text) && text.length === 64;

/** Throws a TypeError for anything else, so that no name leads elsewhere. */
export function checkKey(text: string): string {
  if (!isKey(text)) throw new TypeError('not a key: 64 hexadecimal digits in lower case');
  return text;
}
