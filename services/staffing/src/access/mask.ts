import type { ChangeAnswer, Identity, RecordChange, RecordKind } from '@sidekick/contracts';
import type { Entry } from '@sidekick/store';
import type { AnyRecord, Change } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { isAbout, kindOf } from '../log/kinds.ts';
import type { VersionedRecord } from '../state/state.ts';
import { isManager, mayRead, readableBy } from './rights.ts';

type Json = Record<string, unknown>;

/** A record as the reader may see it: whole for managers and for whom it is about, else as its kind shows it to others; nothing of it where it is not for them. */
export function masked(kind: RecordKind, record: AnyRecord, reader: Identity): Json {
  if (!mayRead(reader, kind)) return {};
  return { ...(isManager(reader) || isAbout(kind, record, reader.person) ? record : kindOf(kind).masked(record)) };
}

/** Whether the reader reads all of both sides of a change. */
export const readsWhole = ({ kind, before, after }: Change, reader: Identity): boolean =>
  isManager(reader) || [before, after].every((side) => side === null || isAbout(kind, side, reader.person));

/** A record with its version, as the API answers it. */
export const viewOf = (kind: RecordKind, { record, version }: VersionedRecord<AnyRecord>, reader: Identity): Json => ({
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
 * The reason of a change set may tell what is hidden of its records (why somebody is away), and that of an accepted rule tells about the
 * people whose records it was accepted on: hidden from all others but managers.
 */
export function reasonFor({ changes, accepted, private: words }: ChangeSet, reader: Identity): string | null {
  if (isManager(reader)) return words.reason;
  const hidden = changes.some(({ kind, before, after }) => {
    const { accepts, hidesReason } = kindOf(kind);
    const record = after ?? before;
    const isOfOthers = record !== null && !isAbout(kind, record, reader.person);
    return !mayRead(reader, kind) || (isOfOthers && (hidesReason || (accepts !== null && accepted.length > 0)));
  });
  const ofNobody = accepted.length > 0 && !changes.some(({ kind }) => kindOf(kind).accepts);
  return hidden || ofNobody ? null : words.reason;
}

/** What a writer is told: the records as the change set left them. */
export const answerOf = ({ number, entry }: Entry<ChangeSet>, reader: Identity): ChangeAnswer => ({
  number,
  items: readableBy(reader, entry.changes).map(({ kind, id, after }) => ({
    kind,
    id,
    version: number,
    record: after && masked(kind, after, reader),
  })),
  warnings: [...entry.private.warnings],
});
