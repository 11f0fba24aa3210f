import { describe, expect, test } from '@jest/globals';
import { faults, lines, reading, refusal, said } from '../testing/reading.ts';

const mia = 'Mia Atlas 8 2026-11-30..2026-12-13';

describe('text (S1)', () => {
  const sheet = 'Name;W49;W50\nZoë;Atlas 8;Atlas 8\n';
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(sheet)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${sheet}`)],
    ['Windows-1252', Buffer.from(sheet, 'latin1')],
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${sheet}`, 'utf16le')],
    ['UTF-16BE with a mark', Buffer.from(`\ufeff${sheet}`, 'utf16le').swap16()],
  ])('is read as %s', async (_name, bytes) => {
    expect(lines(await reading(bytes))).toEqual(['Zoë Atlas 8 2026-11-30..2026-12-13']);
  });

  test.each<[string, Buffer]>([
    ['a zero byte', Buffer.from(sheet.replace('ë', '\0'))],
    ['a control character', Buffer.from(sheet.replace('ë', '\x07'))],
    ['a control character in UTF-16', Buffer.from(`\ufeff${sheet.replace('ë', '\x1b')}`, 'utf16le')],
    ['a byte that Windows-1252 lacks', Buffer.from(sheet.replace('ë', '\x81'), 'latin1')],
    ['UTF-16 without a mark', Buffer.from(sheet, 'utf16le')],
    ['half a character behind a mark', Buffer.concat([Buffer.from(`\ufeff${sheet}`, 'utf16le'), Buffer.from('a')])],
    ['a mark of UTF-8 before other bytes', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(sheet, 'latin1')])],
  ])('is refused for %s', async (_name, bytes) => {
    expect(await refusal(bytes)).toBe('binary');
  });

  test('without a letter is empty', async () => {
    expect([await refusal(''), await refusal('\ufeff'), await refusal(' ;;\n\t\n'), await refusal('"",""\n')]).toEqual(
      Array(4).fill('empty'),
    );
  });
});

describe('cells of CSV (S2)', () => {
  test.each(['\n', '\r\n', '\r'])('lines end with %j, and a newline in quotes begins no row', async (end) => {
    const read = await reading(['Name,W49,W50', '"Mia","Atlas 8\nOcean 2",x', '', '"Tom ""T"" Ek",Atlas 8,"a, b"'].join(end));
    expect(read.people.map(({ name }) => name)).toEqual(['Mia', 'Tom "T" Ek']);
    expect(faults(read)).toEqual(['2:3 x no-hours', '4:3 a no-hours', '4:3 b no-hours']);
  });

  test('a quote inside a cell stands for itself', async () => {
    expect((await reading('Name,W49,W50\nTom "T" Ek,Atlas 8,\n')).people).toEqual([{ name: 'Tom "T" Ek' }]);
  });

  test('a quote that never closes is damage, with the separator that is meant', async () => {
    expect(await refusal('Name,W49,W50\nMia,"Atlas 8; Ocean 2,\n')).toBe('damaged');
    expect(await refusal('"Name,W49,W50\nMia,Atlas 8,\n')).toBe('damaged');
    expect(await refusal('Name;W49;W50\nMia;Atlas 8, "or more;Atlas 8\n')).toBe('read');
  });

  test('a first line names the separator and is no row', async () => {
    const read = await reading('sep=|\nName|W49|W50\nMia|Atlas 8|x\n');
    expect([faults(read), said(read.told)]).toEqual([['2:3 x no-hours'], ['row 1 year-assumed']]);
    expect(lines(await reading('"sep=;"\r\nName;W49;W50\r\nMia;Atlas 8;Atlas 8\r\n'))).toEqual([mia]);
  });

  test('else it is the one with which there is a header, of several that with most cells, then tab before semicolon before comma', async () => {
    for (const separator of ['\t', ';', ',']) {
      const sheet = ['Name', 'W49', 'W50\nMia', 'Atlas 8', 'Atlas 8\n'].join(separator);
      expect(lines(await reading(sheet))).toEqual([mia]);
    }
    expect((await reading('Name,W49,W50;W51,W52,W53\nMia,Atlas 8,,,\n')).people).toEqual([{ name: 'Mia' }]);
    expect(lines(await reading('Name,W49,W50\nName;W49;W50\nMia;Atlas 8;\n'))).toEqual(['Mia Atlas 8 2026-11-30..2026-12-06']);
  });

  test('more than 20,000 rows or 1,000 columns with anything in them are too many; blank ones count for nothing', async () => {
    const head = 'Name,W49,W50\nMia,Atlas 8,\n';
    const blank = ',,\n'.repeat(30_000);
    expect(lines(await reading(`${head}${blank}`))).toEqual(['Mia Atlas 8 2026-11-30..2026-12-06']);
    expect(await refusal(`${head}${blank}Tom,,\n`)).toBe('too-big');
    expect(await refusal(`${head}Tom${','.repeat(999)}x\n`)).toBe('read');
    expect(await refusal(`${head}Tom${','.repeat(1_000)}x\n`)).toBe('too-big');
    expect(await refusal(`${head}Tom${','.repeat(1_000)}\n`)).toBe('read');
  });
});
