import { isUtf8 } from 'node:buffer';
import { setImmediate as turn } from 'node:timers/promises';
import type { CsvRefusal } from '@sidekick/contracts';
import { parse } from 'csv-parse';
import { csvOptions, namedSeparator, separators } from '../../sheets/cells/csv.ts';
import { decoded } from '../../sheets/cells/text.ts';

/** The whole file is refused. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly code: CsvRefusal;
  /** What of the file it is about. */
  readonly of: string;
  constructor(code: CsvRefusal, of = '') {
    super(code);
    this.code = code;
    this.of = of;
  }
}

export interface TableRow {
  /** From 1, as a spreadsheet counts. */
  readonly row: number;
  readonly cells: readonly string[];
}
export interface Table {
  readonly separator: string;
  readonly header: TableRow;
  /** Goes over the rows below the header, without those that are blank, in slices so that others have their turn. Throws FileRefused. */
  each(take: (row: TableRow) => void): Promise<void>;
}

const mostRows = 100_000;
const mostColumns = 200;
/** Bytes that are read before others have a turn: some milliseconds, with what is done with their rows. */
const slice = 32 * 1024;
/** Of the beginning, in which the header is looked for. */
const beginning = 128 * 1024;
/** Characters of a row: a quote that never closes makes one of all that follows. */
const longestRow = 1_000_000;
const codesOfDamage = new Set(['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE']);

const controls = /[^\P{Cc}\t\r\n]/u;
const isBlank = (cells: readonly string[]): boolean => cells.every((text) => text.trim() === '');

/**
 * The rows of a CSV file, which is held as its bytes alone. A first line `sep=X` names the separator, else it is the one of tab, semicolon
 * and comma with which `score` of the first row is the highest. Throws FileRefused.
 */
export async function tableOf(given: Uint8Array, score: (heads: readonly string[]) => number): Promise<Table> {
  const bytes = utf8(given);
  const start = bytes.toString('utf8', 0, beginning);
  if (isEmpty(bytes)) throw new FileRefused('empty');
  const named = namedSeparator(start);
  const whole = named ? bytes.subarray(Buffer.byteLength(start.slice(0, named.length))) : bytes;
  const best = await bestOf(whole.subarray(0, beginning), named ? [named.separator] : separators, score);
  if (best === null) throw new FileRefused(controls.test(start.slice(0, 4_096)) ? 'binary' : 'no-header');
  const { separator, header } = best;
  return {
    ...{ separator, header },
    async each(take) {
      let rows = 0;
      await read(whole, separator, (row) => {
        if (row.row === header.row) return;
        if (row.cells.length > mostColumns) throw new FileRefused('too-many-columns');
        rows += 1;
        if (rows > mostRows) throw new FileRefused('too-many-rows');
        take(row);
      });
    },
  };
}

/** The text of a file in UTF-8, without its mark: what is that already is not copied. */
function utf8(given: Uint8Array): Buffer {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  // A zip, and so a workbook; nothing that a CSV file begins with.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 9) throw new FileRefused('binary');
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (isUtf8(bytes) && !(bytes[0] === 0xff || bytes[0] === 0xfe)) return isMarked ? bytes.subarray(3) : bytes;
  try {
    return Buffer.from(decoded(bytes));
  } catch {
    throw new FileRefused('binary');
  }
}

const ofNothing = new Set([...' \t\r\n,;"'].map((letter) => letter.charCodeAt(0)));
const isEmpty = (bytes: Buffer): boolean => bytes.every((byte) => ofNothing.has(byte));

/** The separator with which the first row is a header; null: none makes it one. */
async function bestOf(
  bytes: Buffer,
  some: readonly string[],
  score: (heads: readonly string[]) => number,
): Promise<{ separator: string; header: TableRow } | null> {
  let best: { separator: string; header: TableRow; score: number } | null = null;
  for (const separator of some) {
    const header = await firstOf(bytes, separator);
    const here = header ? score(header.cells) : 0;
    if (header && here > (best?.score ?? 0)) best = { separator, header, score: here };
  }
  return best;
}

class Enough extends Error {}

/** The first row with anything in it; undefined where the beginning has none, or is damaged. */
async function firstOf(bytes: Buffer, separator: string): Promise<TableRow | undefined> {
  let first: TableRow | undefined;
  try {
    await read(bytes, separator, (row) => {
      first ??= row;
      throw new Enough();
    });
  } catch (error) {
    if (!(error instanceof Enough || error instanceof FileRefused)) throw error;
  }
  return first;
}

/** Goes over the rows with anything in them. Throws FileRefused, and what `take` throws. */
async function read(bytes: Buffer, separator: string, take: (row: TableRow) => void): Promise<void> {
  let count = 0;
  let failed: Error | null = null;
  const parser = parse({
    ...csvOptions(separator),
    max_record_size: longestRow,
    on_record(cells: string[]) {
      count += 1;
      if (!isBlank(cells)) take({ row: count, cells });
      return null;
    },
  });
  parser.on('error', (error) => {
    failed = error;
  });
  parser.resume();
  const ended = new Promise<void>((resolve) => parser.once('close', resolve));
  for (let at = 0; at < bytes.length && failed === null; at += slice) {
    parser.write(bytes.subarray(at, at + slice));
    await turn();
  }
  if (failed === null) parser.end();
  else parser.destroy();
  await ended;
  // Set by the parser's event, which the compiler does not follow.
  const error = failed as Error | null;
  if (error) throw codesOfDamage.has((error as { code?: string }).code ?? '') ? new FileRefused('damaged', String(count + 1)) : error;
}
