import { createHash } from 'node:crypto';

export const keyOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const isKey = (text: string): boolean => /^[0-9a-f]{64}$/.test(text) && text.length === 64;

/** Throws a TypeError for anything else, so that no name leads elsewhere. */
export function checkKey(text: string): string {
  if (!isKey(text)) throw new TypeError('not a key: 64 hexadecimal digits in lower case');
  return text;
}
