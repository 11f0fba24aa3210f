import type { ChangeAnswer, Identity, RecordChange, RecordKind } from '@sidekick/contracts';
import type { Entry } from '@sidekick/store';
import type { Kept } from '../state.ts';
import type { AnyRecord, Change, ChangeSet } from './change-set.ts';
import { isManager } from './rights.ts';

type Json = Record<string, unknown>;

/**
 * A record as the reader may see it. Why somebody is away is for the person and managers (others get `private: null`),
 * and so are the note on a person and the reason of a rule that was accepted for their work.
 */
export function masked(kind: RecordKind, record: AnyRecord, reader: Identity): Json {
  if (isManager(reader)) return { ...record };
  if (kind === 'timeOff' && 'person' in record && record.person !== reader.person) return { ...record, private: null };
  if (kind === 'assignment' && 'role' in record && record.person !== reader.person) return { ...record, private: { reason: null } };
  if (kind === 'person' && 'employment' in record && record.id !== reader.person)
    return { ...record, private: { ...record.private, note: null } };
  return { ...record };
}

/** A record with its version, as the API answers it. */
export const viewOf = (kind: RecordKind, { record, version }: Kept<AnyRecord>, reader: Identity): Json => ({
  ...masked(kind, record, reader),
  version,
});

export const maskedChange = ({ kind, id, before, after }: Change, reader: Identity): RecordChange => ({
  kind,
  id,
  before: before && masked(kind, before, reader),
  after: after && masked(kind, after, reader),
});

/**
 * The reason of a change set may tell why somebody is away, and that of an accepted rule tells about people: hidden from all who may
 * not read that.
 */
export function reasonFor({ changes, accepted, private: words }: ChangeSet, reader: Identity): string | null {
  if (isManager(reader)) return words.reason;
  const hidden = changes.some(({ kind, before, after }) => {
    const record = after ?? before;
    const ofOthers = record !== null && 'person' in record && record.person !== reader.person;
    return ofOthers && (kind === 'timeOff' || accepted.length > 0);
  });
  const ofNobody = accepted.length > 0 && !changes.some(({ before, after }) => 'person' in (after ?? before ?? {}));
  return hidden || ofNobody ? null : words.reason;
}

/** What a writer is told: the records as the change set left them. */
export const answerOf = ({ number, entry }: Entry<ChangeSet>, reader: Identity): ChangeAnswer => ({
  number,
  items: entry.changes.map(({ kind, id, after }) => ({ kind, id, version: number, record: after && masked(kind, after, reader) })),
  warnings: [...entry.private.warnings],
});
