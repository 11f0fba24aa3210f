import { type Command, type Identity, type RecordKind, recordBodies } from '@sidekick/contracts';
import { Conflict, type FieldError, InvalidInput, Stale } from '@sidekick/service-kit';
import { refuseNoReader, refuseOthers } from '../access/rights.ts';
import { type AnyRecord, type Change, changeOf } from '../kinds/change.ts';
import type { Body } from '../kinds/kind.ts';
import { type Ledger, lastTouch } from '../log/ledger.ts';
import { recordsOf, type VersionedRecord } from '../state/state.ts';
import { bodyOf, recordOf } from './bodies.ts';
import { confirmations } from './confirmations.ts';
import { mergePatch } from './merge-patch.ts';

/** Where the parts of a command stand in the request, so that an error names them. */
export interface Place {
  readonly id: string;
  readonly body: string;
}
/** A command as it is decided: one of the API, or a whole new body for a record that was read (`PUT` with `If-Match`). */
export type Asked = (Command | { do: 'replace'; kind: RecordKind; id: string; version: number; record: Body }) & { readonly at: Place };

export interface Draft {
  readonly changes: readonly Change[];
  /** By record id, where its body stands in the request. */
  readonly places: ReadonlyMap<string, string>;
}

const prefixed = (place: string, errors: readonly FieldError[]): FieldError[] =>
  errors.map(({ path, message }) => ({ path: [place, path].filter(Boolean).join('.'), message }));

export const invalid = (errors: FieldError[]): InvalidInput =>
  new InvalidInput('invalid-input', errors[0]?.message ?? 'The request is not valid', errors);

/**
 * The commands as changes of records, each parsed by its schema and held against the version that was read.
 * Throws InvalidInput (all errors of all commands), Forbidden, Stale with `current`, Conflict `id-used`.
 */
export function draft(ledger: Ledger, commands: readonly Asked[], actor: Identity): Draft {
  const errors: FieldError[] = [];
  const changes: Change[] = [];
  const places = new Map<string, string>();
  for (const command of commands) {
    if (places.has(command.id)) {
      errors.push({ path: command.at.id, message: 'A change set names a record once' });
      continue;
    }
    places.set(command.id, command.at.body);
    const made = changeBy(ledger, command, actor);
    if (Array.isArray(made)) errors.push(...made);
    else changes.push(made);
  }
  for (const command of commands) {
    if (command.do !== 'change' || command.confirm === undefined) continue;
    const won = changes.find(({ id }) => id === command.id);
    const confirmed = won && confirmations(ledger.state, won, command.confirm, places);
    if (typeof confirmed === 'string') errors.push({ path: command.at.id.replace(/id$/, 'confirm'), message: confirmed });
    else if (confirmed) changes.push(...confirmed);
  }
  if (errors.length > 0) throw invalid(errors);
  return { changes, places };
}

function changeBy(ledger: Ledger, command: Asked, actor: Identity): Change | FieldError[] {
  const { kind, id } = command;
  refuseNoReader(actor, kind);
  const kept = recordsOf(ledger.state, kind).get(id) ?? null;
  if (command.do === 'create') {
    const made = changed(command, null, command.record);
    refuseOthers(actor, kind, [kept?.record ?? null, Array.isArray(made) ? null : made.after]);
    if (kept) throw new Stale('already-there', 'There is a record of this id already', { current: currentOf(kind, id, kept) });
    if (lastTouch(ledger.history, id) > 0) throw new Conflict('id-used', 'Another record has had this id; make a new one');
    return made;
  }
  if (!kept) {
    if (lastTouch(ledger.history, id) > 0)
      throw new Stale('stale', 'The record was deleted meanwhile', { current: { kind, id, version: null } });
    return [{ path: command.at.id, message: 'There is no record of this id' }];
  }
  refuseOthers(actor, kind, [kept.record]);
  if (kept.version !== command.version) {
    throw new Stale('stale', 'The record was changed meanwhile', { current: currentOf(kind, id, kept) });
  }
  if (command.do === 'delete') return changeOf(kind, id, kept.record, null);
  if (command.do === 'replace') return changed(command, kept.record, command.record);
  return changed(command, kept.record, mergePatch(recordBodies[kind], bodyOf(kind, kept.record), command.patch));
}

function changed({ kind, id, at }: Asked, before: AnyRecord | null, body: Body): Change | FieldError[] {
  const record = recordOf(kind, id, body, before);
  return Array.isArray(record) ? prefixed(at.body, record) : changeOf(kind, id, before, record);
}

/** What a stale writer is told: the record as it stands. Masked at the edge like every answer. */
const currentOf = (kind: RecordKind, id: string, kept: VersionedRecord<AnyRecord>) => ({
  kind,
  id,
  version: kept.version,
  record: kept.record,
});
