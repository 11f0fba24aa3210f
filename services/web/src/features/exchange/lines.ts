import type { CsvReading } from '@sidekick/contracts';

/** One line of what a file changes; a record that changes in several columns has several. */
export interface Line {
  readonly key: string;
  /** As the spreadsheet counts; null below the first line of a record. */
  readonly row: number | null;
  readonly what: string;
  readonly does: 'new' | 'change' | 'remove';
  readonly head: string;
  readonly before: string;
  readonly after: string;
}

const none = { head: '', before: '', after: '' };

export function linesOf({ changes }: Pick<CsvReading, 'changes'>): Line[] {
  return changes.flatMap(({ row, does, name, fields }): Line[] => {
    if (does === 'remove') return [{ key: `${row}`, row, what: name, does, ...none }];
    if (does === 'new') {
      const after = fields.map(({ head, after }) => `${head} ${after}`).join(' · ');
      return [{ key: `${row}`, row, what: name, does, ...none, after }];
    }
    return fields.map((field, at) => ({
      key: `${row} ${field.head}`,
      row: at === 0 ? row : null,
      what: at === 0 ? name : '',
      does,
      ...field,
    }));
  });
}

/** Letters of a column, as spreadsheets name it: 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
  let [letters, rest] = ['', column];
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}
