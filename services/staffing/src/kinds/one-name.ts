import type { Skill, SkillLevel } from '@sidekick/contracts';
import { keyOf } from '../state/names.ts';
import type { VersionedRecord } from '../state/state.ts';

/** Everything that a skill is called, its name first. */
export const namesOfSkill = ({ name, spellings }: Skill): string[] => [name, ...spellings];

/** The one name of each skill by the key of all that it is called. */
export type OneNames = ReadonlyMap<string, string>;

const known = new WeakMap<object, OneNames>();
/** By the records of a state, whose maps are immutable. */
export function oneNames(skills: ReadonlyMap<string, VersionedRecord<Skill>>): OneNames {
  const found = known.get(skills);
  if (found) return found;
  const names = new Map<string, string>();
  for (const { record } of skills.values()) for (const name of namesOfSkill(record)) names.set(keyOf(name), record.name);
  known.set(skills, names);
  return names;
}

/** The name that a record had before it was changed leads to the one that it has now. */
export const formerName = (before: Skill, after: Skill): [string, string] => [keyOf(before.name), after.name];

/**
 * The skills by their one names; the same list where nothing is called otherwise. Two that come to be one by that stand where the first
 * of them stood, at the higher level.
 */
export function inOneName(skills: readonly SkillLevel[], names: OneNames): readonly SkillLevel[] {
  const named = skills.map((own) => ({ own, name: names.get(keyOf(own.skill)) ?? own.skill }));
  if (named.every(({ own, name }) => own.skill === name)) return skills;
  const met = new Set(named.filter(({ own, name }) => keyOf(own.skill) !== keyOf(name)).map(({ name }) => keyOf(name)));
  const first = new Map<string, SkillLevel>();
  return named.flatMap(({ own, name }) => {
    const key = keyOf(name);
    const renamed = { ...own, skill: name };
    const earlier = met.has(key) ? first.get(key) : undefined;
    if (earlier) {
      earlier.level = Math.max(earlier.level, own.level);
      return [];
    }
    first.set(key, renamed);
    return [renamed];
  });
}
