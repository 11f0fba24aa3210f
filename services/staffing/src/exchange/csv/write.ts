import { setImmediate as turn } from 'node:timers/promises';
import type { CsvKind, CsvQuery } from '@sidekick/contracts';
import { stringify } from 'csv-stringify/sync';
import type { AnyRecord } from '../../kinds/change.ts';
import { recordsOf, type VersionedRecord } from '../../state/state.ts';
import { escaped } from './cells/escape.ts';
import type { Book, CsvSpec } from './columns/column.ts';
import { headsOf, refCells } from './columns/heads.ts';
import { specs } from './columns/specs.ts';

/** Without it Excel reads UTF-8 as the letters of its country. */
const byteOrderMark = '\ufeff';
const atOnce = 500;
const separatorOf = { comma: ',', semicolon: ';' } as const;

/** What any spreadsheet may take for the end of a cell or a line, whatever it reads by. */
const mustBeQuoted = /[",;\t\r\n]/;

/** The file of a kind, in pieces; records in the order of their ids. */
export async function* csvOf(kind: CsvKind, book: Book, { separator }: CsvQuery): AsyncGenerator<string> {
  const spec = specs[kind];
  const line = lineOf(spec, book, separator === 'semicolon');
  const written = (rows: readonly (readonly string[])[]) =>
    stringify(rows as string[][], { delimiter: separatorOf[separator], record_delimiter: '\r\n', quoted_match: mustBeQuoted });
  yield byteOrderMark + written([headsOf(spec)]);
  const records = [...recordsOf(book.state, spec.kind).values()].sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
  for (let at = 0; at < records.length; at += atOnce) {
    yield written(records.slice(at, at + atOnce).map(line));
    await turn();
  }
}

const lineOf =
  ({ refs, columns }: CsvSpec, book: Book, withCommas: boolean) =>
  ({ record, version }: VersionedRecord<AnyRecord>): string[] => [
    ...[record.id, String(version)],
    ...refs.flatMap((ref) => refCells(ref, record, book)).map(escaped),
    ...columns.map(({ write, isText, isNumber }) => {
      const text = write(record, book);
      if (isText) return escaped(text);
      return isNumber && withCommas ? text.replace('.', ',') : text;
    }),
    '',
  ];
