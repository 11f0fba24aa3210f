import { ofPerson, ofProject } from '../kinds/records-of.ts';
import { keyOf } from '../state/names.ts';
import type { Slot } from './rules.ts';

/** What people of themselves would like about a slot: who offers to back the project up, and the skills it requires that one wishes to learn. */
export interface Offers {
  readonly volunteered: (person: string) => boolean;
  readonly wishes: (person: string) => string[];
}

export function offersFor({ figures: { state }, project, skills }: Pick<Slot, 'figures' | 'project' | 'skills'>): Offers {
  const volunteers = new Set(ofProject(state.volunteer, project.id).map(({ person }) => person));
  const required = new Map(skills.map(({ skill }) => [keyOf(skill), skill]));
  return {
    volunteered: (person) => volunteers.has(person),
    wishes: (person) =>
      required.size === 0 || state.wish.size === 0
        ? []
        : ofPerson(state.wish, person).flatMap(({ skill }) => required.get(keyOf(skill)) ?? []),
  };
}
