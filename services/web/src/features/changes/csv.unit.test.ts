import { expect, test } from '@jest/globals';
import type { ChangeSetView } from '@sidekick/contracts';
import { cell, csvHead, csvLines } from './csv.ts';

const set: ChangeSetView = {
  ...{ number: 7, id: '01KB0000000000000000000007', at: '2026-11-27T09:00:00.000Z', by: { account: 'a', name: 'Helena "Lena" Prado' } },
  ...{ reason: 'Agreed,\nby mail', accepted: ['over-allocated'], undoes: null, undoneBy: 9, summary: '=HYPERLINK("https://evil.test")' },
  changes: [
    { kind: 'person', id: '01KB0000000000000000000001', before: null, after: {} },
    { kind: 'person', id: '01KB0000000000000000000002', before: null, after: {} },
  ],
};

test('a change set is one line with its day as ISO has it, in quotation marks and with what spreadsheets need to read it', () => {
  expect(csvHead()).toBe('\ufeff"Number","When (UTC)","Who","What","Why","Although","Kinds","Undoes","Undone by"\r\n');
  expect(csvLines([set])).toBe(
    '7,"2026-11-27T09:00:00.000Z","Helena ""Lena"" Prado","\'=HYPERLINK(""https://evil.test"")","Agreed,\nby mail","the person is over-allocated","person","",9\r\n',
  );
});

test('kinds are those of all changes, also where a list has the first of them alone', () => {
  expect(csvLines([{ ...set, all: { changes: 4_000, kinds: ['person', 'timeOff'] } }])).toContain('"person timeOff"');
});

test('nothing that somebody wrote is a formula', () => {
  for (const text of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '\u00a0=1',
    '\u2068=1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    '\tx',
  ])
    expect(cell(text)).toBe(`"'${text}"`);
  for (const text of ['Atlas', 'a=1', '12 h', '', 'Noor – Atlas']) expect(cell(text)).toBe(`"${text}"`);
  expect(cell(-1)).toBe('-1');
});
