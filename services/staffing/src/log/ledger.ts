import type { RecordKind } from '@sidekick/contracts';
import type { Entry } from '@sidekick/store';
import type { AnyRecord, Change } from '../kinds/change.ts';
import { emptyState, recordsOf, type State, type VersionedRecord, withRecords } from '../state/state.ts';
import type { ChangeSet, Redaction } from './change-set.ts';
import { kindOf } from './kinds.ts';

export interface Touches {
  readonly kind: RecordKind;
  readonly numbers: number[];
}

/** What the log says beside the records: who touched what, and what was undone. Grows in place as entries are applied. */
export interface History {
  /** Of every record there ever was: its kind and the numbers of the change sets that touched it, ascending. */
  readonly touches: Map<string, Touches>;
  /** Of every record that others name: the numbers of the change sets that touched one which named it, ascending, each once. */
  readonly namings: Map<string, number[]>;
  /** The same of those that records for managers alone named. */
  readonly namingsForManagers: Map<string, number[]>;
  /** Of every kind of record: the numbers of the change sets that touched one of it, ascending, each once. */
  readonly byKind: Map<string, number[]>;
  /** Of every account that changed something: the numbers of its change sets, ascending. */
  readonly byAccount: Map<string, number[]>;
  /** Number of a change set that is an undo to the one that it took back. */
  readonly undoes: Map<number, number>;
  /** Redactions by the number of their change set, ascending. */
  readonly redactions: Map<number, Redaction>;
  /** Numbers of the change sets that touched nothing but records for managers alone: to others they are not there. */
  readonly forManagers: Set<number>;
  lastAt: string;
}

const isForManagers = (kind: string): boolean => kindOf(kind).readers === 'managers';

/** The change sets of a history that are for managers alone, by what touched whom. */
export function forManagersIn(touches: History['touches']): Set<number> {
  const all = [...touches.values()];
  const others = new Set(all.filter(({ kind }) => !isForManagers(kind)).flatMap(({ numbers }) => numbers));
  return new Set(all.filter(({ kind }) => isForManagers(kind)).flatMap(({ numbers }) => numbers.filter((one) => !others.has(one))));
}

/** The change sets of a history by the kinds that they touched. */
export function numbersByKind(touches: History['touches']): Map<string, number[]> {
  const found = new Map<string, Set<number>>();
  for (const { kind, numbers } of touches.values()) {
    const known = found.get(kind) ?? new Set();
    for (const number of numbers) known.add(number);
    found.set(kind, known);
  }
  return new Map([...found].map(([kind, numbers]) => [kind, [...numbers].sort((a, b) => a - b)]));
}

/** Everything that a decision looks at: the records at one head and the history that led there. */
export interface Ledger {
  readonly state: State;
  readonly history: History;
}

export const emptyLedger = (): Ledger => ({
  state: emptyState,
  history: {
    touches: new Map(),
    namings: new Map(),
    namingsForManagers: new Map(),
    byKind: new Map(),
    byAccount: new Map(),
    undoes: new Map(),
    redactions: new Map(),
    forManagers: new Set(),
    lastAt: '1970-01-01T00:00:00.000Z',
  },
});

/** Change sets that touched a record, or one that named it before or after, ascending; with those `forManagers` alone or without. */
export function numbersAbout({ touches, namings, namingsForManagers }: History, id: string, forManagers: boolean): number[] {
  const named = [...(namings.get(id) ?? []), ...((forManagers && namingsForManagers.get(id)) || [])];
  return [...new Set([...(touches.get(id)?.numbers ?? []), ...named])].sort((a, b) => a - b);
}

export const lastTouch = (history: History, id: string): number => history.touches.get(id)?.numbers.at(-1) ?? 0;

/**
 * Of ascending numbers those that still have an effect: an undo and what it took back cancel out, and so do an undo and
 * its own undo.
 */
export function effective({ undoes }: History, numbers: readonly number[]): number[] {
  const cancelled = new Set<number>();
  for (const number of [...numbers].reverse()) {
    const undone = undoes.get(number);
    if (undone === undefined || cancelled.has(number) || !numbers.includes(undone)) continue;
    cancelled.add(number).add(undone);
  }
  return numbers.filter((number) => !cancelled.has(number));
}

/** The change set that took this one back, unless that was taken back itself; null when it stands. */
export function undoneBy({ undoes }: History, number: number): number | null {
  const last = [...undoes].findLast(([, undone]) => undone === number)?.[0];
  if (last === undefined) return null;
  return undoneBy({ undoes } as History, last) === null ? last : null;
}

/** The state after several sets of changes, each with its number; a kind that no change touches keeps its map. */
export function apply(state: State, sets: readonly { number: number; changes: readonly Change[] }[]): State {
  const copies = new Map<string, Map<string, VersionedRecord<AnyRecord>>>();
  const copyOf = (kind: string) => {
    const copy = copies.get(kind) ?? new Map(recordsOf(state, kind));
    copies.set(kind, copy);
    return copy;
  };
  let head = state.head;
  for (const { number, changes } of sets) {
    head = number;
    for (const { kind, id, after } of changes) {
      if (after) copyOf(kind).set(id, { record: after, version: number });
      else copyOf(kind).delete(id);
    }
  }
  return withRecords(state, head, copies);
}

const namedIn = (changes: readonly Change[]): Set<string> =>
  new Set(
    changes.flatMap(({ kind, before, after }) =>
      [before, after].flatMap((side) =>
        side
          ? kindOf(kind)
              .names(side)
              .map((reference) => reference.id)
          : [],
      ),
    ),
  );

function addTo(lists: Map<string, number[]>, key: string, number: number): void {
  const known = lists.get(key);
  if (known) known.push(number);
  else lists.set(key, [number]);
}

/** Whether a change touches one of these records, or one that names it. */
export const isOf = (change: Change, ids: ReadonlySet<string>): boolean =>
  ids.has(change.id) || [...namedIn([change])].some((id) => ids.has(id));

/** The ledger after entries that follow its head without a gap. */
export function advance(ledger: Ledger, entries: readonly Entry<ChangeSet>[]): Ledger {
  const { history } = ledger;
  for (const { number, entry } of entries) {
    history.lastAt = entry.at;
    if (entry.undoes !== null) history.undoes.set(number, entry.undoes);
    if (entry.redacts) history.redactions.set(number, entry.redacts);
    if (entry.changes.length > 0 && entry.changes.every(({ kind }) => isForManagers(kind))) history.forManagers.add(number);
    addTo(history.byAccount, entry.account, number);
    for (const kind of new Set(entry.changes.map((change) => change.kind))) addTo(history.byKind, kind, number);
    for (const { kind, id } of entry.changes) {
      const known = history.touches.get(id);
      if (known) known.numbers.push(number);
      else history.touches.set(id, { kind, numbers: [number] });
    }
    for (const [namings, are] of [
      [history.namings, false],
      [history.namingsForManagers, true],
    ] as const) {
      for (const id of namedIn(entry.changes.filter(({ kind }) => isForManagers(kind) === are))) addTo(namings, id, number);
    }
  }
  const state = apply(
    ledger.state,
    entries.map(({ number, entry }) => ({ number, changes: entry.changes })),
  );
  return { state, history };
}
