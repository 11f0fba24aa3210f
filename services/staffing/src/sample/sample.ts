import { RecordKind } from '@sidekick/contracts';
import type { Asked } from '../deciding/draft.ts';
import type { Reference } from '../kinds/kind.ts';
import { kindOf } from '../log/kinds.ts';
import { summaryOfRecord } from '../log/summary.ts';
import { recordsOf, type State } from '../state/state.ts';

export interface Sample {
  /** Sample records by kind. */
  readonly records: Record<RecordKind, number>;
  /** Records made by hand that name a sample record, and would go with it. */
  readonly madeByHand: { kind: RecordKind; id: string; text: string }[];
  /** Deletes all of it; nothing is left that names what is gone. */
  readonly commands: Asked[];
}

/** The sample records of a state, and what hangs on them. */
export function sampleOf(state: State): Sample {
  const records = Object.fromEntries(RecordKind.options.map((kind) => [kind, 0])) as Record<RecordKind, number>;
  const madeByHand: Sample['madeByHand'] = [];
  const commands: Asked[] = [];
  const isSample = (one: Reference) => recordsOf(state, one.kind).get(one.id)?.record.sample === true;
  for (const kind of RecordKind.options) {
    const { names } = kindOf(kind);
    for (const { record, version } of recordsOf(state, kind).values()) {
      if (!record.sample && !names(record).some(isSample)) continue;
      if (record.sample) records[kind] += 1;
      else madeByHand.push({ kind, id: record.id, text: summaryOfRecord(state, kind, record) });
      commands.push({ do: 'delete', kind, id: record.id, version, at: { id: '', body: '' } });
    }
  }
  return { records, madeByHand, commands };
}
