/** Keys that mean something to MongoDB, to BSON or to mongoose's own copying, and so could be read, refused or dropped. */
const special = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
  '_bsontype',
  'toBSON',
  'toJSON',
  'toObject',
  '_doc',
]);

/** A key as it is kept: `%`, `.`, a leading `$` and special words as `%` and two hexadecimal digits; the empty key as `%`. */
export function encodeKey(key: string): string {
  if (key === '') return '%';
  const plain = key.replace(/^\$|[%.\0]/g, hex);
  return special.has(key) ? hex(key.slice(0, 1)) + key.slice(1) : plain;
}

export function decodeKey(key: string): string {
  if (!key.includes('%')) return key;
  return key === '%' ? '' : key.replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const hex = (char: string): string => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`;

export const encodeKeys = (value: unknown): unknown => withKeys(value, encodeKey);
export const decodeKeys = (value: unknown): unknown => withKeys(value, decodeKey);

/** A copy of plain JSON with every key changed. */
function withKeys(value: unknown, change: (key: string) => string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withKeys(one, change));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [change(key), withKeys(inner, change)]));
}
