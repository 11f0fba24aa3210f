import { CsvKind, type CsvRefused } from '@sidekick/contracts';
import type { FileRefused } from './cells/table.ts';
import { headsOf } from './columns/heads.ts';
import { specs } from './columns/specs.ts';

const words = {
  binary: () => 'This is no text. Save the sheet as CSV (UTF-8), and send that file; a workbook is taken under “Move in”',
  damaged: (row: string) =>
    `The file is damaged: a quote is opened in or before row ${row} and never closed. Save it once more as CSV, and send that file`,
  empty: () => 'There is no cell with text in it',
  'no-header': (kind: string, heads: string) =>
    `The first row names no column of ${kind}. Export them once, and keep that header; its columns are ${heads}`,
  'other-kind': (kind: string, _heads: string, of: string) =>
    `This looks like a file of ${of}, not of ${kind}. Choose ${of}, and send it again`,
  'repeated-column': (_kind: string, _heads: string, of: string) => `A column stands twice (${of}). Keep one of them`,
  'no-version': () => 'Rows have an id, and there is no column version. Export again: it tells what others changed meanwhile',
  'no-rows': () => 'Nothing stands below the header',
  'too-many-rows': () => 'More than 100,000 rows. Rows that change nothing may be left out, and the rest sent in parts',
  'too-many-columns': () => 'More than 200 columns. Keep those that the export has',
} as const;

/** What is wrong with a file that is not read, and what to do. */
export function refused(kind: CsvKind, { code, of }: FileRefused): CsvRefused {
  const heads = headsOf(specs[kind]).join(', ');
  const other = CsvKind.safeParse(of).data;
  return {
    refused: code,
    ...(other && { kind: other }),
    words: code === 'damaged' ? words.damaged(of) : words[code](specs[kind].words[1], heads, of),
  };
}
