import { isDeepStrictEqual } from 'node:util';
import { type BrokenRule, type Identity, RecordKind } from '@sidekick/contracts';
import { Conflict, NotFound } from '@sidekick/service-kit';
import { type AnyRecord, type Change, changeOf } from '../kinds/change.ts';
import type { ChangeSet, Redaction } from '../log/change-set.ts';
import { isAbout, kindOf } from '../log/kinds.ts';
import type { History, Ledger } from '../log/ledger.ts';
import { recordsOf } from '../state/state.ts';
import { formerName } from '../state/words.ts';
import { later } from './decide.ts';

/**
 * A change set that blanks the words about a person who has left, here and in every change set before it. Both sides of
 * its changes are blank, so that it holds none of the words; the person's own record is one of them while it is there, for others are
 * told by it. Throws NotFound, and Conflict `still-here` until the last day of the contract is past.
 */
export function redact(ledger: Ledger, redaction: Redaction, context: { actor: Identity; at: string; today: string }): ChangeSet {
  const { person } = redaction;
  const blankOf = blankFor(redaction);
  const { actor, at, today } = context;
  const { state, history } = ledger;
  const kept = state.person.get(person);
  if (!kept && history.touches.get(person)?.kind !== 'person') throw new NotFound('no-record', 'There is no person of this id');
  const { to = null } = kept?.record.contract ?? {};
  if (kept && (to === null || to >= today)) {
    throw new Conflict('still-here', 'Only who has left can be made anonymous: set the last day of the contract first');
  }
  const changes = RecordKind.options.flatMap((kind) =>
    [...recordsOf(state, kind).values()].flatMap(({ record }) => {
      const blanked = blankOf(kind, record);
      if (goesWith(kind, record, person)) return [changeOf(kind, record.id, blanked, null)];
      return blanked === record && record.id !== person ? [] : [changeOf(kind, record.id, blanked, blanked)];
    }),
  );
  const own = redaction.accounts.includes(actor.account) ? formerName(person) : actor.name;
  return {
    ...{ at: later(at, history.lastAt), account: actor.account, accepted: [], undoes: null, redacts: redaction, changes },
    private: { name: own, reason: null, warnings: [] },
  };
}

/** Whether the record is nothing without the person. */
const goesWith = (kind: string, record: AnyRecord, person: string): boolean => {
  const { names, letsGo } = kindOf(kind);
  return letsGo !== null && names(record).some(({ id }) => id === person) && letsGo.without(record, new Set([person])) === null;
};

/** Makes the same record without words about the person, whom it lets go where it can; itself when it has none. */
function blankFor({ person, mentions }: Redaction): (kind: string, record: AnyRecord) => AnyRecord {
  const mentioning = new Set(mentions?.records);
  return (kind, record) => {
    const { names, redacted, letsGo } = kindOf(kind);
    const own = isAbout(kind, record, person) ? redacted(record) : mentioning.has(record.id) ? withoutReason(record) : record;
    const blanked = letsGo && names(own).some(({ id }) => id === person) ? (letsGo.without(own, new Set([person])) ?? own) : own;
    return isDeepStrictEqual(blanked, record) ? record : blanked;
  };
}

/** Why a record was accepted or answered, where its kind keeps that. */
export const reasonIn = (record: AnyRecord): string | null =>
  'private' in record && 'reason' in record.private ? record.private.reason : null;

const withoutReason = (record: AnyRecord): AnyRecord =>
  reasonIn(record) === null ? record : ({ ...record, private: { ...(record as { private: object }).private, reason: null } } as AnyRecord);

const concernsPerson = (kind: string, record: AnyRecord, person: string): boolean =>
  isAbout(kind, record, person) ||
  kindOf(kind)
    .names(record)
    .some(({ id }) => id === person);

/**
 * An earlier change set, by its number, without words about the person. The reason goes where a change is about them or names them, and
 * where it mentions them; what was broken is told in sentences that may name anyone and are of no use later, so those go everywhere.
 */
export function redacted(redaction: Redaction, earlier: ChangeSet, number: number): ChangeSet {
  const { person, accounts, mentions } = redaction;
  const blankOf = blankFor(redaction);
  const changes = earlier.changes.map((change) => {
    const { kind, before, after } = change;
    return { ...change, before: before && blankOf(kind, before), after: after && blankOf(kind, after) } as Change;
  });
  const concerns =
    mentions?.sets.includes(number) ||
    earlier.changes.some(({ kind, before, after }) => [before, after].some((side) => side !== null && concernsPerson(kind, side, person)));
  const { name, reason } = earlier.private;
  const words = {
    name: accounts.includes(earlier.account) ? formerName(person) : name,
    reason: concerns ? null : reason,
    warnings: [] as readonly BrokenRule[],
  };
  return { ...earlier, changes, private: words };
}

/** A change set as it is to be read: without the words that later ones take, whether the log has lost them yet or not. */
export const withoutRedacted = ({ redactions }: History, number: number, read: ChangeSet): ChangeSet =>
  [...redactions].filter(([one]) => one > number).reduce((words, [, redaction]) => redacted(redaction, words, number), read);

/** What a change set asks of earlier ones, for the log. */
export const redactionIn = ({ redacts }: ChangeSet): ((earlier: ChangeSet, number: number) => ChangeSet) | null =>
  redacts ? (earlier, number) => redacted(redacts, earlier, number) : null;
