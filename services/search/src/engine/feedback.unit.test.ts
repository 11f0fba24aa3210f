import { describe, expect, test } from '@jest/globals';
import { tellingWords } from './feedback.ts';

const telling = (texts: [string, number][], holders: Record<string, number> = {}) =>
  tellingWords(
    texts.map(([text, weight]) => ({ text, weight })),
    (words) => new Map(words.flatMap((word) => (Object.hasOwn(holders, word) ? [[word, holders[word] ?? 0] as const] : []))),
    1_000,
  );

describe('the words that tell the best hits from all others', () => {
  test('are those that few hold, before those that many do', () => {
    expect(telling([['lock table migrate', 1]], { lock: 500, table: 20, migrate: 2 })).toEqual(['migrate', 'table', 'lock']);
  });

  test('are those of better hits, and of more of them, before others', () => {
    const texts: [string, number][] = [
      ['alpha beta', 3],
      ['gamma beta', 1],
    ];
    expect(telling(texts)).toEqual(['beta', 'alpha', 'gamma']);
  });

  test('stand once for each stem; what says nothing, numbers and runs without blanks are none', () => {
    expect(telling([['migrating migrations of the 42 最美 x lock', 1]])).toEqual(['migrating', 'lock']);
  });

  test('are 25 at most, and none of no text', () => {
    const text = Array.from({ length: 60 }, (_, at) => `word${String.fromCharCode(97 + (at % 26), 97 + Math.floor(at / 26))}`).join(' ');
    expect(telling([[text, 1]])).toHaveLength(25);
    expect(telling([['', 1]])).toEqual([]);
    expect(telling([])).toEqual([]);
  });
});
