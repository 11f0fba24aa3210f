import type { Identity } from '@sidekick/contracts';
import { isManager } from '../access/rights.ts';
import type { State } from '../state/state.ts';

/** Whose reasons of accepted rules a reader may read: those of everybody, of one person, of nobody. */
export type Reasons = { readonly of: 'everybody' } | { readonly of: 'person'; readonly person: string } | { readonly of: 'nobody' };

export const mayRead = (reasons: Reasons, person: string): boolean =>
  reasons.of === 'everybody' || (reasons.of === 'person' && reasons.person === person);

/** Reasons are for managers and the person: whoever has none shares the answer that everybody may read. */
export function reasonsFor(reader: Identity, { assignment }: State): Reasons {
  if (isManager(reader)) return { of: 'everybody' };
  const { person } = reader;
  const own = person !== null && [...assignment.values()].some(({ record }) => record.person === person && record.private.reason !== null);
  return own ? { of: 'person', person } : { of: 'nobody' };
}

/** Tells answers apart that differ in them. */
export const reasonsKey = (reasons: Reasons): string =>
  reasons.of === 'person' ? `-${reasons.person}` : reasons.of === 'everybody' ? '-reasons' : '';
