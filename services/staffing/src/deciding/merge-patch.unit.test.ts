import { expect, test } from '@jest/globals';
import { PersonBody, recordBodies } from '@sidekick/contracts';
import { z } from 'zod';
import { mergePatch } from './merge-patch.ts';

/** The examples of RFC 7396, appendix A, that have objects on both sides. */
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('merges %j with %j', (target, patch, merged) => {
  expect(mergePatch(z.unknown(), target, patch)).toEqual(merged);
});

test('null stays null where the record spells out what is absent, however deep', () => {
  const merged = mergePatch(
    PersonBody,
    { region: 'PT', contract: { from: '2026-01-01', to: '2026-12-31' }, operationsShare: 0.1 },
    {
      region: null,
      contract: { to: null },
      operationsShare: null,
    },
  );
  expect(merged).toEqual({ region: null, contract: { from: '2026-01-01', to: null } });
  expect(mergePatch(recordBodies.timeOff, { private: { kind: 'a', note: 'b' } }, { private: { note: null } })).toEqual({
    private: { kind: 'a', note: null },
  });
});

test('words from users are keys like any other', () => {
  const patch = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}');
  const merged = mergePatch(PersonBody, {}, patch);
  expect(Object.keys(merged).sort()).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
