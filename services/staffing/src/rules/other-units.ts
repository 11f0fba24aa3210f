import type { BrokenRule } from '@sidekick/contracts';
import type { Change } from '../kinds/change.ts';
import { currencyOf, otherUnits, sameUnits } from '../state/currency.ts';
import type { Scope } from './scope.ts';

/**
 * Amounts that would come to be of a currency with other units, as by an undo: those that stay count in the currency of before, those
 * that are written in the one they were kept in. What is changed is refused at its field before.
 */
export function amountsInOtherUnits({ before, after, changes, keptIn }: Scope): BrokenRule[] {
  const now = currencyOf(after.state);
  const written = new Set(changes.filter(writesAmount).map(({ id }) => id));
  const comesBack = written.size > 0 && !sameUnits(keptIn, now) ? cameFrom(keptIn, now) : null;
  const message = comesBack ?? otherUnits(currencyOf(before.state), now, after.state, written);
  if (message === null) return [];
  return [{ code: 'other-units', severity: 'rule', message, person: null, project: null, assignment: null, weeks: [] }];
}

const cameFrom = (keptIn: string, now: string): string =>
  `Amounts are kept in ${keptIn}, which is counted in other units than ${now}: no rate or budget of before comes back under it`;

const writesAmount = (change: Change): boolean => {
  const [before, after] = amountsOf(change);
  return after !== null && after !== before;
};

/** Minor units before and after; null where there are none. */
function amountsOf(change: Change): [number | null, number | null] {
  if (change.kind === 'rate') return [change.before?.amount ?? null, change.after?.amount ?? null];
  return change.kind === 'budget' ? [change.before?.money ?? null, change.after?.money ?? null] : [null, null];
}
