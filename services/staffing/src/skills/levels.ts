import type { SkillLevel } from '@sidekick/contracts';
import { keyOf } from '../state/names.ts';

/** The level in a skill by name, in any spelling; one that is not listed is 0 (A18), and of one listed twice the higher counts. */
function levelIn(skills: readonly SkillLevel[], skill: string): number {
  const key = keyOf(skill);
  return skills.reduce((level, own) => (keyOf(own.skill) === key ? Math.max(level, own.level) : level), 0);
}

/** The level in each required skill. */
export const levelsIn = (skills: readonly SkillLevel[], required: readonly SkillLevel[]) =>
  required.map(({ skill, level }) => ({ skill, level: levelIn(skills, skill), required: level }));

/** The first required level that is not reached; none: every one is (A18). */
export const missingIn = (skills: readonly SkillLevel[], required: readonly SkillLevel[]) =>
  levelsIn(skills, required).find(({ level, required: wanted }) => level < wanted);
