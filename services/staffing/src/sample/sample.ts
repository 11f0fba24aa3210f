import { RecordKind } from '@sidekick/contracts';
import type { AnyRecord } from '../changes/change-set.ts';
import type { Asked } from '../changes/draft.ts';
import { summaryOfRecord } from '../changes/summary.ts';
import type { Kept, State } from '../state.ts';

export interface Sample {
  /** Sample records by kind. */
  readonly records: Record<RecordKind, number>;
  /** Assignments and time off made by hand that name a sample person or project, and would go with them. */
  readonly madeByHand: { kind: RecordKind; id: string; text: string }[];
  /** Deletes all of it; nothing is left that names what is gone. */
  readonly commands: Asked[];
}

/** The sample records of a state, and what hangs on them. */
export function sampleOf(state: State): Sample {
  const records = { person: 0, project: 0, assignment: 0, timeOff: 0, holiday: 0 };
  const madeByHand: Sample['madeByHand'] = [];
  const commands: Asked[] = [];
  const isSample = (kind: 'person' | 'project', id: string) => state[kind].get(id)?.record.sample === true;
  for (const kind of RecordKind.options) {
    for (const { record, version } of state[kind].values() as Iterable<Kept<AnyRecord>>) {
      const names =
        'person' in record && (isSample('person', record.person) || ('project' in record && isSample('project', record.project)));
      if (!record.sample && !names) continue;
      if (record.sample) records[kind] += 1;
      else madeByHand.push({ kind, id: record.id, text: summaryOfRecord(state, kind, record) });
      commands.push({ do: 'delete', kind, id: record.id, version, at: { id: '', body: '' } });
    }
  }
  return { records, madeByHand, commands };
}
