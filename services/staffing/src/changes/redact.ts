import type { BrokenRule, Identity } from '@sidekick/contracts';
import { Conflict, NotFound } from '@sidekick/service-kit';
import { type AnyRecord, type Change, type ChangeSet, changeOf, type Redaction } from './change-set.ts';
import { later } from './decide.ts';
import type { Ledger } from './ledger.ts';

/** What stands for a name; the end of the id tells two of them apart. */
const formerName = (person: string): string => `Former colleague ${person.slice(-4)}`;

/**
 * A change set that blanks the words about a person who has left, here and in every change set before it. Both sides of
 * its changes are blank, so that it holds none of the words. Throws NotFound, and Conflict `still-here` until the last day
 * of the contract is past.
 */
export function redact(ledger: Ledger, redaction: Redaction, context: { actor: Identity; at: string; today: string }): ChangeSet {
  const { person } = redaction;
  const { actor, at, today } = context;
  const { state, history } = ledger;
  const kept = state.person.get(person);
  if (!kept && history.touches.get(person)?.kind !== 'person') throw new NotFound('no-record', 'There is no person of this id');
  const { to = null } = kept?.record.contract ?? {};
  if (kept && (to === null || to >= today)) {
    throw new Conflict('still-here', 'Only who has left can be made anonymous: set the last day of the contract first');
  }
  const records = [
    ...(kept ? [{ kind: 'person' as const, record: kept.record as AnyRecord }] : []),
    ...[...state.assignment.values()].map(({ record }) => ({ kind: 'assignment' as const, record: record as AnyRecord })),
    ...[...state.timeOff.values()].map(({ record }) => ({ kind: 'timeOff' as const, record: record as AnyRecord })),
  ];
  const changes = records.flatMap(({ kind, record }) => {
    const blanked = blank(kind, record, person);
    return blanked === record ? [] : [changeOf(kind, record.id, blanked, blanked)];
  });
  const own = redaction.accounts.includes(actor.account) ? formerName(person) : actor.name;
  return {
    ...{ at: later(at, history.lastAt), account: actor.account, accepted: [], undoes: null, redacts: redaction, changes },
    private: { name: own, reason: null, warnings: [] },
  };
}

/** The same record without words about the person; itself when it has none. */
function blank<R extends AnyRecord>(kind: Change['kind'], record: R, person: string): R {
  const words = wordsFor(kind, record, person);
  if (!words || !('private' in record)) return record;
  return JSON.stringify(words) === JSON.stringify(record.private) ? record : { ...record, private: words };
}

function wordsFor(kind: Change['kind'], record: AnyRecord, person: string): object | null {
  if (kind === 'person' && record.id === person) return { name: formerName(person), email: null, note: null };
  if (!('person' in record) || record.person !== person) return null;
  if (kind === 'assignment') return { reason: null };
  return kind === 'timeOff' ? { kind: null, note: null, reason: null } : null;
}

/**
 * An earlier change set without words about the person. The reason goes where a change is about them; what was broken is
 * told in sentences that may name anyone and are of no use later, so those go everywhere.
 */
export function redacted(redaction: Redaction, earlier: ChangeSet): ChangeSet {
  const { person, accounts } = redaction;
  const changes = earlier.changes.map(({ kind, id, before, after }) => {
    return changeOf(kind, id, before && blank(kind, before, person), after && blank(kind, after, person));
  });
  const isAbout = earlier.changes.some(({ id, before, after }) => id === person || names(before, person) || names(after, person));
  const { name, reason } = earlier.private;
  const words = {
    name: accounts.includes(earlier.account) ? formerName(person) : name,
    reason: isAbout ? null : reason,
    warnings: [] as readonly BrokenRule[],
  };
  return { ...earlier, changes, private: words };
}

const names = (record: AnyRecord | null, person: string): boolean => record !== null && 'person' in record && record.person === person;

/** What a change set asks of earlier ones, for the log. */
export const redactionIn = ({ redacts }: ChangeSet): ((earlier: ChangeSet) => ChangeSet) | null =>
  redacts ? (earlier) => redacted(redacts, earlier) : null;
