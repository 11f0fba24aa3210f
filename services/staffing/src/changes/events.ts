import { envelope } from '@sidekick/bus';
import type { Envelope, RecordKind, Records } from '@sidekick/contracts';
import type { Entry } from '@sidekick/store';
import type { Origin } from '@sidekick/tracing';
import type { Kept } from '../state.ts';
import type { AnyRecord, ChangeSet } from './change-set.ts';
import type { Ledger } from './ledger.ts';

const types = {
  person: 'staffing.person.changed.v1',
  project: 'staffing.project.changed.v1',
  assignment: 'staffing.assignment.changed.v1',
  timeOff: 'staffing.time-off.changed.v1',
  holiday: 'staffing.holiday.changed.v1',
} as const;

/** A record as other services may learn of it: of words about people only their name. */
const shareable: { [K in RecordKind]: (record: Records[K]) => object } = {
  person: (person) => ({ ...person, private: { name: person.private.name } }),
  project: (project) => project,
  assignment: ({ private: _private, ...assignment }) => assignment,
  timeOff: ({ private: _private, ...timeOff }) => timeOff,
  holiday: (holiday) => holiday,
};

interface Told {
  kind: RecordKind;
  id: string;
  number: number;
  at: string;
  reason: string;
  record: AnyRecord | null;
  /** The request that made the change; null for none. */
  origin: Origin | null;
}

/** The state event of a record; its id is the same however often it is made. */
function eventOf(epoch: string, { kind, id, number, at, reason, record, origin }: Told): Envelope {
  const state = record && (shareable[kind] as (record: AnyRecord) => object)(record);
  return envelope({
    id: `${epoch}:${number}:${id}`,
    source: 'staffing',
    type: types[kind],
    subject: id,
    sequence: number,
    epoch,
    time: new Date(at),
    origin,
    data: { reason, deleted: record === null, state } as never,
  });
}

/** One state event a record that the change set touched. */
export const eventsOf = (epoch: string, { number, entry }: Entry<ChangeSet>): Envelope[] =>
  entry.changes.map(({ kind, id, before, after }) => {
    const reason = entry.undoes === null ? (after ? (before ? 'changed' : 'created') : 'deleted') : 'undone';
    return eventOf(epoch, { kind, id, number, at: entry.at, reason, record: after, origin: entry.origin ?? null });
  });

/** The state event of every record there ever was, the deleted ones too, for a consumer that rebuilds. */
export function* snapshotEvents(epoch: string, { state, history }: Ledger): Generator<Envelope> {
  for (const [id, { kind, numbers }] of history.touches) {
    const record = (state[kind] as ReadonlyMap<string, Kept<AnyRecord>>).get(id)?.record ?? null;
    yield eventOf(epoch, { kind, id, number: numbers.at(-1) ?? 1, at: history.lastAt, reason: 'snapshot', record, origin: null });
  }
}
