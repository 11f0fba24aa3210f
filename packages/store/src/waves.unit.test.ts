import { expect, test } from '@jest/globals';
import type { Write } from './collection.ts';
import { aThing, type Thing, things } from './testing/things.ts';
import { wavesOf } from './waves.ts';

const insert = (_id: string, ...claims: string[]): Write<Thing> => ({ do: 'insert', doc: aThing({ _id, claims }) });
const indexes = (writes: readonly Write<Thing>[], answered: readonly unknown[] = []) =>
  wavesOf(things(), writes, answered).map((wave) => wave.map(({ index }) => index));

test('writes that share a claim come one after another, the rest together', () => {
  const old = { doc: aThing({ _id: 'c', claims: ['y'] }), version: 1 };
  const writes = [insert('a', 'x'), insert('b'), { do: 'remove', old } as const, insert('d', 'y'), insert('e', 'x'), insert('f', 'x')];
  expect(indexes(writes)).toEqual([[0, 1, 2], [3, 4], [5]]);
});

test('a wave has an end, and what is answered already takes no part', () => {
  const many = Array.from({ length: 40 }, (_, n) => insert(`d${n}`));
  expect(indexes(many).map((wave) => wave.length)).toEqual([16, 16, 8]);
  expect(indexes(many.slice(0, 3), [null, 'answered', null])).toEqual([[0, 2]]);
  expect(indexes([])).toEqual([]);
});
