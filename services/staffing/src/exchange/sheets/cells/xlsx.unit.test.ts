import { describe, expect, test } from '@jest/globals';
import { workbookParts, zipOf } from '@sidekick/testing/sheets';
import { faults, lines, reading, readingOf, refusal, said, workbook } from '../testing/reading.ts';

const heads = ['Name', '2026-11-30', '2026-12-07', '2026-12-14'];
const hours = [...heads.slice(0, 1), 'Hours/week', ...heads.slice(1)];
const plain = [heads, ['Mia', 'Atlas 8']];
const asXlsx = (bytes: Uint8Array) => refusal(bytes, 'sheet.xlsx');

describe('sheets of a workbook (S3)', () => {
  test('the first visible one with a header is read; others are named, blank ones are not', async () => {
    const read = await readingOf(
      { name: 'Hidden plan', hidden: true, rows: plain },
      { name: 'Read me', rows: [['How to use this']] },
      { name: 'Blank', rows: [[' ']] },
      { name: 'Plan', rows: plain },
      { name: 'Older', rows: plain },
      { name: 'Blank and hidden', hidden: true, rows: [] },
    );
    expect(lines(read)).toEqual(['Mia Atlas 8 2026-11-30..2026-12-06']);
    expect(said(read.ignored)).toEqual(['sheet Hidden plan hidden-sheet', 'sheet Older other-sheet', 'sheet Read me other-sheet']);
  });

  test('without a visible one with a header there is none', async () => {
    expect(await asXlsx(workbook({ hidden: true, rows: plain }, [['x']]))).toBe('no-header');
    expect(await asXlsx(workbook([[' ', null]], []))).toBe('empty');
  });

  test('a merged range has its value in each cell, and is told at its first alone', async () => {
    const read = await readingOf({ rows: [heads, ['Mia', 'Atlas 8', null, null], ['Tom', 'x', null]], merges: ['B2:D2', 'B3:C3'] });
    expect(lines(read)).toEqual(['Mia Atlas 8 2026-11-30..2026-12-20']);
    expect(faults(read)).toEqual(['3:2 x no-hours']);
  });

  test('a merged name is one person in two rows, not told as two', async () => {
    const read = await readingOf({
      rows: [heads, ['Mia', 'Atlas 8'], [null, 'Ocean 4'], ['Tom', 'Atlas 2'], ['TOM', 'Atlas 2']],
      merges: ['A2:A3'],
    });
    expect(lines(read)).toEqual([
      'Mia Atlas 8 2026-11-30..2026-12-06',
      'Mia Ocean 4 2026-11-30..2026-12-06',
      'Tom Atlas 4 2026-11-30..2026-12-06',
    ]);
    expect(said(read.told)).toEqual(['row 5 duplicate-person']);
  });

  test('values of all kinds', async () => {
    const read = await readingOf([
      hours,
      ['Mia', 40, { shared: 'Atlas 8' }, { formula: 'A1&B1', value: 'Ocean 8', text: true }, { formula: 'SUM(A1)' }],
      ['Tom', 40, { error: '#REF!' }, { number: 46_236, format: 'yyyy-mm-dd' }, true],
      ['Lea', 40, 7.5, { number: 46_236, format: 14 }, false],
      [{ formula: 'X1' }, 40, 'Atlas 8'],
      [{ error: '#N/A' }, 40, 'Atlas 8'],
    ]);
    expect(lines(read)).toEqual(['Mia Atlas 8 2026-11-30..2026-12-06', 'Mia Ocean 8 2026-12-07..2026-12-13']);
    expect(faults(read)).toEqual([
      '2:5 =SUM(A1) formula-without-value',
      '3:3 #REF! error-value',
      '3:4 2026-08-02 date-value',
      '3:5 TRUE no-hours',
      '4:3 7.5 no-project',
      '4:4 2026-08-02 date-value',
      '4:5 FALSE no-hours',
      '5:1 =X1 formula-without-value',
      '6:1 #N/A error-value',
    ]);
  });

  test.each<[string | number, number, string | null]>([
    [9, 0.5, '20'],
    [10, 0.07, '2.8'],
    ['0.0%', 0.255, '10.2'],
    ['0.0" d"', 2.5, '20'],
    ['0"h"', 12, '12'],
    ['0.00', 12, '12'],
    ['0.0 "hours"', 7.5, '7.5'],
    ['[Red]0"h";-0', 3, '3'],
    ['dd/mm/yyyy', 46_236, null],
    ['[$-409]mmm d', 46_236, null],
    ['"x"0', 12, '12'],
  ])('a number in the format %s', async (format, number, expected) => {
    const read = await readingOf([
      ['Project', 'Name', 'Hours/week', ...heads.slice(1)],
      ['Atlas', 'Mia', 40, { number, format }],
    ]);
    expect(lines(read)).toEqual(expected === null ? [] : [`Mia Atlas ${expected} 2026-11-30..2026-12-06`]);
    expect(faults(read)).toEqual(expected === null ? ['2:4 2026-08-02 date-value'] : []);
  });

  test('days count from 1900, or from 1904', async () => {
    const rows = [
      ['Name', ...[46_356, 46_363].map((number) => ({ number: number - 1_462, format: 14 }))],
      ['Mia', 'Atlas 8'],
    ];
    const parts = zipOf(workbookParts([{ rows }], { since1904: true }));
    expect(lines(await reading(parts, 'a.xlsx'))).toEqual(['Mia Atlas 8 2026-11-30..2026-12-06']);
  });

  test('comments are ignored, hidden rows and columns are read and told', async () => {
    const read = await readingOf({
      rows: [heads, ['Mia', 'Atlas 8'], [], ['Tom', 'Atlas 4']],
      ...{ comments: ['B2', 'D9'], hiddenRows: [3, 4], hiddenColumns: [2, 7] },
    });
    expect(read.people).toHaveLength(2);
    expect(said(read.ignored)).toEqual(['row 2 column 2 comment', 'row 9 column 4 comment']);
    expect(said(read.told)).toEqual(['column 2 hidden-column', 'row 4 hidden-row']);
  });
});

