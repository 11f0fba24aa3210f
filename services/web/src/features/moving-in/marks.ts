import type { Corrections, Read } from './corrections.ts';
import type { Mark, Marks } from './sheet-grid.tsx';
import { faultWords, ignoredNotes, toldNotes } from './words.ts';

/** What is said at each cell, row and column; what was not understood goes before all else. */
export function marksOf(read: Read | null, { cells: typed }: Corrections): Marks {
  const cells = new Map<string, Mark>();
  const rows = new Map<number, Mark>();
  const columns = new Map<number, Mark>();
  for (const { row, column } of typed) cells.set(`${row}:${column}`, { tone: 'typed', words: 'Typed over' });
  if (!read) return { cells, rows, columns };
  const noted = [
    ...ignoredNotes(read.reading).map((note) => ({ ...note, tone: 'off' as const })),
    ...toldNotes(read.reading).map((note) => ({ ...note, tone: 'told' as const })),
  ];
  for (const { row, column, words, tone } of noted) {
    if (row !== null && column !== null) cells.set(`${row}:${column}`, { tone, words });
    else if (row !== null) rows.set(row, { tone, words });
    else if (column !== null) columns.set(column, { tone, words });
  }
  for (const { row, column, why, text } of read.reading.notUnderstood) {
    const key = `${row}:${column}`;
    const before = cells.get(key);
    const words = `“${text}”: ${faultWords[why]}`;
    cells.set(key, { tone: 'bad', words: before?.tone === 'bad' ? `${before.words}. ${words}` : words });
  }
  return { cells, rows, columns };
}
