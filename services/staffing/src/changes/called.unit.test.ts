import { describe, expect, test } from '@jest/globals';
import { typedKey } from '@sidekick/contracts';
import { holds, wordsOf } from './called.ts';

const isFound = (name: string, text: string, others: readonly string[] = []) =>
  wordsOf('p-ABCD', [name], others).some((word) => holds(typedKey(text), word));

describe('a name is found', () => {
  test.each([
    ['Inês Costa', 'So that Ines can go'],
    ['Ines Costa', 'So that INÊS can go'],
    ['Wu Li', 'Wu wants it'],
    ['Wu Li', 'Asked for by Li.'],
    ['noor haddad', 'Noor’s wish'],
    ['山田 太郎', '山田さんの希望'],
    ['山田 太郎', '山田太郎が休む'],
    ['김민수', '김민수는 쉬어요'],
    ['สมชาย ใจดี', 'ให้สมชายพัก'],
    ['山田 Noor', 'für Noor'],
    ['noor@example.org', 'by NOOR@example.org, twice'],
  ])('of %s in "%s"', (name, text) => expect(isFound(name, text)).toBe(true));
});

describe('no name is found', () => {
  test.each([
    ['Wu Li', 'Would like it'],
    ['Ana de Souza', 'Um dia de folga'],
    ['Noor Haddad', 'Noordwijk wants it'],
    ['Former colleague ABCD', 'A former colleague asked'],
    ['J Li', 'Plan J is on'],
    ['नूर', 'नूरा'],
  ])('of %s in "%s"', (name, text) => expect(isFound(name, text)).toBe(false));

  test('where it is part of somebody else’s', () => {
    expect(isFound('Noor Haddad', 'Mr Haddad is here', ['Omar Hâddad'])).toBe(false);
    expect(isFound('Wu Li', 'Li asked', ['Li Na'])).toBe(false);
  });
});
