import { RecordKind, type Records, records } from '@sidekick/contracts';

/** A record at one head; `version` is the number of the change set that last changed it. */
export interface VersionedRecord<T> {
  readonly record: T;
  readonly version: number;
}
type Some = ReadonlyMap<string, VersionedRecord<Records[RecordKind]>>;

/** All records at one head: the projection of the log. Treated as immutable; `apply` makes the next one. */
export type State = {
  readonly head: number;
  /** Records of kinds that only a newer release knows, by kind: kept for it (decision 24), and in no figure. */
  readonly others: ReadonlyMap<string, Some>;
} & { readonly [K in RecordKind]: ReadonlyMap<string, VersionedRecord<Records[K]>> };

const noRecords = Object.fromEntries(RecordKind.options.map((kind) => [kind, new Map()])) as unknown as Omit<State, 'head' | 'others'>;
export const emptyState: State = { head: 0, others: new Map(), ...noRecords };

/** Whether this release knows a kind that the log names. */
export const isKnown = (kind: string): kind is RecordKind => Object.hasOwn(records, kind);

const none: Some = new Map();
/** The records of a kind that is known when the program runs alone. */
export const recordsOf = (state: State, kind: string): Some => (isKnown(kind) ? state[kind] : (state.others.get(kind) ?? none));

/** Every kind of which there may be records, those of a newer release last. */
export const kindsIn = ({ others }: State): string[] => [...RecordKind.options, ...others.keys()];

/** The state at another head, with other records of some kinds. */
export function withRecords(state: State, head: number, changed: ReadonlyMap<string, Some>): State {
  const known = [...changed].filter(([kind]) => isKnown(kind));
  const others = [...changed].filter(([kind]) => !isKnown(kind));
  return {
    ...state,
    ...(Object.fromEntries(known) as Partial<State>),
    head,
    others: others.length === 0 ? state.others : new Map([...state.others, ...others]),
  };
}
