import { createHash } from 'node:crypto';
import { countWords } from '@sidekick/calendar';
import type { CsvChange, CsvKind, CsvReading, Identity } from '@sidekick/contracts';
import type { Log } from '@sidekick/store';
import { bodyOf } from '../../deciding/bodies.ts';
import type { ChangeSet } from '../../log/change-set.ts';
import type { Ledger } from '../../log/ledger.ts';
import { summaryOfRecord } from '../../log/summary.ts';
import { currencyOf } from '../../state/currency.ts';
import { tableOf } from './cells/table.ts';
import { clipped } from './cells/values.ts';
import { brokenBy, type Checked, checkAll, mostChanges, partsOf, withIds } from './check.ts';
import type { Book, CsvSpec } from './columns/column.ts';
import { columnsIn, type FoundColumns, knownHeads } from './columns/found.ts';
import { refCells, refHeads } from './columns/heads.ts';
import { specs } from './columns/specs.ts';
import { glance } from './glance.ts';
import { type Matching, match } from './match.ts';
import { noId } from './row-body.ts';
import { tellStale } from './stale.ts';

interface CsvFile {
  readonly kind: CsvKind;
  readonly bytes: Uint8Array;
}
interface ReadContext {
  readonly ledger: Ledger;
  readonly log: Log<ChangeSet>;
  readonly actor: Identity;
  readonly today: string;
  readonly timeZone: string;
}
export interface Read {
  readonly spec: CsvSpec;
  readonly checked: readonly Checked[];
  readonly answer: CsvReading;
}

/** Broken rules that are told one by one. */
const mostBroken = 200;

export const bookOf = ({ state }: Ledger, { today, timeZone }: Pick<Book, 'today' | 'timeZone'>): Book => ({
  ...{ state, today, timeZone },
  currency: currencyOf(state),
});

/** What a file would change, and everything that is wrong with it. Throws FileRefused. */
export async function readCsv({ kind, bytes }: CsvFile, { ledger, log, actor, today, timeZone }: ReadContext): Promise<Read> {
  const spec = specs[kind];
  const table = await tableOf(bytes, knownHeads);
  const columns = columnsIn(kind, table.header);
  const { rows: count, dayOrder } = await glance(table, columns);
  const book = bookOf(ledger, { today, timeZone });
  const matching = await match(spec, table, columns, book, ledger.history, dayOrder);
  await tellStale(log, ledger, spec, columns, book, matching);
  const checked = withIds(spec, matching.matched);
  await checkAll(ledger, checked, matching, today);
  const good = checked.filter(({ row }) => !matching.errors.rows.has(row.row));
  const parts = await partsOf(good);
  const broken = parts.length === 1 ? brokenBy(ledger, spec, good, matching, actor, today) : [];
  const isWrong = matching.errors.rows.size > 0;
  const shown = isWrong ? [] : broken;
  const { all, rows, more } = matching.errors;
  const answer: CsvReading = {
    ...{ kind, digest: digestOf(kind, good), rows: count },
    counts: { ...countsOf(good.filter(({ row }) => !rows.has(row.row))), same: matching.same, wrong: rows.size },
    ignored: [...columns.ignored],
    told: toldOf(spec, columns, matching, today, good),
    ...{ errors: all.sort((a, b) => a.row - b.row || (a.column ?? 0) - (b.column ?? 0)), moreErrors: more },
    changes: good.slice(0, mostChanges).map((one) => changeOf(spec, book, one)),
    ...{ broken: shown.slice(0, mostBroken), moreBroken: Math.max(0, shown.length - mostBroken) },
    accept: [...new Set(shown.filter(({ severity }) => severity === 'rule').map(({ code }) => code))],
    tooMany: parts.length > 1 ? { words: tooManyWords(good.length, parts), parts } : null,
  };
  return { spec, checked: good, answer };
}

export const countsOf = (checked: readonly Checked[]) => ({
  new: checked.filter(({ old }) => old === null).length,
  changed: checked.filter(({ old, record }) => old !== null && record !== null).length,
  removed: checked.filter(({ record }) => record === null).length,
});

/** The same for the same changes of the same versions, whatever ids new records are given; of as many as can be saved. */
function digestOf(kind: CsvKind, checked: readonly Checked[]): string {
  const hash = createHash('sha256').update(`${kind} ${checked.length}`);
  for (const { row, old, change } of checked.slice(0, mostChanges)) {
    const body = change.after && bodyOf(change.kind, { ...change.after, id: noId });
    hash.update(JSON.stringify([row.row, old?.record.id ?? null, old?.version ?? null, body]));
  }
  return hash.digest('base64url');
}

function changeOf(spec: CsvSpec, book: Book, { row, old, foundBy, change }: Checked): CsvChange {
  const { before, after } = change;
  const shown = after ?? before;
  const base = {
    row: row.row,
    id: old?.record.id ?? null,
    foundBy,
    name: shown ? summaryOfRecord(book.state, spec.kind, shown, [change]) : '',
  };
  if (!after) return { ...base, does: 'remove', fields: [] };
  const cells = [
    ...spec.refs.flatMap((ref) => {
      const [was, is] = [before ? refCells(ref, before, book) : ['', ''], refCells(ref, after, book)];
      // Two of one name: the id tells that it is another.
      return was[0] !== is[0]
        ? [{ head: refHeads(ref)[0], was: was[0] ?? '', is: is[0] }]
        : [{ head: refHeads(ref)[1], was: was[1] ?? '', is: is[1] }];
    }),
    ...spec.columns.map(({ head, write }) => ({ head, was: before ? write(before, book) : '', is: write(after, book) })),
  ];
  const fields = cells
    .filter(({ was, is }) => was !== is)
    .map(({ head, was, is }) => ({ head, before: clipped(was, longest), after: clipped(is, longest) }));
  return { ...base, does: before ? 'change' : 'new', fields };
}

const longest = 300;

function toldOf(
  spec: CsvSpec,
  { fields }: FoundColumns,
  { writing, byName }: Matching,
  today: string,
  checked: readonly Checked[],
): string[] {
  const told: string[] = [];
  if (writing.dayOrder) {
    const [order, example] =
      writing.dayOrder === 'day' ? ['day/month/year', '3/12/2026 is 3 December'] : ['month/day/year', '12/3/2026 is 3 December'];
    told.push(`Days with slashes were read as ${order} (${example}), as others of the file show`);
  }
  if (byName > 0) told.push(`${countWords(byName, 'row')} without an id: what is there already was found by ${spec.knownBy}`);
  const hours = fields.find(({ column }) => column.path === 'patterns')?.at;
  const isWithout = ({ old, row }: Checked) => old === null && !(hours !== undefined && row.cells[hours]?.trim());
  if (spec.kind === 'person' && checked.some(isWithout))
    told.push(`Somebody new without weekly hours works 8 hours from Monday to Friday, from ${today.slice(0, 4)}-01-01 on`);
  return told;
}

function tooManyWords(count: number, parts: readonly { from: number; to: number }[]): string {
  const [first] = parts;
  return [
    `${count.toLocaleString('en')} rows change something, and one import holds ${mostChanges.toLocaleString('en')} changes and 4 MB.`,
    `Send it in ${parts.length} files: rows ${first?.from.toLocaleString('en')} to ${first?.to.toLocaleString('en')} first, with the header over each.`,
    'Rows that change nothing may be left out',
  ].join(' ');
}
