import type { BrokenRule, Identity, RecordKind } from '@sidekick/contracts';
import { Conflict, InvalidInput } from '@sidekick/service-kit';
import { refuseForbidden } from '../access/rights.ts';
import { type Figures, figuresAt, figuresOf } from '../figures/index.ts';
import { type AnyRecord, type Change, changeOf } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { kindOf } from '../log/kinds.ts';
import { apply, type Ledger } from '../log/ledger.ts';
import { brokenRules } from '../rules/index.ts';
import { scopeOf } from '../rules/scope.ts';
import { refuseImpossible } from './checks.ts';
import { type Asked, type Draft, draft } from './draft.ts';
import { withFollowing } from './following.ts';

/** Who decides, when, and what they take upon themselves. */
export interface DecisionContext {
  readonly actor: Identity;
  /** UTC instant. */
  readonly at: string;
  /** The installation's calendar day, ISO. */
  readonly today: string;
  readonly reason: string | null;
  /** Codes of broken rules that are taken; for managers, with a reason. */
  readonly accept: readonly string[];
}

/** What an undo takes back. */
interface Undone {
  readonly number: number;
  /** The currency of the amounts that come back; the present one where it is left out. */
  readonly keptIn?: string | undefined;
}

/** Both sides of a change set and every rule that it breaks. */
export interface Weighed {
  readonly changes: readonly Change[];
  readonly before: Figures;
  readonly after: Figures;
  readonly today: string;
  readonly broken: readonly BrokenRule[];
}

/** Commands to a change set, or an error (decision 2). Pure. Throws what `weigh` throws, and Conflict `broken-rules` with all of them. */
export const decide = (ledger: Ledger, commands: readonly Asked[], context: DecisionContext): ChangeSet =>
  settle(ledger, draft(ledger, commands, context.actor), context, null);

/** What the commands would do and break. Throws InvalidInput, Stale, Conflict `in-use` or `id-used`, Forbidden. */
export function weigh(
  ledger: Ledger,
  drafted: Draft,
  { actor, accept, today }: Omit<DecisionContext, 'at' | 'reason'>,
  undone: Undone | null = null,
): Weighed {
  refuseForbidden(actor, drafted.changes, accept);
  const changes = withFollowing(ledger.state, drafted.changes, today, undone !== null);
  const next = apply(ledger.state, [{ number: ledger.state.head + 1, changes }]);
  // What is taken back brings records as they were kept, under whatever bounds.
  refuseImpossible(next, { ...drafted, changes }, undone ? null : today);
  const before = figuresAt(ledger.state);
  const after = figuresOf(next, before);
  return { changes, before, after, today, broken: brokenRules(scopeOf(before, after, changes, today, undone?.keptIn)) };
}

/** A change set of changes that are drafted; `undone` is the one it takes back, whose restored records keep what was accepted. */
export function settle(ledger: Ledger, drafted: Draft, context: DecisionContext, undone: Undone | null): ChangeSet {
  const { actor, at, reason, accept } = context;
  if (accept.length > 0 && !reason) {
    throw new InvalidInput('reason-required', 'Say why: a rule is accepted with a reason', [
      { path: 'reason', message: 'Say why: a rule is accepted with a reason' },
    ]);
  }
  const weighed = weigh(ledger, drafted, context, undone);
  const { changes, broken } = weighed;
  const taken = new Set(
    undone === null ? accept : [...accept, ...changes.flatMap(({ kind, after }) => accepting(kind, after)?.accepted ?? [])],
  );
  const refused = broken.filter(({ code, severity }) => severity === 'rule' && !taken.has(code));
  if (refused.length > 0) {
    throw new Conflict('broken-rules', refused.map(({ message }) => message).join('; '), { broken });
  }
  const still = standing(ledger, weighed);
  const accepted = [...new Set(broken.filter(({ severity }) => severity === 'rule').map(({ code }) => code))];
  return {
    at: later(at, ledger.history.lastAt),
    account: actor.account,
    accepted,
    undoes: undone?.number ?? null,
    changes: undone === null ? changes.map((change) => marked(change, broken, still, reason)) : changes,
    private: { name: actor.name, reason, warnings: broken },
  };
}

export const later = (a: string, b: string): string => (a < b ? b : a);

type Accepting = Extract<AnyRecord, { accepted: readonly string[] }>;
/** The record as one that keeps which rules it was accepted to break, and why; null where its kind does not. */
const accepting = (kind: RecordKind, record: AnyRecord | null) => (kindOf(kind).accepts ? (record as Accepting | null) : null);

/** Everything that the changed records break by being there, so that an acceptance that is no longer needed goes. */
function standing(ledger: Ledger, { changes, after, today, broken }: Weighed): readonly BrokenRule[] {
  const removed = changes
    .filter(({ kind, before }) => accepting(kind, before))
    .map(({ kind, id, before }) => changeOf(kind, id, before, null));
  if (!removed.some(({ kind, before }) => accepting(kind, before)?.accepted.length)) return broken;
  const without = figuresOf(apply(ledger.state, [{ number: ledger.state.head + 1, changes: removed }]), after);
  return brokenRules(scopeOf(without, after, changes, today));
}

/** The record keeps which rules it was accepted to break, and why; an answer why it was given. */
function marked(change: Change, broken: readonly BrokenRule[], still: readonly BrokenRule[], reason: string | null): Change {
  const { kind, id, before } = change;
  const after = accepting(kind, change.after);
  if (!after) return change;
  const fresh = codesOf(kind, after, broken);
  const stays = new Set(codesOf(kind, after, still));
  const accepted = [...new Set([...after.accepted.filter((code) => stays.has(code)), ...fresh])];
  const answers = isAnswer(kind, after);
  const isNew = fresh.length > 0 || (answers && !isAnswer(kind, accepting(kind, before)));
  const why = isNew ? reason : accepted.length > 0 || answers ? after.private.reason : null;
  return changeOf(kind, id, before, { ...after, accepted, private: { ...after.private, reason: why } } as Accepting);
}

const isAnswer = (kind: RecordKind, record: Accepting | null): boolean =>
  record !== null && kindOf(kind).accepts?.isAnswer(record) === true;

/** Codes of the rules that this record is to blame for. */
const codesOf = (kind: RecordKind, record: Accepting, broken: readonly BrokenRule[]): string[] =>
  broken.filter((one) => one.severity === 'rule' && kindOf(kind).accepts?.isToBlame(record, one)).map(({ code }) => code);
