import { isDeepStrictEqual } from 'node:util';
import { type SkillLevel, tidyName } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { keyOf } from '../state/names.ts';

/** A skill that is named twice, in whatever spelling. What was kept in two spellings stays until it is changed. */
export function namedTwice(path: string, before: readonly SkillLevel[] | undefined, skills: readonly SkillLevel[]): FieldError[] {
  if (isDeepStrictEqual(before, skills)) return [];
  const keys = skills.map(({ skill }) => keyOf(skill));
  const index = keys.findIndex((key, at) => keys.indexOf(key) < at);
  const first = skills[keys.indexOf(keys[index] ?? '')]?.skill;
  return index < 0 ? [] : [{ path: `${path}.${index}.skill`, message: `A skill is named twice: ${first} and ${skills[index]?.skill}` }];
}

/** The skills with tidy names; of two spellings at one level the first stays, at two levels both do until a manager merges them. */
export const tidySkills = (skills: readonly SkillLevel[]): SkillLevel[] => {
  const tidy = skills.map(({ skill, level }) => ({ skill: tidyName(skill), level }));
  return tidy.filter((one, at) => tidy.findIndex(({ skill, level }) => keyOf(skill) === keyOf(one.skill) && level === one.level) === at);
};
