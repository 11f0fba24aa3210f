import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fields } from './draft.ts';
import { changesOf, linesOf, rowsOf } from './lines.ts';
import { askedIn, mergeText } from './merge.ts';
import { mergeFields } from './merge-fields.ts';

const text = (...lines: string[]) => lines.join('\n');
const settled = (base: string, mine: string, theirs: string) =>
  mergeText(base, mine, theirs)
    .map((part) => (part.kind === 'settled' ? part.lines.join('\n') : `<${part.mine.join('|')}#${part.theirs.join('|')}>`))
    .join('\n');
const someText = fc.array(fc.constantFrom('a', 'b', '', 'c'), { maxLength: 8 }).map((lines) => lines.join('\n'));

describe('a three-way merge', () => {
  test('settles what was changed in other lines, and asks of the same or touching ones alone', () => {
    const base = text('1', '2', '3', '4', '5');
    expect(settled(base, text('one', '2', '3', '4', '5'), text('1', '2', '3', '4', 'five'))).toBe(text('one', '2', '3', '4', 'five'));
    expect(settled(base, text('1', '2', '3', '4', '5', 'end'), text('0', '1', '3', '4', '5'))).toBe(text('0', '1', '3', '4', '5', 'end'));
    expect(settled(base, text('1', '2', 'x', '4', '5'), text('1', '2', 'y', '4', '5'))).toBe(text('1', '2', '<x#y>', '4', '5'));
    expect(settled(base, text('1', 'x', '3', '4', '5'), text('1', '2', 'y', '4', '5'))).toBe(text('1', '<x|3#2|y>', '4', '5'));
    expect(settled(base, text('1', '2', 'x', '4', '5'), text('1', '2', 'x', '4', '5'))).toBe(text('1', '2', 'x', '4', '5'));
    expect(settled(base, text('1', '2', '4', '5'), text('1', '2', '3!', '4', '5'))).toBe(text('1', '2', '<#3!>', '4', '5'));
    expect(settled(text('a', 'b'), 'a\r\nb\r\nmine', text('a', 'b'))).toBe(text('a', 'b', 'mine'));
  });

  test('holds whatever the texts are: one who changed nothing takes the other; both ways ask the same', () => {
    fc.assert(
      fc.property(someText, someText, someText, (base, mine, theirs) => {
        expect(settled(base, base, theirs)).toBe(theirs);
        expect(settled(base, mine, base)).toBe(mine);
        expect(settled(base, mine, mine)).toBe(mine);
        const [there, back] = [mergeText(base, mine, theirs), mergeText(base, theirs, mine)];
        expect(askedIn(back).map((part) => [part.theirs, part.mine])).toEqual(askedIn(there).map((part) => [part.mine, part.theirs]));
        const all = (take: 'mine' | 'theirs') => there.flatMap((part) => (part.kind === 'settled' ? part.lines : part[take]));
        for (const line of linesOf(mine)) if (line !== '' && !linesOf(base).includes(line)) expect(all('mine')).toContain(line);
        for (const line of linesOf(theirs)) if (line !== '' && !linesOf(base).includes(line)) expect(all('theirs')).toContain(line);
      }),
    );
  });

  test('asks of the whole text where too much differs, or the base is gone', () => {
    const lines = (letter: string) => Array.from({ length: 4_000 }, (_, at) => `${letter}${at}`).join('\n');
    expect(mergeText(lines('a'), lines('b'), lines('c')).map(({ kind }) => kind)).toEqual(['asked']);
    expect(mergeText(null, 'x', 'y')).toEqual([{ kind: 'asked', base: [], mine: ['x'], theirs: ['y'] }]);
    const blank = '\n'.repeat(20_000);
    expect(mergeText(blank, `mine\n${blank}`, `${blank}\ntheirs`).map(({ kind }) => kind)).toEqual(['settled']);
  });

  test('takes fields one by one, lists by what either added or removed', () => {
    const base: Fields = {
      title: 'A',
      path: 'a',
      body: 'x',
      visibility: 'internal',
      tags: 'one, two',
      message: '',
      parent: null,
      order: '',
      owners: [],
      newOwner: '',
      review: '',
    };
    const team = (id: string) => ({ type: 'team' as const, id });
    const mine = { ...base, title: 'B', tags: 'one, two, mine', owners: [team('m')], message: 'why', order: '1' };
    const theirs = { ...base, path: 'moved', tags: 'two, theirs', owners: [team('t')], order: '2' };
    const merged = mergeFields(base, mine, theirs);
    expect(merged.asked).toEqual(['order']);
    const owners = [team('t'), team('m')];
    expect(merged.fields).toEqual({ ...base, title: 'B', path: 'moved', tags: 'two, theirs, mine', owners, message: 'why', order: '1' });
  });
});

describe('a comparison', () => {
  test('gives the second text when its changes are made to the first', () => {
    fc.assert(
      fc.property(someText, someText, (old, now) => {
        const [a, b] = [linesOf(old), linesOf(now)];
        const made = (changesOf(a, b) ?? [])
          .toReversed()
          .reduce((lines, { at, length, lines: added }) => lines.toSpliced(at, length, ...added), a);
        expect(made).toEqual(b);
      }),
    );
  });

  test('folds long stretches that are the same', () => {
    const old = Array.from({ length: 30 }, (_, at) => String(at));
    const rows = rowsOf(old, old.with(15, 'changed')) ?? [];
    expect(rows.map((row) => (row.kind === 'hidden' ? `${row.lines.length} hidden` : `${row.kind} ${row.text}`))).toEqual([
      '12 hidden',
      ...['12', '13', '14'].map((line) => `same ${line}`),
      'old 15',
      'new changed',
      ...['16', '17', '18'].map((line) => `same ${line}`),
      '11 hidden',
    ]);
  });
});
