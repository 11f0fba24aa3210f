import { describe, expect, test } from '@jest/globals';
import { answer } from '../engine/ask.ts';
import type { Reads } from '../engine/engine.ts';
import { matchOf } from '../engine/match.ts';
import { correct, distanceWithin } from './correct.ts';
import { start } from './cursor.ts';
import { parseQuery } from './parse.ts';

describe('the query language', () => {
  test('takes words, phrases, exclusions and filters apart', () => {
    expect(parseQuery('Postgres "zero downtime" -draft -"old way" tag:sql owner:"Ana Duarte" -Tag:"Old Ways"', false)).toEqual({
      words: ['postgres'],
      again: [],
      runs: [],
      terms: [],
      before: [],
      phrases: [['zero', 'downtime']],
      excluded: [['old', 'way']],
      dashed: [['draft']],
      filters: [
        { field: 'tag', value: 'sql' },
        { field: 'owner', value: 'ana duarte' },
      ],
      excludedFilters: [{ field: 'tag', value: 'old ways' }],
      prefix: null,
      left: 0,
    });
  });

  test('takes the last word as a beginning only while typing and without a space after it', () => {
    expect(parseQuery('rolling migr', true)).toMatchObject({ words: ['rolling'], prefix: 'migr' });
    expect(parseQuery('rolling migr ', true)).toMatchObject({ words: ['rolling', 'migr'], prefix: null });
    expect(parseQuery('rolling migr', false)).toMatchObject({ words: ['rolling', 'migr'], prefix: null });
  });

  test('drops words that say nothing unless there is nothing else', () => {
    expect(parseQuery('what is the release', false).words).toEqual(['release']);
    expect(parseQuery('what is the', false).words).toEqual(['what', 'is', 'the']);
  });

  test('counts a word that is typed again up to three times, once where it is looked for', () => {
    expect(parseQuery('queue retry queue the Queue the queue retry', false)).toMatchObject({
      words: ['queue', 'retry'],
      again: ['queue', 'queue', 'retry'],
    });
    expect(parseQuery('the the the', false)).toMatchObject({ words: ['the'], again: ['the', 'the'] });
    expect(parseQuery('最美 最美', false).again).toEqual([]);
    const many = Array.from({ length: 30 }, (_, at) => `w${at}`).join(' ');
    expect(parseQuery(`${many} ${many} ${many}`, false)).toMatchObject({ again: { length: 16 }, left: 0 });
    const { any, ranking, titles, all } = matchOf(parseQuery('queue retry queue "dead letter"', false), []);
    expect([any, ranking, titles, all]).toEqual([
      '("dead letter") AND (("dead letter") OR "queue" OR "retry")',
      '("dead letter") AND (("dead letter") OR "queue" OR "retry" OR "queue")',
      '"queue" OR "retry" OR "dead letter"',
      '(("dead letter") AND (("dead letter") OR "queue" AND "retry"))',
    ]);
  });

  test('reads letters and signs in full width, and quotes of any kind, as the plain ones', () => {
    const plain = parseQuery('Postgres "zero downtime" -draft tag:sql', true);
    expect(parseQuery('Ｐｏｓｔｇｒｅｓ　＂zero downtime＂ －draft ｔａｇ：ｓｑｌ', true)).toEqual(plain);
    expect(parseQuery('Postgres “zero downtime” -draft tag:sql', true)).toEqual(plain);
    expect(parseQuery('ﬁle', true).prefix).toBe('file');
  });

  test('reads anything typed as words: unknown fields, stray quotes, operators, hyphens inside words', () => {
    expect(parseQuery('http://x AND "', false).words).toEqual(['http', 'x']);
    expect(parseQuery('multi-targeted foo:bar', false).words).toEqual(['multi', 'targeted', 'foo', 'bar']);
    expect(parseQuery('- -- "" :', false)).toMatchObject({ words: [], phrases: [], excluded: [] });
    expect(parseQuery('__proto__ constructor', false).words).toEqual(['proto', 'constructor']);
  });
});

