import type { ChangeAuthor, ChangeSetView, Identity, RecordKind } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import type { Entry, Log } from '@sidekick/store';
import { maskedChange, readsWhole, reasonFor } from '../access/mask.ts';
import { isManager, mayRead, readableBy } from '../access/rights.ts';
import { withoutRedacted } from '../deciding/redact.ts';
import { changedSince, isMadeByNewer, madeByNewer } from '../deciding/undo.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { type History, isOf, type Ledger, numbersAbout, undoneBy } from '../log/ledger.ts';
import { summaryOf } from '../log/summary.ts';

export interface HistoryQuery {
  /** Change sets that touch this record. */
  subject?: string | undefined;
  /** Those that touch each of these records or one that names it: of a person their work, leave and teams too. */
  about?: readonly string[] | undefined;
  /** Those that this account made. */
  by?: string | undefined;
  /** Those that touch a record of this kind. */
  kind?: RecordKind | undefined;
  /** Days of the installation's time zone, both included. */
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A change set may hold thousands: a list has so many of each, and so many bytes a page. */
const mostListed = 20;
const mostBytes = 1024 * 1024;
/** Change sets read from the log together: some megabytes each at the most. */
const readAtOnce = 10;

interface Shown {
  /** Changes of these records and of what names them alone. */
  of?: ReadonlySet<string> | null;
  most?: number;
}

/** As a list has it: with its first changes, and where there are more, how many. */
export const listedChangeSet = (ledger: Ledger, entry: Entry<ChangeSet>, reader: Identity, of: Shown['of'] = null): ChangeSetView =>
  changeSetView(ledger, entry, reader, { of, most: mostListed });

/** A change set as this reader may see it, told with the names of today. */
export function changeSetView(
  ledger: Ledger,
  { number, requestId, entry: read }: Entry<ChangeSet>,
  reader: Identity,
  { of = null, most = Number.POSITIVE_INFINITY }: Shown = {},
): ChangeSetView {
  const { state, history } = ledger;
  const entry = withoutRedacted(history, number, read);
  const changes = readableBy(reader, entry.changes);
  const shown = changes.filter((change) => of === null || isOf(change, of));
  return {
    number,
    id: requestId,
    at: entry.at,
    by: { account: entry.account, name: entry.private.name },
    reason: reasonFor(entry, reader),
    accepted: [...entry.accepted],
    undoes: entry.undoes,
    undoneBy: undoneBy(history, number),
    summary: summaryOf(state, { ...entry, changes }, (change) => readsWhole(change, reader)),
    changes: shown.slice(0, most).map((change) => maskedChange(change, reader)),
    ...(shown.length > most ? { all: { changes: shown.length, kinds: [...new Set(shown.map(({ kind }) => kind))] } } : {}),
    ...(entry.account === reader.account ? { undo: undoOf(ledger, { number, entry }) } : {}),
  };
}

/** Whether a change set can be taken back now, and why not. */
function undoOf(ledger: Ledger, { number, entry }: Pick<Entry<ChangeSet>, 'number' | 'entry'>): NonNullable<ChangeSetView['undo']> {
  if (entry.redacts) return { possible: false, why: 'What was made anonymous stays so', changedBy: [] };
  if (isMadeByNewer(entry)) return { possible: false, why: madeByNewer, changedBy: [] };
  const changedBy = changedSince(ledger, number, entry.changes);
  const undone = undoneBy(ledger.history, number);
  const last = changedBy.at(-1);
  const why = undone !== null ? `Taken back already by change set ${undone}` : last ? `Changed again since by change set ${last}` : null;
  return { possible: why === null, why, changedBy };
}

/** Whether a change set is there for this reader: one of records that are not for them is not. */
export const isThereFor = (reader: Identity, { history }: Ledger, number: number): boolean =>
  isManager(reader) || !history.forManagers.has(number);

/**
 * Change sets that are there for this reader, newest first: `limit` of them, or fewer where they are long. The cursor is the number of the
 * last one answered; `dayOf` gives the day of an instant.
 */
export async function readHistory(
  log: Log<ChangeSet>,
  ledger: Ledger,
  query: HistoryQuery,
  dayOf: (instant: string) => string,
  reader: Identity,
): Promise<{ items: ChangeSetView[]; nextCursor: string | null }> {
  const first = query.from === undefined ? 1 : await firstWhere(log, ledger.state.head, (at) => dayOf(at) >= String(query.from));
  const past =
    query.to === undefined ? ledger.state.head + 1 : await firstWhere(log, ledger.state.head, (at) => dayOf(at) > String(query.to));
  const below = Math.min(past, query.cursor === undefined ? Number.POSITIVE_INFINITY : cursorOf(query.cursor));
  const isThere = (number: number) => number >= first && number < below && isThereFor(reader, ledger, number);
  const numbers = numbersOf(ledger, query, reader);
  const wanted = numbers
    ? numbers
        .filter(isThere)
        .reverse()
        .slice(0, query.limit + 1)
    : newestFirst(first, below, query.limit + 1, isThere);
  // A set may hold thousands: who asks about one record is told of that.
  const asked = query.subject === undefined ? query.about : [query.subject];
  const of = asked ? new Set(asked) : null;
  const items: ChangeSetView[] = [];
  let bytes = 0;
  for (let at = 0; at < Math.min(wanted.length, query.limit); at += readAtOnce) {
    for (const entry of await readNumbers(log, wanted.slice(at, Math.min(at + readAtOnce, query.limit)))) {
      const item = listedChangeSet(ledger, entry, reader, of);
      bytes += Buffer.byteLength(JSON.stringify(item));
      if (bytes > mostBytes && items.length > 0) return { items, nextCursor: String(items.at(-1)?.number) };
      items.push(item);
    }
  }
  return { items, nextCursor: wanted.length > query.limit ? String(items.at(-1)?.number) : null };
}

/** Ascending; null: all there are. None by what the reader may not read. From what the ledger holds: no entry of the log is looked at. */
function numbersOf({ history }: Ledger, { subject, about = [], by, kind }: HistoryQuery, reader: Identity): readonly number[] | null {
  const ids = subject === undefined ? about : [subject, ...about];
  if ([kind, ...ids.map((id) => history.touches.get(id)?.kind)].some((one) => one !== undefined && !mayRead(reader, one))) return [];
  const lists = [
    ...(subject === undefined ? [] : [history.touches.get(subject)?.numbers ?? []]),
    ...about.map((id) => numbersAbout(history, id, isManager(reader))),
    ...(by === undefined ? [] : [history.byAccount.get(by) ?? []]),
    ...(kind === undefined ? [] : [history.byKind.get(kind) ?? []]),
  ];
  return lists.length === 0 ? null : inAll(lists);
}

function inAll(lists: readonly (readonly number[])[]): readonly number[] {
  const [shortest = [], ...others] = [...lists].sort((a, b) => a.length - b.length);
  const sets = others.map((numbers) => new Set(numbers));
  return sets.length === 0 ? shortest : shortest.filter((number) => sets.every((numbers) => numbers.has(number)));
}

/** Whoever made a change set that is there for this reader, with the newest one; who changed something last comes first. */
export async function readAuthors(log: Log<ChangeSet>, ledger: Ledger, reader: Identity): Promise<ChangeAuthor[]> {
  const newest = [...ledger.history.byAccount.values()].flatMap(
    (numbers) => numbers.findLast((number) => isThereFor(reader, ledger, number)) ?? [],
  );
  const entries = await readNumbers(
    log,
    newest.sort((a, b) => b - a),
  );
  return entries.map(({ number, entry }) => ({ account: entry.account, name: nameIn(ledger.history, number, entry), newest: number }));
}

const nameIn = (history: History, number: number, entry: ChangeSet): string => withoutRedacted(history, number, entry).private.name;

function cursorOf(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor))
    throw new InvalidInput('invalid-cursor', 'The cursor is not one of this list', [
      { path: 'cursor', message: 'Not a cursor of this list' },
    ]);
  return Number(cursor);
}

