import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  AccountPatch,
  Email,
  InvitationCreate,
  nameKey,
  nameOf,
  PageMove,
  PagePatch,
  TokenCreate,
  tidyName,
  typedKey,
  unseen,
} from './index.ts';

describe('names', () => {
  test.each([
    ['Qualität', 'Qualita\u0308t'],
    ['React', 'react'],
    ['PostgreSQL', 'POSTGRESQL'],
    ['CI CD', ' CI\u00a0\u2003CD '],
    ['Straße', 'STRASSE'],
    ['İstanbul', 'i\u0307stanbul'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['Überstunden', 'U\u0308BERSTUNDEN'],
    ['React', 'Ｒｅａｃｔ'],
    ['カナ', 'ｶﾅ'],
    ['React', 'Re\u00adact\u200e'],
    ['می‌خواهم', 'میخواهم'],
  ])('%s and %s are one name', (one, other) => expect(nameKey(one)).toBe(nameKey(other)));

  test.each([
    ['C', 'C#'],
    ['C', 'C++'],
    ['Go', 'Got'],
    ['resume', 'resumé'],
    ['Küche', 'Kuche'],
  ])('%s and %s are two', (one, other) => expect(nameKey(one)).not.toBe(nameKey(other)));

  test.each([
    ['Álvarez', 'alvarez'],
    ['Łukasz', 'lukasz'],
    ['Sæther', 'saether'],
    ['Işık', 'isik'],
    ['O’Neill', "o'neill"],
    ['Jørn', 'jorn'],
    ['Straße', 'strasse'],
    ['œuvre', 'oeuvre'],
    ['impo\u0302t', 'impot'],
  ])('whoever types %s plainly types %s', (name, typed) => expect(typedKey(name)).toBe(typed));

  test('leaves marks that a script cannot be read without', () => {
    expect(typedKey('हिन्दी')).toBe('हिन्दी'.normalize('NFC'));
    expect(typedKey('ภาษาไทย')).toBe('ภาษาไทย');
  });

  test('a key is its own key, and the same for every form of a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(nameKey(nameKey(text))).toBe(nameKey(text));
        expect(nameKey(text.normalize('NFD'))).toBe(nameKey(text));
        expect(tidyName(tidyName(text))).toBe(tidyName(text));
        expect(typedKey(typedKey(text))).toBe(typedKey(text));
      }),
    );
  });

  test('plain letters have the key that they have beside any others', () => {
    const plain = fc.string({ unit: 'binary-ascii' });
    fc.assert(fc.property(plain, (text) => expect(nameKey(text)).toBe(nameKey(`${text}\u00ad`))));
    expect(nameKey('Ci  cd ')).toBe('ci cd');
  });

  test('knows what cannot be seen', () => {
    for (const bad of ['a\0b', 'a\u202eb', 'a\u200bb', '\ufeffa']) expect(unseen.test(bad)).toBe(true);
    for (const good of ['Ana', 'علی‌رضا', '👩‍💻']) expect(unseen.test(good)).toBe(false);
  });

  test('a name has something in it that can be seen', () => {
    for (const bad of ['\u3164', '\u00ad', '\u200d', '\u2800', '\u200e \u200f']) expect(nameOf(120).safeParse(bad).success).toBe(false);
    for (const good of ['Ana', '👩‍💻', 'ᄀ']) expect(nameOf(120).safeParse(good).success).toBe(true);
    expect(nameOf(120, 0).safeParse(' ').data).toBe('');
    expect(TokenCreate.safeParse({ name: '\u3164' }).success).toBe(false);
    expect(AccountPatch.safeParse({ name: '\u00ad' }).success).toBe(false);
    expect(InvitationCreate.parse({ roles: ['engineer'], note: '  for \u00a0 Ida' }).note).toBe('for Ida');
  });

  test('an address of a page is made of names', () => {
    const pathOf = (path: string) => PageMove.safeParse({ path }).data?.path;
    const bad = ['a\u202eb', 'a/\u200bb', 'a/\u2800/b', 'a/ /b', ' .. ', 'a/ ./b', 'a\tb', '/a', 'a//b'];
    expect(bad.map(pathOf).filter((path) => path !== undefined)).toEqual([]);
    const good = ['', ' Leave  rules / Süd ', 'u\u0308ber', '.well-known/x', 'علی‌رضا'];
    expect(good.map(pathOf)).toEqual(['', 'Leave rules/Süd', 'über', '.well-known/x', 'علی‌رضا']);
    expect(PageMove.safeParse({ path: '/a\u202e' }).error?.issues).toHaveLength(1);
  });

  test('an owner has a name, and owns a page once', () => {
    const owned = (...ids: string[]) =>
      PagePatch.safeParse({ owners: ids.map((id) => ({ type: 'team', id })) }).data?.owners?.map(({ id }) => id);
    expect([owned(''), owned('a\u202eb'), owned('\u2800')]).toEqual([undefined, undefined, undefined]);
    expect(owned(' Design  team', 'design team', 'Ops')).toEqual(['Design team', 'Ops']);
  });
});

test('an e-mail address has one form, in whatever case and with whatever blanks it is typed', () => {
  expect(Email.parse(' Ana.Duarte@Example.ORG ')).toBe('ana.duarte@example.org');
  expect([' ', 'ana', 'ana@', `${'a'.repeat(200)}@example.org`].filter((typed) => Email.safeParse(typed).success)).toEqual([]);
});
