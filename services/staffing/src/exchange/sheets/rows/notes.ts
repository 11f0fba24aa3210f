import type { SheetReading } from '@sidekick/contracts';
import { type Cell, collapsed, type Place, placeOf } from '../cells/sheet.ts';

type NotUnderstood = SheetReading['notUnderstood'][number];
type Ignored = SheetReading['ignored'][number];
type Told = SheetReading['told'][number];

/** What the reader says beside the records, each once. */
export interface Notes {
  /** `text` stands in for that of the cell. */
  notUnderstood(cell: Cell | undefined, row: number, column: number, why: NotUnderstood['why'], text?: string): void;
  ignore(one: Ignored): void;
  tell(one: Told): void;
  readonly lists: { notUnderstood: NotUnderstood[]; ignored: Ignored[]; told: Told[] };
}

export function notesOf(): Notes {
  const seen = new Set<string>();
  const lists: Notes['lists'] = { notUnderstood: [], ignored: [], told: [] };
  const once = <T>(list: T[], key: string, one: T) => {
    if (seen.has(key)) return;
    seen.add(key);
    list.push(one);
  };
  /** Entries of one cell may read the same; each is told. Those of a merged cell are told at its first place alone. */
  const mergedAt = new Map<Cell, Place>();
  return {
    lists,
    notUnderstood(cell, row, column, why, text = collapsed(cell?.text ?? '')) {
      if (cell?.range) {
        const known = mergedAt.get(cell) ?? { row, column };
        mergedAt.set(cell, known);
        if (known.row !== row || known.column !== column) return;
      }
      lists.notUnderstood.push({ ...placeOf(cell, row, column), text, why });
    },
    ignore: (one) => once(lists.ignored, `ignored ${JSON.stringify(one)}`, one),
    tell: (one) => once(lists.told, `told ${JSON.stringify(one)}`, one),
  };
}

const surrogate = /[\ud800-\udfff]/;

/** By Unicode's numbers of characters, as the form of the answer has it. */
export function byCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  if (!surrogate.test(a) && !surrogate.test(b)) return a < b ? -1 : 1;
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const step = (left[at] as string).codePointAt(0) as number;
    const other = (right[at] as string).codePointAt(0) as number;
    if (step !== other) return step - other;
  }
  return left.length - right.length;
}