describe('limits (S4)', () => {
  const parts = () => workbookParts([{ rows: plain }]);
  const changed = (name: string, change: (content: string) => string) =>
    zipOf(parts().map((part) => (part.name === name ? { ...part, content: change(String(part.content)) } : part)));
  const inSheet = (change: (content: string) => string) => changed('xl/worksheets/sheet1.xml', change);

  test('more than 50 MiB unpacked, whatever is declared', async () => {
    const zeros = Buffer.alloc(51 * 1024 * 1024);
    expect(await asXlsx(zipOf([...parts(), { name: 'xl/media/a.bin', content: zeros }]))).toBe('too-big');
    expect(await asXlsx(zipOf([...parts(), { name: 'xl/media/a.bin', content: zeros, declared: 12 }]))).toBe('too-big');
    expect(await asXlsx(zipOf([...parts(), { name: 'xl/media/a.bin', content: zeros.subarray(0, 1_000_000) }]))).toBe('read');
  });

  test('a cell beyond row 20,000 or column 1,000, written or by merging', async () => {
    const cell = (row: number, name: string) =>
      inSheet((xml) => xml.replace('</sheetData>', `<row r="${row}"><c r="${name}"><v>1</v></c></row></sheetData>`));
    expect(await asXlsx(cell(20_000, 'A20000'))).toBe('read');
    expect(await asXlsx(cell(20_001, 'A20001'))).toBe('too-big');
    expect(await asXlsx(cell(9, 'ALL9'))).toBe('read');
    expect(await asXlsx(cell(9, 'ALM9'))).toBe('too-big');
    const merged = (ref: string) =>
      inSheet((xml) => xml.replace('</worksheet>', `<mergeCells><mergeCell ref="${ref}"/></mergeCells></worksheet>`));
    expect(await asXlsx(merged('A1:XFD1048576'))).toBe('too-big');
    expect(await asXlsx(merged('A9:XFD1048576'))).toBe('read');
  });

  test.each([
    ['xl/worksheets/sheet1.xml', '<!DOCTYPE x [<!ENTITY a "b">]>'],
    ['xl/workbook.xml', '<!DOCTYPE x>'],
    ['xl/styles.xml', '<!DOCTYPE x SYSTEM "http://127.0.0.1/x">'],
    ['[Content_Types].xml', `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(100_000)}">]>`],
  ])('a document type in %s', async (name, doctype) => {
    expect(await asXlsx(changed(name, (xml) => xml.replace('?>\n', `?>${doctype}`)))).toBe('forbidden-xml');
  });

  test.each<[string, () => Buffer]>([
    ['text', () => Buffer.from('Name,W49,W50\n')],
    ['nothing', () => Buffer.alloc(0)],
    ['half a zip', () => zipOf(parts()).subarray(0, 900)],
    [
      'a part that was changed on its way',
      () => {
        const zip = zipOf(parts());
        zip.writeUInt8(zip.readUInt8(60) ^ 255, 60);
        return zip;
      },
    ],
    ['a sheet that is not there', () => zipOf(parts().filter(({ name }) => !name.includes('sheet1')))],
    ['XML that never ends', () => inSheet((xml) => xml.slice(0, -20))],
    ['an entity of its own', () => inSheet((xml) => xml.replace('Mia', '&mia;'))],
    [
      'a text that is not among the shared ones',
      () => inSheet((xml) => xml.replace('</sheetData>', '<row r="9"><c r="A9" t="s"><v>7</v></c></row></sheetData>')),
    ],
  ])('%s is damage', async (_name, bytes) => {
    expect(await asXlsx(bytes())).toBe('damaged');
  });

  test('a zip without a workbook is no sheet, and a compound file is old or locked', async () => {
    expect(await asXlsx(zipOf([{ name: 'word/document.xml', content: '<document/>' }]))).toBe('not-a-sheet');
    expect(await asXlsx(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]))).toBe('old-or-locked');
  });
});