/** Numbers n with first ≤ n < below that are there, newest first. */
function newestFirst(first: number, below: number, limit: number, isThere: (number: number) => boolean): number[] {
  const numbers: number[] = [];
  for (let number = below - 1; number >= first && numbers.length < limit; number--) if (isThere(number)) numbers.push(number);
  return numbers;
}

/** Entries of the log by their numbers, in falling order; those that follow each other are read together. */
export async function readNumbers(log: Log<ChangeSet>, numbers: readonly number[]): Promise<Entry<ChangeSet>[]> {
  const entries: Entry<ChangeSet>[] = [];
  for (let index = 0; index < numbers.length; ) {
    const newest = numbers[index] ?? 0;
    let run = 1;
    while (numbers[index + run] === newest - run) run++;
    entries.push(...(await log.read(newest - run, run)).reverse());
    index += run;
  }
  return entries;
}

/** The least number whose time fulfils a condition that holds from some time on; head + 1 when none does. Times never fall in the log. */
async function firstWhere(log: Log<ChangeSet>, head: number, holds: (at: string) => boolean): Promise<number> {
  let low = 1;
  let high = head + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [entry] = await log.read(middle - 1, 1);
    if (entry && holds(entry.entry.at)) high = middle;
    else low = middle + 1;
  }
  return low;
}
