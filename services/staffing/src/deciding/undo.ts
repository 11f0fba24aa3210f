import { Conflict, NotFound } from '@sidekick/service-kit';
import type { Entry } from '@sidekick/store';
import { type Change, changeOf } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import { kindOf } from '../log/kinds.ts';
import { effective, type Ledger, lastTouch } from '../log/ledger.ts';
import { isKnown, recordsOf } from '../state/state.ts';
import { type DecisionContext, settle } from './decide.ts';
import { withoutRedacted } from './redact.ts';

/**
 * The inverse of a change set: every record as it was before. Allowed while nothing it touched has changed since (what was
 * changed and taken back again has not, so that several undos lead back step by step), and
 * while what the restored records name is still there; else Conflict `changed-since` with the `numbers` of what came
 * after. A deleted record comes back under its id. A redaction stays: Conflict `redaction`; and what was read before one was
 * carried out comes back without the words that it takes. Amounts come back in `keptIn`, the currency of before (`keptInBefore`). What a newer release made is taken back there: Conflict `made-by-newer`.
 */
export function undo(ledger: Ledger, { number, entry: read }: Entry<ChangeSet>, context: DecisionContext, keptIn?: string): ChangeSet {
  if (read.redacts) throw new Conflict('redaction', 'What was made anonymous stays so');
  if (isMadeByNewer(read)) throw new Conflict('made-by-newer', madeByNewer);
  const entry = withoutRedacted(ledger.history, number, read);
  if (number > ledger.state.head) throw new NotFound('no-change-set', 'There is no change set of this number');
  const since = changedSince(ledger, number, entry.changes);
  if (since.length > 0) {
    throw new Conflict('changed-since', `Changed again since by ${since.map((one) => `change set ${one}`).join(', ')}`, { numbers: since });
  }
  const changes = entry.changes.map(({ kind, id, before, after }) => changeOf(kind, id, after, before));
  return settle(ledger, { changes, places: new Map() }, context, { number, keptIn });
}

/** Whether a change set holds what only a newer release knows. */
export const isMadeByNewer = ({ changes }: Pick<ChangeSet, 'changes'>): boolean => !changes.every(({ kind }) => isKnown(kind));
export const madeByNewer = 'A newer release made this, and alone can take it back';

/** Numbers of the change sets that came over what this one changed, ascending; none: it can be taken back. */
export function changedSince({ state, history }: Ledger, number: number, changes: readonly Change[]): number[] {
  const restored = new Set(changes.filter(({ before }) => before).map(({ id }) => id));
  const numbers = changes.flatMap(({ kind, id, before }) => {
    const later = effective(
      history,
      (history.touches.get(id)?.numbers ?? []).filter((one) => one > number),
    );
    if (!before) return later;
    const missing = kindOf(kind)
      .names(before)
      .filter((one) => one.kind !== null && !recordsOf(state, one.kind).has(one.id) && !restored.has(one.id));
    return [...later, ...missing.map((one) => lastTouch(history, one.id))];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}
