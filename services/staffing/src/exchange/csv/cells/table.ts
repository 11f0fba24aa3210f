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
  /** Below the header, without those that are blank. */
  readonly rows: readonly TableRow[];
}

export const mostRows = 100_000;
const mostColumns = 200;
/** Bytes that are read before others have a turn: some milliseconds. */
const slice = 128 * 1024;
/** Characters of a row: a quote that never closes makes one of all that follows. */
const longestRow = 1_000_000;
const codesOfDamage = new Set(['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE']);

const controls = /[^\P{Cc}\t\r\n]/u;
const isBlank = (cells: readonly string[]): boolean => cells.every((text) => text.trim() === '');

/**
 * The rows of a CSV file, read in slices so that others have their turn. A first line `sep=X` names the separator, else it is the one of
 * tab, semicolon and comma with which `score` of the first row is the highest. Throws FileRefused.
 */
export async function tableOf(bytes: Uint8Array, score: (heads: readonly string[]) => number): Promise<Table> {
  const text = textIn(bytes);
  if (!/[^\s,;"]/.test(text)) throw new FileRefused('empty');
  const named = namedSeparator(text);
  const whole = Buffer.from(named ? text.slice(named.length) : text);
  const best = await bestOf(whole, named ? [named.separator] : separators, score);
  if (best === null) throw new FileRefused(controls.test(text.slice(0, 4_096)) ? 'binary' : 'no-header');
  const { separator } = best;
  const [header, ...rest] = await rowsOf(whole, separator, mostRows + 1);
  if (!header) throw new FileRefused('empty');
  return { separator, header, rows: rest };
}

function textIn(bytes: Uint8Array): string {
  // A zip, and so a workbook; nothing that a CSV file begins with.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 9) throw new FileRefused('binary');
  try {
    return decoded(bytes);
  } catch {
    throw new FileRefused('binary');
  }
}

/** The separator with which the first row is a header; null: none makes it one. */
async function bestOf(
  bytes: Buffer,
  some: readonly string[],
  score: (heads: readonly string[]) => number,
): Promise<{ separator: string } | null> {
  let best: { separator: string; score: number } | null = null;
  for (const separator of some) {
    const [first] = await rowsOf(bytes.subarray(0, slice), separator, 1);
    const here = first ? score(first.cells) : 0;
    if (here > (best?.score ?? 0)) best = { separator, score: here };
  }
  return best;
}

class Enough extends Error {}

/** The first rows with anything in them. Throws FileRefused. */
async function rowsOf(bytes: Buffer, separator: string, most: number): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  let count = 0;
  let failed: Error | null = null;
  const parser = parse({
    ...csvOptions(separator),
    max_record_size: longestRow,
    on_record(cells: string[]) {
      count += 1;
      if (isBlank(cells)) return null;
      if (cells.length > mostColumns && most > 1) throw new FileRefused('too-many-columns');
      if (rows.length === most) throw most === 1 ? new Enough() : new FileRefused('too-many-rows');
      rows.push({ row: count, cells });
      return null;
    },
  });
  parser.on('error', (error) => {
    failed = error;
  });
  parser.resume();
  const ended = new Promise<void>((resolve) => parser.once('close', resolve));
  for (let at = 0; at < bytes.length && failed === null; at += slice) {
    if (most === 1 && rows.length === 1) break;
    parser.write(bytes.subarray(at, at + slice));
    await turn();
  }
  if (failed === null && !(most === 1 && rows.length === 1)) parser.end();
  else parser.destroy();
  await ended;
  // Set by the parser's event, which the compiler does not follow.
  const error = failed as Error | null;
  // Of a header the beginning is enough, whatever follows.
  if (error && most > 1) throw refusalOf(error, count + 1);
  return rows;
}

function refusalOf(error: Error, row: number): Error {
  if (error instanceof FileRefused) return error;
  return codesOfDamage.has((error as { code?: string }).code ?? '') ? new FileRefused('damaged', String(row)) : error;
}
