import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escaped, likewise, unescaped } from './escape.ts';
import { listItems, listText, quotedName } from './lists.ts';
import { dayIn, isYes, numberIn, portionIn, type Writing } from './values.ts';

const comma: Writing = { takesCommas: false, dayOrder: null };
const semicolon: Writing = { takesCommas: true, dayOrder: null };

describe('what a spreadsheet may run', () => {
  test('is text by an apostrophe, wherever a cell or a line may begin for it', () => {
    const all = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', "'quoted", 'a;=1', 'a,@b', 'a\n-b', '\u200b=1'];
    expect(all.map(escaped)).toEqual([
      ...["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t'=1", "'\r'=1", "' =1", "'＝1", "''quoted", "a;'=1", "a,'@b", "a\n'-b", "'\u200b=1"],
    ]);
    for (const text of ['a=1', 'Noor', 'x - y', "it's", '']) expect(escaped(text)).toBe(text);
  });

  test('comes back as it was, whatever it is', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'=+-@\'",;\t\r\n a') }));
    fc.assert(fc.property(anything, (text) => unescaped(escaped(text)) === text));
  });

  test('an apostrophe that people typed before a letter stays', () => {
    expect(unescaped("'tis")).toBe("'tis");
  });

  test('is told apart by neither line ends nor halves of characters', () => {
    expect(likewise('a\r\nb\rc\ud800')).toBe('a\nb\nc\ufffd');
  });
});

describe('numbers', () => {
  test('are decimal digits, with a comma where it does not part columns', () => {
    expect([numberIn('7.5', comma), numberIn(' 8 ', comma), numberIn('-1', comma), numberIn('7,5', semicolon)]).toEqual([7.5, 8, -1, 7.5]);
    expect(() => numberIn('7,5', comma)).toThrow('write 7.5');
    for (const text of ['NaN', '1e9', '0x10', 'Infinity', '1.234,5', '8 h', '١', '9'.repeat(400)])
      expect(() => numberIn(text, semicolon)).toThrow('is no number');
  });

  test('a portion may be in percent', () => {
    expect([portionIn('5%', comma), portionIn('7,5 %', semicolon), portionIn('0.05', comma)]).toEqual([0.05, 0.075, 0.05]);
  });
});

describe('days', () => {
  const read = (text: string, dayOrder: Writing['dayOrder'] = null) => dayIn(text, { ...comma, dayOrder });
  test('are ISO, or as spreadsheets write them again', () => {
    const all = ['2026-12-07', '2026/12/7', '7.12.2026', '07. 12. 2026', '2026-12-07 00:00:00', '2026-12-07T00:00:00.000Z'];
    expect(new Set(all.map((text) => read(text)))).toEqual(new Set(['2026-12-07']));
    expect([read('25/12/2026'), read('12/25/2026'), read('5/5/2026')]).toEqual(['2026-12-25', '2026-12-25', '2026-05-05']);
  });

  test('that may be two are refused, unless others of the file tell', () => {
    expect(() => read('03/04/2026')).toThrow('may be 2026-04-03 or 2026-03-04');
    expect([read('03/04/2026', 'day'), read('03/04/2026', 'month')]).toEqual(['2026-04-03', '2026-03-04']);
  });

  test('that are none are refused', () => {
    for (const text of ['2026-02-30', '31/02/2026', '2026-13-01', '13/13/2026', '30.2.2026', '0/5/2026'])
      expect(() => read(text)).toThrow('There is no day');
    for (const text of ['soon', '46363', '12/26', '7 Dec', '2026-12', '1'.repeat(100_000)]) expect(() => read(text)).toThrow('is no day');
  });
});

describe('lists in a cell', () => {
  test('hold any names', () => {
    const name = fc
      .string({ unit: fc.constantFrom(...'a;" 1') })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    fc.assert(
      fc.property(fc.array(name), (names) => {
        expect(listItems(listText(names.map(quotedName))).map((one) => one.name)).toEqual(names);
      }),
    );
  });

  test('with a quote that never closes are refused', () => {
    expect(() => listItems('"React 4')).toThrow('never closed');
  });
});

test('what goes says yes', () => {
  expect([isYes('yes'), isYes('TRUE'), isYes(''), isYes('no')]).toEqual([true, true, false, false]);
  expect(() => isYes('perhaps')).toThrow('neither yes nor blank');
});