describe('correction', () => {
  const known = [
    ['migrations', 9],
    ['migration', 4],
    ['release', 3],
    ['releases', 3],
    ['receive', 1],
  ] as const;

  test('finds the nearest known word: one edit from 5 letters, two from 9, a swap is one', () => {
    expect(correct('migratons', known)).toBe('migrations');
    expect(correct('relaese', known)).toBe('release');
    expect(correct('recieve', known)).toBe('receive');
    expect(correct('migrtons', known)).toBeNull();
    expect(correct('rels', known)).toBeNull();
  });

  test('prefers the more frequent word among equally near ones, then the alphabet', () => {
    expect(correct('releasex', known)).toBe('release');
    expect(
      correct('stace', [
        ['stage', 1],
        ['state', 5],
      ]),
    ).toBe('state');
  });

  test('counts edits as the definition says and stops at the limit', () => {
    expect(distanceWithin('kitten', 'sitting', 3)).toBe(3);
    expect(distanceWithin('kitten', 'sitting', 2)).toBe(3);
    expect(distanceWithin('ab', 'ba', 2)).toBe(1);
    expect(distanceWithin('', 'abc', 5)).toBe(3);
  });
});

describe('a query made to be slow', () => {
  const nothing = { items: [], counts: { section: 0, person: 0, project: 0 }, more: false };
  const reads = (over: Partial<Reads> = {}): Reads => ({
    ...{
      search: () => nothing,
      complete: () => [],
      knows: () => false,
      writes: () => false,
      hasOption: () => false,
      words: () => [],
      wordsFrom: () => [],
    },
    ...over,
  });
  const asked = { type: null, audience: 'public', cursor: start, limit: 20, exact: false, typing: false, newestEvent: null } as const;

  test('has its first unknown words corrected and the rest searched as typed', () => {
    const searched: string[][] = [];
    const search: Reads['search'] = ({ query }) => {
      searched.push(query.words);
      return nothing;
    };
    const typed = Array.from({ length: 30 }, (_, at) => `relea${String.fromCharCode(97 + (at % 26), 97 + Math.floor(at / 26))}e`);
    const query = parseQuery([...typed, 'releese'].join(' '), false);
    const { corrections } = answer(reads({ search }), () => [['release', 1]], { ...asked, query });
    expect(corrections.length).toBeLessThanOrEqual(8);
    expect(searched[0]).toContain('releese');
  });

  test('has a word that is typed again corrected each time', () => {
    const searched: string[][] = [];
    const search: Reads['search'] = ({ query }) => {
      searched.push([...query.words, ...query.again]);
      return nothing;
    };
    const query = parseQuery('releese releese', false);
    const { corrections } = answer(reads({ search }), () => [['release', 1]], { ...asked, query });
    expect([searched, corrections]).toEqual([[['release', 'release']], [{ from: 'releese', to: 'release' }]]);
  });

  test('has its first words, phrases, exclusions and filters searched, and the rest counted', () => {
    const many = (sign: string, count: number) => Array.from({ length: count }, (_, at) => `${sign}w${at}`).join(' ');
    for (const [text, left] of [
      [many('', 40), 8],
      [many('tag:', 30), 14],
      [many('-tag:', 30), 14],
      [`a1 ${many('-', 60)}`, 12],
      [`"${many('', 60)}"`, 12],
      ['最'.repeat(30), 1],
      [`${'ab '.repeat(700)}end`, 35],
    ] as const)
      expect([text.slice(0, 12), parseQuery(text, false).left]).toEqual([text.slice(0, 12), left]);
    const { words, phrases, excluded, dashed, filters } = parseQuery(`${many('', 400)} "${many('', 90)}"`, false);
    expect(words.length + phrases.flat().length + excluded.flat().length + dashed.flat().length + filters.length).toBeLessThan(150);
    const { notes } = answer(reads(), () => [], { ...asked, query: parseQuery(many('', 40), false) });
    expect(notes).toEqual([{ kind: 'shortened', words: [], count: 8 }]);
  });

  test('is no deeper an expression with many exclusions than with one', () => {
    const excluded = Array.from({ length: 40 }, (_, at) => [`x${at}`]);
    expect(matchOf({ ...parseQuery('a', false), excluded }, []).any).toMatch(/^\("a"\) NOT \("x0" OR "x1" OR/);
  });
});
