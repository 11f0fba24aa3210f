import { describe, expect, test } from '@jest/globals';
import type { Engine } from '../engine/engine.ts';
import { matchOf } from '../engine/match.ts';
import { answer } from './ask.ts';
import { correct, distanceWithin } from './correct.ts';
import { parseQuery } from './parse.ts';

describe('the query language', () => {
  test('takes words, phrases, exclusions and filters apart', () => {
    expect(parseQuery('Postgres "zero downtime" -draft -"old way" tag:sql owner:"Ana Duarte"', false)).toEqual({
      words: ['postgres'],
      phrases: [['zero', 'downtime']],
      excluded: [['draft'], ['old', 'way']],
      filters: [
        { field: 'tag', value: 'sql' },
        { field: 'owner', value: 'ana duarte' },
      ],
      prefix: null,
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
  const asked = { type: null, audience: 'public', offset: 0, limit: 20, exact: false, typing: false } as const;

  test('has its first unknown words corrected and the rest searched as typed', () => {
    const searched: string[][] = [];
    const nothing = { items: [], counts: { section: 0, person: 0, project: 0 } };
    const search: Engine['search'] = ({ query }) => {
      searched.push(query.words);
      return nothing;
    };
    const engine = { knows: () => false, search } as Pick<Engine, 'knows' | 'search'>;
    const typed = Array.from({ length: 200 }, (_, at) => `relea${String.fromCharCode(97 + (at % 26), 97 + Math.floor(at / 26))}e`);
    const vocabulary = () => [['release', 1]] as const;
    const { corrections } = answer(engine as Engine, vocabulary, { ...asked, q: [...typed, 'releese'].join(' ') });
    expect(corrections.length).toBeLessThanOrEqual(8);
    expect(searched[0]).toContain('releese');
  });

  test('is no deeper an expression with many exclusions than with one', () => {
    const many = parseQuery(`a ${Array.from({ length: 600 }, (_, at) => `-x${at}`).join(' ')}`, false);
    expect(matchOf(many, []).any).toMatch(/^\("a"\) NOT \("x0" OR "x1" OR/);
  });
});
