import type { AnyRecord } from '../kinds/change.ts';
import { emptyState, kindsIn, recordsOf, type VersionedRecord, withRecords } from '../state/state.ts';
import type { Redaction } from './change-set.ts';
import { forManagersIn, type History, type Ledger, numbersByKind, type Touches } from './ledger.ts';

/** Raise it when what a snapshot holds changes: an older one is then passed by and the log is read whole. */
export const snapshotSchema = 6;

interface Packed {
  /** By kind, those that only a newer release knows too. */
  records: Record<string, VersionedRecord<AnyRecord>[]>;
  touches: [string, Touches][];
  namings: [string, number[]][];
  namingsForManagers: [string, number[]][];
  byAccount: [string, number[]][];
  undoes: [number, number][];
  redactions: [number, Redaction][];
  lastAt: string;
}

const packed = (namings: History['namings']): [string, number[]][] => [...namings].map(([id, numbers]) => [id, [...numbers]]);

/** A ledger as plain JSON. */
export function pack({ state, history }: Ledger): Packed {
  return {
    records: Object.fromEntries(kindsIn(state).map((kind) => [kind, [...recordsOf(state, kind).values()]])),
    touches: [...history.touches].map(([id, { kind, numbers }]) => [id, { kind, numbers: [...numbers] }]),
    namings: packed(history.namings),
    namingsForManagers: packed(history.namingsForManagers),
    byAccount: packed(history.byAccount),
    undoes: [...history.undoes],
    redactions: [...history.redactions],
    lastAt: history.lastAt,
  };
}

/** The ledger of a snapshot; null for one of another schema. */
export function unpack(snapshot: { head: number; schema: number; state: unknown } | null): Ledger | null {
  if (snapshot?.schema !== snapshotSchema) return null;
  const { records, touches, namings, namingsForManagers, byAccount, undoes, redactions, lastAt } = snapshot.state as Packed;
  const maps = Object.entries(records).map(([kind, list]) => [kind, new Map(list.map((kept) => [kept.record.id, kept]))] as const);
  const touched = new Map(touches);
  const history: History = {
    touches: touched,
    namings: new Map(namings),
    namingsForManagers: new Map(namingsForManagers),
    byKind: numbersByKind(touched),
    byAccount: new Map(byAccount),
    undoes: new Map(undoes),
    redactions: new Map(redactions),
    forManagers: forManagersIn(touched),
    lastAt,
  };
  return { state: withRecords(emptyState, snapshot.head, new Map(maps)), history };
}
