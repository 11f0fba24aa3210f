import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeKey, decodeKeys, encodeKey, encodeKeys } from './mongo-keys.ts';

describe('keys in MongoDB documents', () => {
  test('come back as they were, and no two become one', () => {
    const key = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('%', '2', '4', 'e', '.', '$', '\0', '_') }),
      fc.constantFrom('toString'),
    );
    fc.assert(fc.property(key, (one) => expect(decodeKey(encodeKey(one))).toBe(one)));
    fc.assert(fc.property(key, key, (a, b) => expect(encodeKey(a) === encodeKey(b)).toBe(a === b)));
  });

  test('hold nothing that the server, BSON or mongoose would read', () => {
    for (const key of ['$set', 'a.b', '', '__proto__', 'constructor', 'toString', '_bsontype', 'a\0b']) {
      expect(encodeKey(key)).toMatch(/^%|^a%/);
      expect(encodeKey(key)).not.toMatch(/[.$\0]/);
    }
    expect(['title', 'nav_order', 'ключ', 'a$', '__v'].map(encodeKey)).toEqual(['title', 'nav_order', 'ключ', 'a$', '__v']);
  });

  test('are changed at every depth, values at none', () => {
    const value = { $a: [{ 'b.c': '$d' }, null, 1], e: { '': '' } };
    expect(encodeKeys(value)).toEqual({ '%24a': [{ 'b%2ec': '$d' }, null, 1], e: { '%': '' } });
    expect(decodeKeys(encodeKeys(value))).toEqual(value);
  });
});
