import { type Change, changeOf } from '../kinds/change.ts';
import type { State } from '../state/state.ts';

/**
 * What becomes of a project's assignments when it is won: those that are named (or all, or none) are confirmed, all others tentative.
 * A sentence where that cannot be asked: the project does not become agreed, an id is none of its assignments, or another command of
 * the change set (`named`) has one of them already.
 */
export function confirmations(
  state: State,
  { kind, before, after, id }: Change,
  confirm: 'all' | 'none' | readonly string[],
  named: ReadonlyMap<string, unknown>,
): Change[] | string {
  const wins = kind === 'project' && after?.state === 'agreed' && before?.state !== 'agreed';
  if (!wins) return 'Only a project that becomes agreed asks which assignments to confirm';
  const own = [...state.assignment.values()].map(({ record }) => record).filter(({ project }) => project === id);
  const known = new Set(own.map((one) => one.id));
  const isConfirmed = (one: string) => confirm === 'all' || (confirm !== 'none' && confirm.includes(one));
  if (typeof confirm !== 'string' && !confirm.every((one) => known.has(one))) return 'Names an assignment that the project does not have';
  const others = own.filter((one) => (one.state === 'confirmed') !== isConfirmed(one.id));
  if (others.some((one) => named.has(one.id)))
    return 'An assignment of the project is changed here already; confirm it there or leave it out';
  return others.map((one) => changeOf('assignment', one.id, one, { ...one, state: isConfirmed(one.id) ? 'confirmed' : 'tentative' }));
}
