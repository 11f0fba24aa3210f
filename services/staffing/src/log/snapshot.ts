import { RecordKind } from '@sidekick/contracts';
import type { AnyRecord } from '../kinds/change.ts';
import { emptyState, type Kept, type State } from '../state/state.ts';
import type { Redaction } from './change-set.ts';
import type { History, Ledger, Touches } from './ledger.ts';

/** Raise it when what a snapshot holds changes: an older one is then passed by and the log is read whole. */
export const snapshotSchema = 3;

interface Packed {
  records: { [K in RecordKind]: Kept<AnyRecord>[] };
  touches: [string, Touches][];
  undoes: [number, number][];
  redactions: [number, Redaction][];
  lastAt: string;
}

/** A ledger as plain JSON. */
export function pack({ state, history }: Ledger): Packed {
  const records = Object.fromEntries(RecordKind.options.map((kind) => [kind, [...state[kind].values()]]));
  return {
    records: records as Packed['records'],
    touches: [...history.touches].map(([id, { kind, numbers }]) => [id, { kind, numbers: [...numbers] }]),
    undoes: [...history.undoes],
    redactions: [...history.redactions],
    lastAt: history.lastAt,
  };
}

/** The ledger of a snapshot; null for one of another schema. */
export function unpack(snapshot: { head: number; schema: number; state: unknown } | null): Ledger | null {
  if (snapshot?.schema !== snapshotSchema) return null;
  const { records, touches, undoes, redactions, lastAt } = snapshot.state as Packed;
  const maps = RecordKind.options.map((kind) => [kind, new Map(records[kind].map((kept) => [kept.record.id, kept]))]);
  const history: History = { touches: new Map(touches), undoes: new Map(undoes), redactions: new Map(redactions), lastAt };
  return { state: { ...emptyState, ...(Object.fromEntries(maps) as Omit<State, 'head'>), head: snapshot.head }, history };
}
