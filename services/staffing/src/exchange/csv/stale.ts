import type { Log } from '@sidekick/store';
import { readNumbers } from '../../changes/history.ts';
import { withoutRedacted } from '../../deciding/redact.ts';
import type { ChangeSet } from '../../log/change-set.ts';
import type { Ledger } from '../../log/ledger.ts';
import { clipped } from './cells/values.ts';
import type { Book, CsvSpec } from './columns/column.ts';
import type { FoundColumns } from './columns/found.ts';
import { refCells, refHeads } from './columns/heads.ts';
import type { Matching } from './match.ts';

/** Change sets that are read to say who it was; rows overtaken by others are told their numbers alone. */
const mostRead = 50;
const advice = 'Export again, and make your change in that file';

/** Notes each row that was overtaken, with who changed what since it was exported. */
export async function tellStale(
  log: Log<ChangeSet>,
  { history }: Ledger,
  spec: CsvSpec,
  columns: FoundColumns,
  book: Book,
  { stale, errors }: Matching,
): Promise<void> {
  if (stale.length === 0) return;
  const newest = stale.map(({ id }) => history.touches.get(id)?.numbers.at(-1) ?? 0);
  const numbers = [...new Set(newest)].sort((a, b) => b - a).slice(0, mostRead);
  const told = new Map(
    (await readNumbers(log, numbers)).map(({ number, entry: read }) => {
      const { at, changes, private: words } = withoutRedacted(history, number, read);
      const by = `${words.name} on ${at.slice(0, 10)} (change set ${number})`;
      return [number, { by, changes: new Map(changes.map((one) => [one.id, one])) }];
    }),
  );
  for (const [index, { row, id }] of stale.entries()) {
    const number = newest[index] ?? 0;
    const at = columns.version ?? null;
    const found = told.get(number);
    if (!found) {
      errors.add(row, at, `It was changed meanwhile, by change set ${number}. ${advice}`);
      continue;
    }
    const change = found.changes.get(id);
    if (!change?.after)
      errors.add(row, at, `It was removed meanwhile by ${found.by}. Clear the id and the version to make it anew, or take the row out`);
    else errors.add(row, at, `It was changed meanwhile by ${found.by}${fieldsOf(spec, book, change.before, change.after)}. ${advice}`);
  }
}

type Side = Parameters<CsvSpec['keys']>[0];

/** `: role lead → sidekick`. */
function fieldsOf(spec: CsvSpec, book: Book, before: Side | null, after: Side): string {
  if (!before) return '';
  const all = [
    ...spec.refs.map((ref) => ({ head: refHeads(ref)[0], was: refCells(ref, before, book)[0], is: refCells(ref, after, book)[0] })),
    ...spec.columns.map(({ head, write }) => ({ head, was: write(before, book), is: write(after, book) })),
  ];
  const told = all.filter(({ was, is }) => was !== is).map(({ head, was, is }) => `${head} ${short(was)} → ${short(is)}`);
  return told.length > 0 ? `: ${told.join(', ')}` : '';
}

const short = (text: string): string => (text === '' ? '(blank)' : clipped(text, 40));
