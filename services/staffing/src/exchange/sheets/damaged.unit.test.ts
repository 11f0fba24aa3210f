import { expect, test } from '@jest/globals';
import { sheetRefusals } from '@sidekick/contracts';
import { zipOf } from '@sidekick/testing/sheets';
import { sheet, workbook } from './testing/reading.ts';
import { tracedReading } from './traced.ts';

const rows = ['Name|2026-11-30|2026-12-07', 'Noor Haddad|Atlas 24|"Ocean; 8', 'Jo Rask|leave|Atlas 8 (SK)?'];
const csv = Buffer.from(sheet(...rows));
const xlsx = workbook(rows.map((row) => row.split('|')));

/** The first part of a file, as a copy that broke off has it. */
const cut = (bytes: Buffer, parts: number) =>
  Array.from({ length: parts }, (_, at) => bytes.subarray(0, Math.floor((bytes.length * at) / parts)));
const over = (bytes: Buffer, at: number, text: string) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(at + text.length)]);
const part = (name: string, content: string) => zipOf([{ name, content: Buffer.from(content) }]);

const damaged: [string, Buffer][] = [
  ...cut(csv, 10).map((bytes): [string, Buffer] => ['a.csv', bytes]),
  ...cut(xlsx, 10).map((bytes): [string, Buffer] => ['a.xlsx', bytes]),
  ['a.csv', Buffer.concat([csv, Buffer.from([0])])],
  ['a.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), csv])],
  ['a.csv', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf, 0xff]), csv])],
  ['a.csv', Buffer.from(`sep=\n${csv.toString()}`)],
  ['a.csv', Buffer.from(`sep=N\n${csv.toString()}`)],
  ['a.csv', Buffer.from(csv.toString().replaceAll('\n', '\r'))],
  ['a.csv', Buffer.from(`${csv.toString()}\n"`)],
  ['a.csv', Buffer.from('"'.repeat(10_001))],
  ['a.csv', Buffer.from('\n'.repeat(50_000))],
  ['a.csv', Buffer.from(`Name,${'2026-11-30,'.repeat(2_000)}`)],
  ['a.csv', xlsx],
  ['a.xlsx', csv],
  ['a.xlsx', over(xlsx, 0, 'XX')],
  ['a.xlsx', over(xlsx, xlsx.length - 12, 'XXXXXXXX')],
  ['a.xlsx', Buffer.concat([xlsx, xlsx])],
  ['a.xlsx', part('xl/workbook.xml', '<workbook><sheets><sheet name="x" id="r1"/></sheets></workbook>')],
  ['a.xlsx', part('xl/workbook.xml', '<workbook><sheets>')],
  ['a.xlsx', part('xl/workbook.xml', '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>')],
  ['a.xlsx', part('../xl/workbook.xml', '<workbook/>')],
  ['a.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
];

test('forty damaged files are read or refused under a code that there are words for, and none fails', async () => {
  expect(damaged).toHaveLength(40);
  const outcomes: string[] = [];
  for (const [name, bytes] of damaged) {
    const answer = await tracedReading(
      { name, bytes, today: '2026-11-23' },
      { cells: [{ row: 9, column: 9, text: 'x' }], year: 2026, weeks: [] },
    );
    outcomes.push('refused' in answer ? answer.refused : 'read');
  }
  const known = new Set<string>(['read', ...sheetRefusals]);
  expect(outcomes.filter((outcome) => !known.has(outcome))).toEqual([]);
  expect(['read', 'damaged', 'binary', 'empty'].filter((outcome) => !outcomes.includes(outcome))).toEqual([]);
  expect(outcomes.filter((outcome) => outcome === 'read').length).toBeGreaterThan(2);
});
