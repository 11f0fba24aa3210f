import type { RecordKind, Records } from '@sidekick/contracts';

export type AnyRecord = Records[RecordKind];

/** Before and after of one record of a kind; null where it is not there. */
export interface ChangeOf<K extends RecordKind> {
  readonly kind: K;
  readonly id: string;
  readonly before: Records[K] | null;
  readonly after: Records[K] | null;
}
export type Change = { [K in RecordKind]: ChangeOf<K> }[RecordKind];

/** The change whose record is of any kind, where the caller has made sure that both sides are of `kind`. */
export const changeOf = (kind: RecordKind, id: string, before: AnyRecord | null, after: AnyRecord | null): Change =>
  ({ kind, id, before, after }) as Change;
