import { InvalidInput } from '@sidekick/service-kit';
import type { State } from '../state/state.ts';

/**
 * Ids of the people that a figure ranges over, sorted: those of a team, or everybody. Throws `InvalidInput` (`unknown-team`) at the path
 * that names the team.
 */
export function peopleOf({ person, team }: State, named: string | undefined, path = 'team'): readonly string[] {
  if (named === undefined) return [...person.keys()].sort();
  const record = team.get(named)?.record;
  const message = 'There is no team of this id';
  if (!record) throw new InvalidInput('unknown-team', message, [{ path, message }]);
  return record.people.filter((id) => person.has(id)).sort();
}
