import { envelope } from '@sidekick/bus';
import type { Envelope, RecordKind } from '@sidekick/contracts';
import type { Entry } from '@sidekick/store';
import type { Origin } from '@sidekick/tracing';
import type { AnyRecord } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { kindOf } from '../log/kinds.ts';
import type { Ledger } from '../log/ledger.ts';
import { isKnown, recordsOf } from '../state/state.ts';

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

/** The state event of a record, whose id is the same however often it is made; none of a kind that only a newer release knows. */
function eventOf(epoch: string, { kind, id, number, at, reason, record, origin }: Told): Envelope[] {
  const { event, shareable } = kindOf(kind);
  if (event === null) return [];
  const made = envelope({
    id: `${epoch}:${number}:${id}`,
    source: 'staffing',
    type: event,
    subject: id,
    sequence: number,
    epoch,
    time: new Date(at),
    origin,
    data: { reason, deleted: record === null, state: record && shareable(record) } as never,
  });
  return [made];
}

/**
 * That a change set touched what has no event of its own, so that managers' tabs ask what came; nothing of what it was. All of that is for them:
 * they alone read it, or, as of the settings, it is shown with what they alone read. What only a newer release knows is told to nobody.
 */
function forManagers(epoch: string, { number, entry }: Entry<ChangeSet>): Envelope[] {
  const { at, changes, origin = null } = entry;
  if (!changes.some(({ kind }) => isKnown(kind) && kindOf(kind).event === null)) return [];
  const type = 'staffing.for-managers.changed.v1';
  const id = `${epoch}:${number}:managers`;
  return [
    envelope({ id, source: 'staffing', type, subject: 'managers', sequence: number, epoch, time: new Date(at), origin, data: {} as never }),
  ];
}

/**
 * One state event a record that the change set touched, and one of those that have none. A redaction always tells of the person, since words go that others may hold though
 * no record changes: of somebody whose record is gone it tells once more that it is.
 */
export function eventsOf(epoch: string, set: Entry<ChangeSet>): Envelope[] {
  const { number, entry } = set;
  const { at, changes, redacts, undoes, origin = null } = entry;
  const states = changes.flatMap(({ kind, id, before, after }) => {
    const reason = undoes === null ? (after ? (before ? 'changed' : 'created') : 'deleted') : 'undone';
    return eventOf(epoch, { kind, id, number, at, reason, record: after, origin });
  });
  const told = [...states, ...forManagers(epoch, set)];
  if (!redacts || changes.some(({ id }) => id === redacts.person)) return told;
  return [...told, ...eventOf(epoch, { kind: 'person', id: redacts.person, number, at, reason: 'redacted', record: null, origin })];
}

/** The state event of every record there ever was, the deleted ones too, for a consumer that rebuilds. */
export function* snapshotEvents(epoch: string, { state, history }: Ledger): Generator<Envelope> {
  for (const [id, { kind, numbers }] of history.touches) {
    const record = recordsOf(state, kind).get(id)?.record ?? null;
    yield* eventOf(epoch, { kind, id, number: numbers.at(-1) ?? 1, at: history.lastAt, reason: 'snapshot', record, origin: null });
  }
}
