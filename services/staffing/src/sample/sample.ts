import { RecordKind } from '@sidekick/contracts';
import { bodyOf } from '../deciding/bodies.ts';
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
  /**
   * Deletes all of it; nothing is left that names what is gone. What lets it go stays, as the group's own where somebody of the group is
   * in it.
   */
  readonly commands: Asked[];
}

/** The sample records of a state, and what hangs on them. */
export function sampleOf(state: State): Sample {
  const records = Object.fromEntries(RecordKind.options.map((kind) => [kind, 0])) as Record<RecordKind, number>;
  const madeByHand: Sample['madeByHand'] = [];
  const commands: Asked[] = [];
  const isSample = ({ kind, id }: Reference) => kind !== null && recordsOf(state, kind).get(id)?.record.sample === true;
  for (const kind of RecordKind.options) {
    const { names, letsGo } = kindOf(kind);
    for (const { record, version } of recordsOf(state, kind).values()) {
      const named = names(record);
      const gone = new Set(named.filter(isSample).map(({ id }) => id));
      const left = letsGo?.without(record, gone) ?? null;
      if (record.sample && left && named.some((one) => !isSample(one))) {
        commands.push({
          do: 'replace',
          kind,
          id: record.id,
          version,
          record: { ...bodyOf(kind, left), sample: false },
          at: { id: '', body: '' },
        });
        continue;
      }
      if (!record.sample && (left || gone.size === 0)) continue;
      if (record.sample) records[kind] += 1;
      else madeByHand.push({ kind, id: record.id, text: summaryOfRecord(state, kind, record) });
      commands.push({ do: 'delete', kind, id: record.id, version, at: { id: '', body: '' } });
    }
  }
  return { records, madeByHand, commands };
}
