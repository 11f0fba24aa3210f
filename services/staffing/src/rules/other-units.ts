import type { BrokenRule } from '@sidekick/contracts';
import { currencyOf, otherUnits } from '../state/currency.ts';
import type { Scope } from './scope.ts';

/** Amounts that would come to be of a currency with other units, as by an undo: what is changed is refused at its field before. */
export function amountsInOtherUnits({ before, after }: Scope): BrokenRule[] {
  const message = otherUnits(currencyOf(before.state), currencyOf(after.state), after.state);
  if (message === null) return [];
  return [{ code: 'other-units', severity: 'rule', message, person: null, project: null, assignment: null, weeks: [] }];
}
