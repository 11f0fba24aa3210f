import type { Identity, RecordKind, TimeOff } from '@sidekick/contracts';
import { viewOf } from '../access/mask.ts';
import { figuresAt } from '../figures/index.ts';
import type { AnyRecord } from '../kinds/change.ts';
import type { State, VersionedRecord } from '../state/state.ts';

/** What lists tell beside a record, which follows from other records too. */
const more: { readonly [K in RecordKind]?: (record: AnyRecord, state: State) => object } = {
  timeOff: (record, state) => ({ length: figuresAt(state).leaveTakes(record as TimeOff) }),
};

/** A record as lists answer it to this reader. */
export const listed = (kind: RecordKind, kept: VersionedRecord<AnyRecord>, reader: Identity, state: State): Record<string, unknown> => ({
  ...viewOf(kind, kept, reader),
  ...more[kind]?.(kept.record, state),
});
