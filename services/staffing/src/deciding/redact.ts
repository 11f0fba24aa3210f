import { isDeepStrictEqual } from 'node:util';
import { type BrokenRule, type Identity, RecordKind } from '@sidekick/contracts';
import { Conflict, NotFound } from '@sidekick/service-kit';
import { type AnyRecord, type Change, changeOf } from '../kinds/change.ts';
import type { ChangeSet, Redaction, TextMentions } from '../log/change-set.ts';
import { isAbout, kindOf } from '../log/kinds.ts';
import type { History, Ledger } from '../log/ledger.ts';
import { isKnown, recordsOf } from '../state/state.ts';
import { formerName } from '../state/words.ts';
import { later } from './decide.ts';
import { textAt, withoutText } from './texts.ts';

/**
 * A change set that blanks the words about a person who has left, here and in every change set before it. Both sides of
 * its changes are blank, so that it holds none of the words; the person's own record is one of them while it is there, for others are
 * told by it. Throws as `refuseHere`.
 */
export function redact(ledger: Ledger, redaction: Redaction, context: { actor: Identity; at: string; today: string }): ChangeSet {
  const { person } = redaction;
  const blankOf = blankFor(redaction);
  const { actor, at, today } = context;
  const { state, history } = ledger;
  refuseHere(ledger, person, today);
  const changes = RecordKind.options.flatMap((kind) =>
    [...recordsOf(state, kind).values()].flatMap(({ record }) => {
      const blanked = blankOf(kind, record, 'now');
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

/** Throws NotFound, and Conflict `still-here` until the last day of the contract is past. */
export function refuseHere({ state, history }: Ledger, person: string, today: string): void {
  const kept = state.person.get(person);
  if (!kept && history.touches.get(person)?.kind !== 'person') throw new NotFound('no-record', 'There is no person of this id');
  const { to = null } = kept?.record.contract ?? {};
  if (kept && (to === null || to >= today)) {
    throw new Conflict('still-here', 'Only who has left can be made anonymous: set the last day of the contract first');
  }
}

/** Whether the record is nothing without the person. */
const goesWith = (kind: string, record: AnyRecord, person: string): boolean => {
  const { names, letsGo } = kindOf(kind);
  return letsGo !== null && names(record).some(({ id }) => id === person) && letsGo.without(record, new Set([person])) === null;
};

/** Where a record is met: as it is now, or as a side of a change set. */
type Met = 'now' | { readonly number: number; readonly side: 'before' | 'after' };

/** Makes the same record without words about the person, whom it lets go where it can; itself when it has none. */
function blankFor({ person, mentions }: Redaction): (kind: string, record: AnyRecord, met: Met) => AnyRecord {
  const mentioning = new Set(mentions?.records);
  const texts = new Map<string, TextMentions[]>();
  for (const one of mentions?.texts ?? []) texts.set(one.id, [...(texts.get(one.id) ?? []), one]);
  const ofOthers = (kind: string, record: AnyRecord, met: Met) => {
    const here = (texts.get(record.id) ?? []).filter((one) => (met === 'now' ? one.now : one[met.side].includes(met.number)));
    const without = here.reduce((words, { path }) => withoutText(kind, words, path, person), record);
    return mentioning.has(record.id) ? withoutText(kind, without, 'private.reason', person) : without;
  };
  return (kind, record, met) => {
    const { names, redacted, letsGo } = kindOf(kind);
    const own = isAbout(kind, record, person) ? redacted(record) : ofOthers(kind, record, met);
    const blanked = letsGo && names(own).some(({ id }) => id === person) ? (letsGo.without(own, new Set([person])) ?? own) : own;
    return isDeepStrictEqual(blanked, record) ? record : blanked;
  };
}

/** Why a record was accepted or answered, where its kind keeps that; null of a kind that only a newer release knows. */
export const reasonIn = (kind: string, record: AnyRecord): string | null => {
  const reason = isKnown(kind) ? textAt(record, 'private.reason') : null;
  return typeof reason === 'string' ? reason : null;
};

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
    const blank = (side: 'before' | 'after', record: AnyRecord | null) => record && blankOf(kind, record, { number, side });
    return { ...change, before: blank('before', before), after: blank('after', after) } as Change;
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
